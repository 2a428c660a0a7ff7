/* SPDX-License-Identifier: Apache-2.0
 * glob: patterns on whole labels, where * is any run of characters and ? is one. Internal to core/.
 */
#ifndef REMIT_GLOB_H
#define REMIT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Both are folded UTF-8. Takes at most pattern x text steps. */
bool remit_glob_match(const char *pattern, const char *text);

#endif
