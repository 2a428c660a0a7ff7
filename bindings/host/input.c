/* SPDX-License-Identifier: Apache-2.0
 * input: standard input a byte at a time, with the signals that matter to somebody who types.
 */
#define _DEFAULT_SOURCE

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

static volatile sig_atomic_t interrupted, resized, resumed;
static struct sigaction before_interrupt, before_resize, before_resume;
static unsigned char bytes[16384];
static size_t at, end;

static void on_interrupt(int number)
{
  (void)number;
  interrupted = 1;
}

static void on_resize(int number)
{
  (void)number;
  resized = 1;
}

static void on_resume(int number)
{
  (void)number;
  resumed = 1;
}

/* A wait for a key ends all the same, for it is a poll; what is written meanwhile is not cut short. */
static void take(int number, void (*handler)(int), struct sigaction *before)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, before);
}

void input_open(void)
{
  interrupted = resized = resumed = 0;
  interrupt_forget();
  take(SIGINT, on_interrupt, &before_interrupt);
  take(SIGWINCH, on_resize, &before_resize);
  take(SIGCONT, on_resume, &before_resume);
}

void input_close(void)
{
  sigaction(SIGINT, &before_interrupt, NULL);
  sigaction(SIGWINCH, &before_resize, NULL);
  sigaction(SIGCONT, &before_resume, NULL);
}

static bool happened(volatile sig_atomic_t *signal)
{
  bool it = *signal != 0;
  *signal = 0;
  return it;
}

/* A signal that came before the wait must not be slept through: the wait looks up now and then. */
static bool wait_for_bytes(void)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  return poll(&input, 1, 250) > 0;
}

input_event input_next(unsigned char *byte)
{
  while (at == end) {
    if (happened(&interrupted))
      return INPUT_INTERRUPTED;
    if (happened(&resized))
      return INPUT_RESIZED;
    if (happened(&resumed))
      return INPUT_RESUMED;
    if (!wait_for_bytes())
      continue;
    ssize_t size = read(STDIN_FILENO, bytes, sizeof bytes);
    if (size == 0 || (size < 0 && errno != EINTR && errno != EAGAIN))
      return INPUT_END;
    at = 0;
    end = size > 0 ? (size_t)size : 0;
  }
  *byte = bytes[at++];
  return INPUT_BYTE;
}

bool input_soon(int milliseconds)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  return at < end || poll(&input, 1, milliseconds) > 0;
}
