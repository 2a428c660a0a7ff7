/* SPDX-License-Identifier: Apache-2.0
 * walls: Linux by system calls of its own, for the C library of Debian 12 has no Landlock and libseccomp is under the LGPL.
 *
 * A sanitizer's runtime needs calls and address space of its own: builds with one have a longer allow-list and no limit of memory.
 */
#define _DEFAULT_SOURCE

#include "walls.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

const char *walls_name(unsigned wall)
{
  switch (wall) {
  case WALL_LIMITS: return "limits";
  case WALL_PRIVILEGES: return "privileges";
  case WALL_FILES: return "files";
  case WALL_CALLS: return "calls";
  default: return NULL;
  }
}

const char *walls_missing(unsigned wall)
{
  switch (wall) {
  case WALL_LIMITS: return "limits: the system did not take them";
  case WALL_PRIVILEGES: return "privileges: this system cannot keep a process from gaining them";
  case WALL_FILES: return "files: the kernel has no Landlock, or it is switched off";
  case WALL_CALLS: return "calls: the kernel has no seccomp filter for this processor, or it is switched off";
  default: return NULL;
  }
}

/* ---- Limits ---- */

static bool limit(int resource, uint64_t most)
{
  struct rlimit now, wanted = { (rlim_t)most, (rlim_t)most };
  if (getrlimit(resource, &now) != 0)
    return false;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < wanted.rlim_max)
    wanted.rlim_max = wanted.rlim_cur = now.rlim_max;
  return setrlimit(resource, &wanted) == 0;
}

static bool raise_limits(const walls_room *room)
{
  bool fine = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 3) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0);
  if (room->seconds != 0)
    fine = limit(RLIMIT_CPU, room->seconds) && fine;
  if (room->memory != 0 && !SANITIZED)
    fine = limit(RLIMIT_AS, room->memory) && fine;
  return fine;
}

#ifndef __linux__

unsigned walls_raise(const walls_room *room)
{
  for (int file = 3; file < 1024; file++)
    close(file);
  return chdir("/") == 0 && raise_limits(room) ? WALL_LIMITS : 0;
}

#else

#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* ---- Privileges ---- */

/* Those of root too: a program that root starts must not be more than one that anybody does. */
static void drop_capabilities(void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0 } };
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  syscall(SYS_capset, &header, none);
}

static bool raise_privileges(void)
{
  bool fine = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  drop_capabilities();
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && fine;
}

/* ---- Files: Landlock ---- */

#define LANDLOCK_CREATE 444 /* the same on every processor */
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_VERSION 1

/* The kernel's, as far as version 6 knows it: what an older one does not know must be 0. */
typedef struct landlock_rules {
  uint64_t files;  /* kinds of access that are refused: a bit each */
  uint64_t net;    /* from version 4 on */
  uint64_t scoped; /* from version 6 on */
} landlock_rules;

static landlock_rules landlock_all(long version)
{
  landlock_rules rules = { .files = 0x1fff };
  if (version >= 2)
    rules.files |= 1u << 13; /* linking and renaming between folders */
  if (version >= 3)
    rules.files |= 1u << 14; /* cutting a file */
  if (version >= 4)
    rules.net = 3; /* binding and connecting a TCP socket */
  if (version >= 5)
    rules.files |= 1u << 15; /* commanding a device */
  if (version >= 6)
    rules.scoped = 3; /* abstract sockets and signals of others */
  return rules;
}

/* No rule allows anything. */
static bool raise_files(void)
{
  long version = syscall(LANDLOCK_CREATE, NULL, (size_t)0, LANDLOCK_VERSION);
  if (version < 1)
    return false;
  landlock_rules rules = landlock_all(version);
  long set = syscall(LANDLOCK_CREATE, &rules, sizeof rules, 0);
  if (set < 0)
    return false;
  bool fine = syscall(LANDLOCK_RESTRICT, set, 0) == 0;
  close((int)set);
  return fine;
}

/* ---- Calls: seccomp ---- */

#if defined(__x86_64__)
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define PROCESSOR AUDIT_ARCH_AARCH64
#endif

#ifndef PROCESSOR

static bool raise_calls(void)
{
  return false;
}

#else

