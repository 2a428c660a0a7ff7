/* SPDX-License-Identifier: Apache-2.0
 * pivot_layout: how the codes of a row become the number of its cell. Dense: one number, mixed-radix. Hashed: the same number looked up;
 * past 63 bits the first digits are numbered and the rest go on from there. Where members make many cells and only their attributes are
 * asked for, a look-up a row makes the cells few.
 */
#include "memory.h"
#include "pivot_members.h"

#define SMALL 4096u  /* cells that are always worth their array: measured */
#define EACH 8       /* and for each row: measured */
#define EACH_FEW 4   /* the same where cells may also be numbered without hashing: measured */
#define LARGE 65536u /* cells above which an array that stays empty costs more than looking up the others: measured */
#define SAMPLE 4096
#define MARKS 18 /* bits of a mark's place */

static uint64_t multiplied(uint64_t a, uint64_t b)
{
  return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

static uint64_t space(const pivot_plan *plan)
{
  uint64_t size = 1;
  for (size_t i = 0; i < plan->digit_count; i++)
    size = multiplied(size, plan->digits[i].size);
  return size;
}

static uint64_t dense_limit(const pivot_plan *plan)
{
  if (plan->pivot->accumulation == REMIT_DENSE)
    return REMIT_DENSE_MAX;
  uint64_t limit = multiplied(plan->rows, space(plan) <= PIVOT_SPACE_MAX ? EACH_FEW : EACH);
  return limit < SMALL ? SMALL : limit > REMIT_DENSE_MAX ? REMIT_DENSE_MAX : limit;
}

static uint64_t number_of(const pivot_plan *plan, size_t row)
{
  uint64_t number = 0;
  for (size_t i = 0; i < plan->digit_count; i++) {
    const pivot_digit *digit = &plan->digits[i];
    uint32_t code = remit_column_code(digit->column, row);
    number = number * digit->size + (digit->map != NULL ? digit->map[code] : code);
  }
  return number;
}

/* Whether fewer than one in eight cells occur, judged by some rows: of n in k cells about n x n / 2k meet one that is there already. Only the speed
 * depends on it. */
static bool is_sparse(const pivot_plan *plan, uint64_t size)
{
  if (size <= LARGE || plan->rows / 4 >= size || plan->rows < SAMPLE)
    return false;
  uint8_t marks[1u << (MARKS - 3)] = { 0 };
  uint64_t met = 0;
  for (size_t i = 0; i < SAMPLE; i++) {
    uint64_t mark = number_of(plan, plan->rows / SAMPLE * i) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - MARKS);
    met += marks[mark / 8] >> mark % 8 & 1;
    marks[mark / 8] = (uint8_t)(marks[mark / 8] | 1u << mark % 8);
  }
  uint64_t by_chance = (uint64_t)SAMPLE * SAMPLE >> (MARKS + 1);
  return met > (uint64_t)SAMPLE * SAMPLE * 8 / 2 / size + 2 * by_chance;
}

/* How many keys read a digit, and the last of them; 0 when one of them wants the members themselves. */
static size_t attributes_of(pivot_plan *plan, size_t digit, pivot_key **key)
{
  size_t count = 0;
  for (size_t i = 0; i < plan->pivot->by_count; i++) {
    if (plan->keys[i].digit != digit)
      continue;
    *key = &plan->keys[i];
    if ((*key)->fold == NULL)
      return 0;
    count++;
  }
  return count;
}

/* Numbers the pairs (class[m], fold[m]): the classes of members become finer by one attribute. */
static remit_status refine(uint32_t *class, size_t members, const pivot_key *key, size_t *classes, remit_error *err)
{
  uint64_t size = remit_dictionary_size(remit_column_dictionary(key->path.target));
  pivot_numbers numbers = { 0 };
  remit_status status = REMIT_OK;
  for (size_t first = 0; first < members && status == REMIT_OK; first += REMIT_BLOCK) {
    size_t count = members - first < REMIT_BLOCK ? members - first : REMIT_BLOCK;
    uint64_t pairs[REMIT_BLOCK];
    for (size_t i = 0; i < count; i++)
      pairs[i] = class[first + i] * size + key->fold[first + i];
    status = pivot_number(&numbers, pairs, class + first, count, err);
  }
  *classes = numbers.count;
  pivot_numbers_release(&numbers);
  return status;
}

