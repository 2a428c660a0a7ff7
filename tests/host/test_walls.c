/* SPDX-License-Identifier: Apache-2.0
 * walls: each way out is tried by a process of its own, before the walls, where it must work, and behind them, where it must not.
 */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "walls.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

enum { REFUSED = 10, WORKED = 11 };

#ifdef __linux__

static pid_t parent;
static int open_file; /* past 2, and inherited */

/* ---- Ways out: true when one worked ---- */

static bool opens(const char *path, int flags)
{
  return open(path, flags, 0600) >= 0;
}

static bool reads_a_file(void)
{
  return opens("/etc/passwd", O_RDONLY);
}

static bool reads_a_folder(void)
{
  return opens("/", O_RDONLY | O_DIRECTORY);
}

static bool reads_its_environment(void)
{
  return opens("/proc/self/environ", O_RDONLY);
}

static bool reads_what_the_system_says_of_it(void)
{
  return opens("/proc/self/status", O_RDONLY);
}

static bool writes_a_file(void)
{
  return opens("/tmp", O_TMPFILE | O_WRONLY);
}

static bool makes_a_folder(void)
{
  char path[] = "/tmp/remit-walls-XXXXXX";
  return mkdtemp(path) != NULL && rmdir(path) == 0;
}

static bool looks_at_a_file(void)
{
  struct stat about;
  return syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", &about, 0) == 0;
}

static bool keeps_an_open_file(void)
{
  char byte;
  return lseek(open_file, 0, SEEK_SET) == 0 && read(open_file, &byte, 1) == 1;
}