#define FILTER_MAX 160
#define WORD(field) ((uint32_t)offsetof(struct seccomp_data, field))
#define LOW_WORD(argument) (WORD(args) + 8 * (argument)) /* both processors keep the low half first */

typedef struct filter {
  struct sock_filter code[FILTER_MAX];
  unsigned short size;
} filter;

static void add(filter *f, unsigned code, uint32_t value, unsigned if_so, unsigned if_not)
{
  if (f->size < FILTER_MAX)
    f->code[f->size] = (struct sock_filter){ (uint16_t)code, (uint8_t)if_so, (uint8_t)if_not, value };
  f->size++;
}

static void load(filter *f, uint32_t at)
{
  add(f, BPF_LD | BPF_W | BPF_ABS, at, 0, 0);
}

static void answer(filter *f, uint32_t action)
{
  add(f, BPF_RET | BPF_K, action, 0, 0);
}

/* The number of the call is what was loaded last, here and after each of these. */
static void when(filter *f, long call, uint32_t action)
{
  add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
  answer(f, action);
}

/* Memory that can be run is never had: what is mapped or protected stays data. */
static void allow_data_only(filter *f, long call)
{
  add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
  load(f, LOW_WORD(2));
  add(f, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0);
  answer(f, SECCOMP_RET_ALLOW);
  answer(f, SECCOMP_RET_KILL_PROCESS);
  load(f, WORD(nr));
}

/* What abort() does. */
static void allow_signal_to_itself(filter *f)
{
  add(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 7);
  load(f, LOW_WORD(0));
  add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0, 3);
  load(f, LOW_WORD(1));
  add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)syscall(SYS_gettid), 0, 1);
  answer(f, SECCOMP_RET_ALLOW);
  answer(f, SECCOMP_RET_KILL_PROCESS);
  load(f, WORD(nr));
}

static const long allowed[] = {
  SYS_read, SYS_write, SYS_close, SYS_lseek, SYS_fstat, SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_clock_gettime,
  SYS_getrandom, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_getpid, SYS_gettid, SYS_sched_yield, SYS_restart_syscall,
  SYS_exit, SYS_exit_group,
#if SANITIZED
  SYS_sigaltstack,
#endif
};

/* What the C library asks in passing and does without: whether a stream is a terminal, how many processors there are, another thread. */
static const struct {
  long call;
  int code;
} refused[] = {
  { SYS_ioctl, ENOTTY }, { SYS_openat, EACCES }, { SYS_newfstatat, EACCES }, { SYS_sched_getaffinity, EPERM }, { SYS_sysinfo, EPERM },
  { SYS_clone3, ENOSYS }, { SYS_clone, EPERM }, { SYS_readlinkat, EACCES }, { SYS_prctl, EPERM },
#ifdef SYS_open
  { SYS_open, EACCES }, { SYS_readlink, EACCES },
#endif
};

static bool raise_calls(void)
{
  filter f = { .size = 0 };
  load(&f, WORD(arch));
  add(&f, BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0);
  answer(&f, SECCOMP_RET_KILL_PROCESS);
  load(&f, WORD(nr));
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
    when(&f, allowed[i], SECCOMP_RET_ALLOW);
  allow_data_only(&f, SYS_mmap);
  allow_data_only(&f, SYS_mprotect);
  allow_signal_to_itself(&f);
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    when(&f, refused[i].call, SECCOMP_RET_ERRNO | (uint32_t)refused[i].code);
  answer(&f, SECCOMP_RET_KILL_PROCESS);
  struct sock_fprog program = { f.size, f.code };
  return f.size <= FILTER_MAX && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

#endif

/* Landlock needs a descriptor, and no new privileges; the filter comes last, for it refuses what the others ask. */
unsigned walls_raise(const walls_room *room)
{
  unsigned held = 0;
  if (syscall(SYS_close_range, 3u, ~0u, 0u) != 0)
    for (int file = 3; file < 65536; file++)
      close(file);
  bool rooted = chdir("/") == 0;
  held |= raise_privileges() ? WALL_PRIVILEGES : 0;
  held |= raise_files() ? WALL_FILES : 0;
  held |= raise_limits(room) && rooted ? WALL_LIMITS : 0;
  held |= raise_calls() ? WALL_CALLS : 0;
  return held;
}

#endif
