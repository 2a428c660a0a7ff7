/* SPDX-License-Identifier: Apache-2.0
 * late: a library opened by its name, and the addresses of its functions.
 */
#include "late.h"

remit_status late_missing(const late_library *library, remit_error *err)
{
  return remit_fail(err, REMIT_EIO, "needs the library %s, which this computer does not have or cannot load", library->file);
}

#ifdef REMIT_LATE

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static bool find_calls(const late_library *library)
{
  void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL)
    return false;
  char *to = library->calls;
  for (const char *name = library->names; *name != '\0'; name += strlen(name) + 1, to += sizeof(void *)) {
    void *address = dlsym(handle, name);
    if (address == NULL) {
      dlclose(handle);
      return false;
    }
    memcpy(to, &address, sizeof address);
  }
  return true;
}

bool late_load(late_library *library)
{
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  if (atomic_load(&library->ready))
    return true;
  pthread_mutex_lock(&lock);
  bool ready = atomic_load(&library->ready) || find_calls(library);
  atomic_store(&library->ready, ready);
  pthread_mutex_unlock(&lock);
  return ready;
}

#else

bool late_load(late_library *library)
{
  return atomic_load(&library->ready);
}

#endif