static bool makes_a_socket(void)
{
  return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool makes_a_local_socket(void)
{
  int pair[2];
  return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

static bool forks(void)
{
  pid_t child = fork();
  if (child == 0)
    _exit(0);
  return child > 0;
}

static bool calls_fork(void)
{
#ifdef SYS_fork
  long child = syscall(SYS_fork);
#else
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
#endif
  if (child == 0)
    _exit(0);
  return child > 0;
}

/* Where it works, that program says so by the same exit code. */
static bool runs_a_program(void)
{
  execl("/bin/sh", "sh", "-c", "exit 11", (char *)NULL);
  return false;
}

static bool signals_its_parent(void)
{
  return kill(parent, 0) == 0;
}

static bool traces(void)
{
  return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool reads_the_memory_of_another(void)
{
  return syscall(SYS_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0) == 0;
}

static bool maps_code(void)
{
  return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool makes_data_code(void)
{
  void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return data != MAP_FAILED && mprotect(data, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool makes_a_file_in_memory(void)
{
  return syscall(SYS_memfd_create, "x", 0) >= 0;
}

static bool changes_who_it_is(void)
{
  return setgid(getgid()) == 0;
}

static bool sets_a_limit(void)
{
  struct rlimit now;
  return getrlimit(RLIMIT_NOFILE, &now) == 0 && syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &now, NULL) == 0;
}

static bool asks_the_name_of_the_machine(void)
{
  char name[400];
  return syscall(SYS_uname, name) == 0;
}

static bool takes_four_gibibytes(void)
{
  return mmap(NULL, (size_t)4 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

typedef struct way {
  const char *name;
  bool (*try)(void);
  bool allowed_to_sanitizers;
} way;

static const way ways[] = {
  { "reads a file", reads_a_file, false },
  { "reads a folder", reads_a_folder, false },
  { "reads its environment", reads_its_environment, false },
  { "reads what the system says of it", reads_what_the_system_says_of_it, false },
  { "writes a file", writes_a_file, false },
  { "makes a folder", makes_a_folder, false },
  { "looks at a file", looks_at_a_file, false },
  { "keeps an open file", keeps_an_open_file, false },
  { "makes a socket", makes_a_socket, false },
  { "makes a local socket", makes_a_local_socket, false },
  { "forks", forks, false },
  { "calls fork", calls_fork, false },
  { "runs a program", runs_a_program, false },
  { "signals its parent", signals_its_parent, false },
  { "traces", traces, false },
  { "reads the memory of another", reads_the_memory_of_another, false },
  { "maps code", maps_code, false },
  { "makes data code", makes_data_code, false },
  { "makes a file in memory", makes_a_file_in_memory, false },
  { "changes who it is", changes_who_it_is, false },
  { "sets a limit", sets_a_limit, false },
  { "asks the name of the machine", asks_the_name_of_the_machine, false },
  { "takes four gibibytes", takes_four_gibibytes, true },
};

/* ---- A process for each ---- */

static const walls_room room = { .memory = (uint64_t)1 << 30, .seconds = 10 };

static int status_of(bool (*try)(void), bool walled)
{
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    if (walled && walls_raise(&room) != WALLS_NEEDED)
      _exit(1);
    _exit(try() ? WORKED : REFUSED);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static bool all_walls_here(void)
{
  pid_t child = fork();
  if (child == 0)
    _exit(walls_raise(&room) == WALLS_NEEDED ? 0 : 1);
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool sanitized(void)
{
#ifdef SANITIZED
  return true;
#else
  return false;
#endif
}

static void what_works_before_the_walls_does_not_behind_them(void **state)
{
  (void)state;
  if (!all_walls_here()) {
    print_message("this system lacks a wall: not tried\n");
    skip();
  }
  size_t tried = 0;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    int before = status_of(ways[i].try, false), behind = status_of(ways[i].try, true);
    if (!WIFEXITED(before) || WEXITSTATUS(before) != WORKED)
      print_message("'%s' is refused here without walls too\n", ways[i].name); /* a container's own */
    else
      tried++;
    if (sanitized() && ways[i].allowed_to_sanitizers)
      continue;
    bool held = (WIFSIGNALED(behind) && WTERMSIG(behind) == SIGSYS) || (WIFEXITED(behind) && WEXITSTATUS(behind) == REFUSED);
    if (!held)
      fail_msg("'%s' is not held: %d", ways[i].name, behind);
  }
  assert_true(tried >= sizeof ways / sizeof *ways / 2);
}

static bool works_as_usual(void)
{
  char *text = malloc(1 << 20);
  bool fine = text != NULL && write(STDOUT_FILENO, "", 0) == 0 && sysconf(_SC_NPROCESSORS_ONLN) != 0;
  free(text);
  return fine;
}

static void what_a_script_needs_works_behind_them(void **state)
{
  (void)state;
  int status = status_of(works_as_usual, true);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1)
    skip();
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), WORKED);
}

static bool aborts(void)
{
  signal(SIGABRT, SIG_DFL);
  abort();
}

static void a_process_behind_them_may_end_itself(void **state)
{
  (void)state;
  int status = status_of(aborts, true);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1)
    skip();
  assert_true(WIFSIGNALED(status));
  assert_int_equal(WTERMSIG(status), SIGABRT);
}

static int set_up(void **state)
{
  (void)state;
  parent = getpid();
  open_file = open("/etc/passwd", O_RDONLY);
  return open_file >= 3 ? 0 : -1;
}

#else

static void what_works_before_the_walls_does_not_behind_them(void **state)
{
  (void)state;
  skip();
}

#endif

static void a_wall_has_a_name_and_says_what_it_lacks(void **state)
{
  (void)state;
  for (unsigned wall = 1; wall <= WALLS_NEEDED; wall <<= 1)
    if ((WALLS_NEEDED & wall) != 0) {
      assert_non_null(walls_name(wall));
      assert_int_equal(strncmp(walls_missing(wall), walls_name(wall), strlen(walls_name(wall))), 0);
    }
  assert_null(walls_name(1u << 20));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_works_before_the_walls_does_not_behind_them),
#ifdef __linux__
    cmocka_unit_test(what_a_script_needs_works_behind_them),
    cmocka_unit_test(a_process_behind_them_may_end_itself),
#endif
    cmocka_unit_test(a_wall_has_a_name_and_says_what_it_lacks),
  };
#ifdef __linux__
  return cmocka_run_group_tests(tests, set_up, NULL);
#else
  return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
