/* SPDX-License-Identifier: Apache-2.0
 * remit: the core of the toolkit, in reading order. Each header uses only those before it.
 *
 * A model is a star: one long table of rows whose texts are coded, and short tables of dimensions that the codes link to. Tests run once
 * per member, rows look bytes up, groupings fold members into attributes. docs/architecture.md draws it.
 */
#ifndef REMIT_H
#define REMIT_H

#include "remit/error.h"      /* status and message */
#include "remit/number.h"     /* exact decimal figures */
#include "remit/hash.h"       /* SHA-256, and a fast hash */
#include "remit/calendar.h"   /* months, days, financial years */
#include "remit/dictionary.h" /* members of a category and their codes */
#include "remit/column.h"     /* one field of many rows */
#include "remit/table.h"      /* named columns, links to dimensions */
#include "remit/csv.h"        /* files in, with every problem found */
#include "remit/predicate.h"  /* the test language */
#include "remit/selection.h"  /* which rows */
#include "remit/pivot.h"      /* grouped figures */
#include "remit/decision.h"   /* rules tried on every row */
#include "remit/match.h"      /* local names to a vocabulary */

#endif
