/* SPDX-License-Identifier: Apache-2.0
 * pivot: plan, scan, fold, result.
 */
#include "remit/pivot.h"

#include "memory.h"
#include "pivot_internal.h"

typedef struct pivot_job {
  pivot_plan plan;
  pivot_cells cells;
  pivot_fold fold;
} pivot_job;

static remit_status run(pivot_job *job, remit_table **out, remit_error *err)
{
  remit_status status = pivot_scan(&job->cells, &job->plan, err);
  if (status == REMIT_OK)
    status = pivot_fold_cells(&job->fold, &job->plan, &job->cells, err);
  if (status == REMIT_OK)
    status = pivot_result(out, &job->plan, &job->cells, &job->fold, err);
  pivot_fold_release(&job->fold, &job->plan);
  pivot_cells_release(&job->cells, &job->plan);
  return status;
}

remit_status pivot_read_rows(const remit_table *table, const remit_pivot *pivot, bool whole_lists, remit_table **out, remit_error *err)
{
  *out = NULL;
  pivot_job *job = remit_allocate_zero(1, sizeof *job);
  if (job == NULL)
    return remit_no_memory(err);
  job->plan.whole_lists = whole_lists;
  remit_status status = pivot_plan_init(&job->plan, table, pivot, err);
  if (status == REMIT_OK)
    status = run(job, out, err);
  pivot_plan_release(&job->plan);
  remit_release(job);
  return status;
}

remit_status remit_pivot_run(const remit_table *table, const remit_pivot *pivot, remit_table **out, remit_error *err)
{
  *out = NULL;
  return pivot->kept != NULL ? pivot_kept_run(pivot->kept, table, pivot, out, err) : pivot_read_rows(table, pivot, false, out, err);
}
