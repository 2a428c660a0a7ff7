/* SPDX-License-Identifier: Apache-2.0
 * dictionary: labels in an arena that never moves, found through an open-addressing table of codes.
 */
#include "dictionary_internal.h"

#include <stdatomic.h>
#include <string.h>

#include "memory.h"

#define CHUNK_FIRST 1024
#define CHUNK_LARGEST (1024 * 1024)
#define FIRST_SLOTS 16
#define AT_ONCE 64 /* labels whose slots are fetched together */

typedef struct chunk {
  struct chunk *next;
  size_t used;
  size_t size;
  char bytes[];
} chunk;

typedef struct member {
  const char *text;
  size_t size;
} member;

/* The hash stands beside the code, so that probing and growing read no labels. Code 0 is a free slot. */
typedef struct slot {
  uint32_t code;
  uint32_t hash;
} slot;

struct remit_dictionary {
  atomic_size_t owners;
  bool ordered;
  char separator;
  chunk *chunks; /* the newest first */
  size_t chunk_bytes;
  member *members; /* by code; the first is code 0 */
  size_t member_count;
  size_t member_space;
  slot *slots;
  size_t slot_count; /* a power of two */
};

static void destroy(remit_dictionary *dictionary)
{
  while (dictionary->chunks != NULL) {
    chunk *next = dictionary->chunks->next;
    remit_release(dictionary->chunks);
    dictionary->chunks = next;
  }
  remit_release(dictionary->members);
  remit_release(dictionary->slots);
  remit_release(dictionary);
}

remit_status remit_dictionary_new(remit_dictionary **out, remit_error *err)
{
  *out = NULL;
  remit_dictionary *dictionary = remit_allocate_zero(1, sizeof *dictionary);
  if (dictionary == NULL)
    return remit_no_memory(err);
  atomic_init(&dictionary->owners, 1);
  dictionary->members = remit_allocate(FIRST_SLOTS, sizeof *dictionary->members);
  dictionary->slots = remit_allocate_zero(FIRST_SLOTS, sizeof *dictionary->slots);
  if (dictionary->members == NULL || dictionary->slots == NULL) {
    destroy(dictionary);
    return remit_no_memory(err);
  }
  dictionary->members[0] = (member){ "", 0 };
  dictionary->member_count = 1;
  dictionary->member_space = FIRST_SLOTS;
  dictionary->slot_count = FIRST_SLOTS;
  *out = dictionary;
  return REMIT_OK;
}

remit_dictionary *remit_dictionary_share(const remit_dictionary *dictionary)
{
  remit_dictionary *shared = (remit_dictionary *)dictionary;
  if (shared != NULL)
    atomic_fetch_add_explicit(&shared->owners, 1, memory_order_relaxed);
  return shared;
}

void remit_dictionary_free(remit_dictionary *dictionary)
{
  if (dictionary == NULL)
    return;
  if (atomic_fetch_sub_explicit(&dictionary->owners, 1, memory_order_acq_rel) == 1)
    destroy(dictionary);
}

static uint32_t hash_label(const char *text, size_t size)
{
  uint64_t hash = remit_hash_bytes(text, size);
  return (uint32_t)(hash ^ (hash >> 32));
}

static bool is_label(const member *known, const char *text, size_t size)
{
  return known->size == size && memcmp(known->text, text, size) == 0;
}

/* The slot that holds the label, or the free one where it belongs. */
static slot *find_slot(const remit_dictionary *dictionary, const char *text, size_t size, uint32_t hash)
{
  size_t mask = dictionary->slot_count - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    slot *here = &dictionary->slots[i];
    if (here->code == 0 || (here->hash == hash && is_label(&dictionary->members[here->code], text, size)))
      return here;
  }
}

static remit_status grow_slots(remit_dictionary *dictionary, remit_error *err)
{
  size_t count = dictionary->slot_count * 2, mask = count - 1;
  slot *slots = remit_allocate_zero(count, sizeof *slots);
  if (slots == NULL)
    return remit_no_memory(err);
  for (size_t old = 0; old < dictionary->slot_count; old++) {
    if (dictionary->slots[old].code == 0)
      continue;
    size_t i = dictionary->slots[old].hash & mask;
    while (slots[i].code != 0)
      i = (i + 1) & mask;
    slots[i] = dictionary->slots[old];
  }
  remit_release(dictionary->slots);
  dictionary->slots = slots;
  dictionary->slot_count = count;
  return REMIT_OK;
}

static remit_status grow_members(remit_dictionary *dictionary, remit_error *err)
{
  size_t space = dictionary->member_space * 2;
  member *members = remit_reallocate(dictionary->members, space, sizeof *members);
  if (members == NULL)
    return remit_no_memory(err);
  dictionary->members = members;
  dictionary->member_space = space;
  return REMIT_OK;
}

static chunk *add_chunk(remit_dictionary *dictionary, size_t wanted)
{
  size_t size = dictionary->chunks == NULL ? CHUNK_FIRST : dictionary->chunks->size * 2;
  if (size > CHUNK_LARGEST)
    size = CHUNK_LARGEST;
  if (size < wanted)
    size = wanted;
  chunk *added = remit_allocate(1, sizeof *added + size);
  if (added == NULL)
    return NULL;
  *added = (chunk){ .next = dictionary->chunks, .size = size };
  dictionary->chunks = added;
  dictionary->chunk_bytes += sizeof *added + size;
  return added;
}

