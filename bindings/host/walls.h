/* SPDX-License-Identifier: Apache-2.0
 * walls: what the operating system is made to keep from this process, before it reads a byte that a stranger wrote. There is no way back.
 *
 *   unsigned held = walls_raise(&room);
 *   if ((held & WALLS_NEEDED) != WALLS_NEEDED) ...        -- walls_missing says which, in words
 *
 * Linux has all of them. Elsewhere, and where a kernel or a container keeps one away, it is missing and everything else still stands.
 */
#ifndef REMIT_WALLS_H
#define REMIT_WALLS_H

#include <stddef.h>
#include <stdint.h>

enum walls {
  WALL_LIMITS = 1,     /* memory, processor time, no new files, processes or core dumps */
  WALL_PRIVILEGES = 2, /* none to gain by starting a program; not to be traced; ends with its parent */
  WALL_FILES = 4,      /* Landlock: no file, and where the kernel has them no socket and no signal to another process */
  WALL_CALLS = 8,      /* seccomp: system calls by an allow-list */
};
#define WALLS_NEEDED (WALL_LIMITS | WALL_PRIVILEGES | WALL_FILES | WALL_CALLS)

typedef struct walls_room {
  uint64_t memory;  /* address space, bytes; 0: as it is */
  uint64_t seconds; /* of processor time; 0: as it is */
} walls_room;

/* The walls that stand now. File descriptors from 3 on are closed, and the working folder is the root. */
unsigned walls_raise(const walls_room *room);

/* What a missing wall would have kept away, and why it is missing: of the wall of that bit. Never NULL for one of WALLS_NEEDED. */
const char *walls_name(unsigned wall);
const char *walls_missing(unsigned wall);

#endif