/* The digit's values become classes of members with the same attributes. No class is above its first member: folds shrink in place. */
static remit_status shrink(pivot_plan *plan, size_t at, remit_error *err)
{
  pivot_digit *digit = &plan->digits[at];
  size_t members = digit->size;
  digit->map = remit_allocate_zero(members, sizeof *digit->map);
  if (digit->map == NULL)
    return remit_no_memory(err);
  remit_status status = REMIT_OK;
  for (size_t i = 0; i < plan->pivot->by_count && status == REMIT_OK; i++)
    if (plan->keys[i].digit == at)
      status = refine(digit->map, members, &plan->keys[i], &digit->size, err);
  for (size_t i = 0; i < plan->pivot->by_count && status == REMIT_OK; i++)
    for (size_t member = 0; plan->keys[i].digit == at && member < members; member++)
      plan->keys[i].fold[digit->map[member]] = plan->keys[i].fold[member];
  return status;
}

/* The usual case of shrink, without numbering: the attribute's codes are the values. */
static void replace(pivot_digit *digit, pivot_key *key, size_t size)
{
  digit->map = key->fold;
  digit->size = size;
  key->fold = NULL;
}

static remit_status shrink_all(pivot_plan *plan, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; i < plan->digit_count && status == REMIT_OK; i++) {
    pivot_key *key;
    size_t attributes = attributes_of(plan, i, &key);
    if (attributes == 0)
      continue;
    size_t size = (size_t)remit_column_stats(key->path.target).max + 1;
    if (attributes == 1 && size <= plan->digits[i].size)
      replace(&plan->digits[i], key, size);
    else
      status = shrink(plan, i, err);
  }
  return status;
}

static void lay_stages(pivot_plan *plan)
{
  uint64_t size = 1, most = (uint64_t)1 << 63;
  for (size_t i = 0; i < plan->digit_count; i++) {
    if (plan->digits[i].size > most / size) {
      plan->stage_size[plan->stage_count] = size;
      plan->stage_end[plan->stage_count++] = i;
      size = 1;
      most = (uint64_t)1 << 32; /* the number of the stage before takes 31 bits */
    }
    size *= plan->digits[i].size;
  }
  plan->stage_size[plan->stage_count] = size;
  plan->stage_end[plan->stage_count++] = plan->digit_count;
}

static void lay_strides(pivot_plan *plan)
{
  size_t stage = plan->stage_count - 1;
  uint64_t stride = 1;
  for (size_t i = plan->digit_count; i-- > 0;) {
    if (stage > 0 && i + 1 == plan->stage_end[stage - 1]) {
      stage--;
      stride = 1;
    }
    plan->digits[i].stride = stride;
    stride *= plan->digits[i].size;
  }
}

remit_status pivot_plan_cells(pivot_plan *plan, remit_error *err)
{
  uint64_t limit = dense_limit(plan);
  remit_status status = space(plan) > SMALL ? shrink_all(plan, err) : REMIT_OK;
  if (status != REMIT_OK)
    return status;
  plan->dense = plan->pivot->accumulation != REMIT_HASHED && space(plan) <= limit;
  if (plan->dense && plan->pivot->accumulation == REMIT_AUTOMATIC)
    plan->dense = !is_sparse(plan, space(plan));
  if (plan->pivot->accumulation == REMIT_DENSE && !plan->dense)
    return remit_fail(err, REMIT_ELIMIT, "more than %u combinations of members: too many for dense cells", REMIT_DENSE_MAX);
  if (!plan->dense && space(plan) <= PIVOT_SPACE_MAX && pivot_members_rule(plan))
    status = pivot_members_settle(plan, err);
  lay_stages(plan);
  lay_strides(plan);
  return status;
}