static const char *keep_text(remit_dictionary *dictionary, const char *text, size_t size)
{
  chunk *newest = dictionary->chunks;
  if (newest == NULL || newest->size - newest->used <= size)
    newest = add_chunk(dictionary, size + 1);
  if (newest == NULL)
    return NULL;
  char *kept = newest->bytes + newest->used;
  memcpy(kept, text, size);
  kept[size] = '\0';
  newest->used += size + 1;
  return kept;
}

static remit_status make_room(remit_dictionary *dictionary, remit_error *err)
{
  if (dictionary->member_count > REMIT_CODE_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %u different labels", REMIT_CODE_MAX);
  if (dictionary->member_count == dictionary->member_space && grow_members(dictionary, err) != REMIT_OK)
    return REMIT_ENOMEM;
  if (dictionary->member_count >= dictionary->slot_count / 4 * 3)
    return grow_slots(dictionary, err);
  return REMIT_OK;
}

static remit_status add_new(remit_dictionary *dictionary, const char *text, size_t size, uint32_t hash, uint32_t *code, remit_error *err)
{
  remit_status status = make_room(dictionary, err);
  if (status != REMIT_OK)
    return status;
  const char *kept = keep_text(dictionary, text, size);
  if (kept == NULL)
    return remit_no_memory(err);
  *code = (uint32_t)dictionary->member_count++;
  dictionary->members[*code] = (member){ kept, size };
  *find_slot(dictionary, text, size, hash) = (slot){ *code, hash };
  return REMIT_OK;
}

static remit_status add_hashed(remit_dictionary *dictionary, remit_label label, uint32_t hash, uint32_t *code, remit_error *err)
{
  *code = 0;
  if (label.size == 0)
    return REMIT_OK;
  if (label.size > REMIT_LABEL_MAX)
    return remit_fail(err, REMIT_ELIMIT, "a label of %zu bytes: at most %d are kept", label.size, REMIT_LABEL_MAX);
  *code = find_slot(dictionary, label.text, label.size, hash)->code;
  return *code != 0 ? REMIT_OK : add_new(dictionary, label.text, label.size, hash, code, err);
}

remit_status remit_dictionary_add(remit_dictionary *dictionary, const char *text, size_t size, uint32_t *code, remit_error *err)
{
  return add_hashed(dictionary, (remit_label){ text, size }, size <= REMIT_LABEL_MAX ? hash_label(text, size) : 0, code, err);
}

static void fetch(const void *memory)
{
#if defined(__GNUC__)
  __builtin_prefetch(memory);
#else
  (void)memory;
#endif
}

/* Hashes labels and asks for the memory where each will be found: its slot, then the member that stands there. */
static void hash_all(const remit_dictionary *dictionary, const remit_label *labels, size_t count, uint32_t *hashes)
{
  size_t mask = dictionary->slot_count - 1;
  for (size_t i = 0; i < count; i++) {
    hashes[i] = labels[i].size <= REMIT_LABEL_MAX ? hash_label(labels[i].text, labels[i].size) : 0;
    fetch(&dictionary->slots[hashes[i] & mask]);
  }
  for (size_t i = 0; i < count; i++)
    fetch(&dictionary->members[dictionary->slots[hashes[i] & mask].code]);
}

remit_status remit_dictionary_add_all(remit_dictionary *dictionary, const remit_label *labels, size_t count, uint32_t *codes,
                                      remit_error *err)
{
  remit_status status = REMIT_OK;
  uint32_t hashes[AT_ONCE];
  for (size_t from = 0; status == REMIT_OK && from < count; from += AT_ONCE) {
    size_t some = count - from < AT_ONCE ? count - from : AT_ONCE;
    hash_all(dictionary, labels + from, some, hashes);
    for (size_t i = 0; status == REMIT_OK && i < some; i++)
      status = add_hashed(dictionary, labels[from + i], hashes[i], &codes[from + i], err);
  }
  return status;
}

uint32_t remit_dictionary_find(const remit_dictionary *dictionary, const char *text, size_t size)
{
  return size == 0 ? 0 : find_slot(dictionary, text, size, hash_label(text, size))->code;
}

size_t remit_dictionary_size(const remit_dictionary *dictionary)
{
  return dictionary->member_count;
}

const char *remit_dictionary_label(const remit_dictionary *dictionary, uint32_t code, size_t *size)
{
  const member *asked = &dictionary->members[code < dictionary->member_count ? code : 0];
  if (size != NULL)
    *size = asked->size;
  return asked->text;
}

void remit_dictionary_set_ordered(remit_dictionary *dictionary, bool ordered)
{
  dictionary->ordered = ordered;
}

bool remit_dictionary_is_ordered(const remit_dictionary *dictionary)
{
  return dictionary->ordered;
}

void remit_dictionary_set_separator(remit_dictionary *dictionary, char separator)
{
  dictionary->separator = separator;
}

char remit_dictionary_separator(const remit_dictionary *dictionary)
{
  return dictionary->separator;
}

size_t remit_dictionary_memory(const remit_dictionary *dictionary)
{
  return sizeof *dictionary + dictionary->chunk_bytes + dictionary->member_space * sizeof *dictionary->members +
         dictionary->slot_count * sizeof *dictionary->slots;
}
