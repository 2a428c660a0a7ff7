/* SPDX-License-Identifier: Apache-2.0
 * dictionary: labels in an arena that never moves, found through an open-addressing table of codes. While every label stands behind the one
 * before it in byte order, as ids often do, there is no such table: a label past the last one is new, and others are found by halving. A long
 * dictionary gets its table when it is first asked all the same.
 *
 * An extended dictionary has the first codes of its base, and members of its own, numbered from 1, behind them.
 */
#include "dictionary_internal.h"

#include <stdatomic.h>
#include <string.h>

#include "dictionary_slots.h"
#include "memory.h"

#define CHUNK_FIRST 1024
#define CHUNK_BITS 20
#define CHUNK_LARGEST ((size_t)1 << CHUNK_BITS)
#define SIZE_BITS 16
#define FIRST_MEMBERS 16
#define FIRST_SLOTS 16 /* a multiple of PROBED */
#define AT_ONCE 64       /* labels whose slots are fetched together */
#define HALVING_MOST 256 /* members among which halving is as good as a table */
#define LINE 64          /* bytes in a line of the cache, or a multiple */
#define BASES_MOST 4     /* bases below one another: more would make finding slow */

_Static_assert(REMIT_LABEL_MAX < 1 << SIZE_BITS && REMIT_LABEL_MAX < CHUNK_LARGEST, "a label's size fits its member, and a label a chunk");

/* Where a label stands: its chunk, its offset there and its size, from the top down. */
typedef uint64_t member;

struct remit_dictionary {
  atomic_size_t owners;
  remit_dictionary *base; /* owned; NULL: none */
  uint32_t shift;         /* codes above 0 that the base has: code shift + n is the own member n */
  unsigned depth;         /* bases below */
  bool ordered;
  char separator;
  char **chunks;
  size_t chunk_count, chunk_space;
  size_t used, size; /* of the newest chunk */
  size_t chunk_bytes;
  member *members; /* by number; the first stands for code 0 */
  size_t member_count;
  size_t member_space;
  size_t expected;          /* members, or fewer */
  _Atomic(lookup *) finder; /* NULL only while members ascend */
};

static void destroy(remit_dictionary *dictionary)
{
  for (size_t i = 0; i < dictionary->chunk_count; i++)
    remit_release(dictionary->chunks[i]);
  remit_release(dictionary->chunks);
  remit_release(dictionary->members);
  remit_release(atomic_load_explicit(&dictionary->finder, memory_order_relaxed));
  remit_dictionary_free(dictionary->base);
  remit_release(dictionary);
}

remit_status remit_dictionary_new(remit_dictionary **out, remit_error *err)
{
  *out = NULL;
  remit_dictionary *dictionary = remit_allocate_zero(1, sizeof *dictionary);
  member *members = remit_allocate(FIRST_MEMBERS, sizeof *members);
  if (dictionary == NULL || members == NULL) {
    remit_release(dictionary);
    remit_release(members);
    return remit_no_memory(err);
  }
  atomic_init(&dictionary->owners, 1);
  atomic_init(&dictionary->finder, NULL);
  members[0] = 0;
  dictionary->members = members;
  dictionary->member_count = 1;
  dictionary->member_space = FIRST_MEMBERS;
  *out = dictionary;
  return REMIT_OK;
}

/* With all labels of `from`. */
static remit_status copy_labels(remit_dictionary *dictionary, const remit_dictionary *from, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (uint32_t code = 1, added; status == REMIT_OK && code < remit_dictionary_size(from); code++) {
    size_t size;
    const char *label = remit_dictionary_label(from, code, &size);
    status = remit_dictionary_add(dictionary, label, size, &added, err);
  }
  return status;
}

remit_status remit_dictionary_extend(remit_dictionary **out, const remit_dictionary *base, remit_error *err)
{
  remit_status status = remit_dictionary_new(out, err);
  if (status == REMIT_OK && base->depth < BASES_MOST) {
    (*out)->base = remit_dictionary_share(base);
    (*out)->shift = (uint32_t)remit_dictionary_size(base) - 1;
    (*out)->depth = base->depth + 1;
  } else if (status == REMIT_OK) {
    status = copy_labels(*out, base, err);
  }
  if (status != REMIT_OK) {
    remit_dictionary_free(*out);
    *out = NULL;
  }
  return status;
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

/* ---- Members ---- */

static inline remit_label label_of(const remit_dictionary *dictionary, uint32_t number)
{
  if (number == 0)
    return (remit_label){ "", 0 };
  member known = dictionary->members[number];
  const char *chunk = dictionary->chunks[known >> (CHUNK_BITS + SIZE_BITS)];
  return (remit_label){ chunk + (known >> SIZE_BITS & (CHUNK_LARGEST - 1)), known & ((1 << SIZE_BITS) - 1) };
}

static inline bool is_label(const remit_dictionary *dictionary, uint32_t number, remit_label label)
{
  return (dictionary->members[number] & ((1 << SIZE_BITS) - 1)) == label.size && memcmp(label_of(dictionary, number).text, label.text, label.size) == 0;
}

static inline int compare(remit_label a, remit_label b)
{
  int order = memcmp(a.text, b.text, a.size < b.size ? a.size : b.size);
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static remit_status fit_members(remit_dictionary *dictionary, size_t space, remit_error *err)
{
  member *members = remit_reallocate(dictionary->members, space, sizeof *members);
  if (members == NULL)
    return remit_no_memory(err);
  dictionary->members = members;
  dictionary->member_space = space;
  return REMIT_OK;
}

static bool add_chunk(remit_dictionary *dictionary, size_t wanted)
{
  size_t size = dictionary->chunk_count == 0 ? CHUNK_FIRST : dictionary->size * 2;
  size = size > CHUNK_LARGEST ? CHUNK_LARGEST : size;
  size = size < wanted ? wanted : size;
  if (dictionary->chunk_count == dictionary->chunk_space) {
    size_t space = dictionary->chunk_space == 0 ? 4 : dictionary->chunk_space * 2;
    char **chunks = remit_reallocate(dictionary->chunks, space, sizeof *chunks);
    if (chunks == NULL)
      return false;
    dictionary->chunks = chunks;
    dictionary->chunk_space = space;
  }
  char *added = remit_allocate(size, 1);
  if (added == NULL)
    return false;
  dictionary->chunks[dictionary->chunk_count++] = added;
  dictionary->used = 0;
  dictionary->size = size;
  dictionary->chunk_bytes += size;
  return true;
}

/* Copies with a NUL behind. */
static inline void copy_label(char *to, remit_label label)
{
  const char *from = label.text;
  size_t size = label.size;
  /* fast path: same answer without it */
  if (size >= 8 && size <= 16) {
    uint64_t head, tail;
    memcpy(&head, from, sizeof head);
    memcpy(&tail, from + size - sizeof tail, sizeof tail);
    memcpy(to, &head, sizeof head);
    memcpy(to + size - sizeof tail, &tail, sizeof tail);
  } else {
    memcpy(to, from, size);
  }
  to[size] = '\0';
}

/* Whether a new label needs no more memory. */
static inline bool fits(const remit_dictionary *dictionary, remit_label label)
{
  return dictionary->member_count < dictionary->member_space && dictionary->size - dictionary->used > label.size &&
         remit_dictionary_size(dictionary) <= REMIT_CODE_MAX;
}

/* Keeps a new label that fits. */
static inline uint32_t put(remit_dictionary *dictionary, remit_label label)
{
  size_t chunk = dictionary->chunk_count - 1;
  uint32_t number = (uint32_t)dictionary->member_count++;
  copy_label(dictionary->chunks[chunk] + dictionary->used, label);
  dictionary->members[number] = ((member)chunk << CHUNK_BITS | dictionary->used) << SIZE_BITS | label.size;
  dictionary->used += label.size + 1;
  return number;
}

static remit_status append(remit_dictionary *dictionary, remit_label label, uint32_t *number, remit_error *err)
{
  if (remit_dictionary_size(dictionary) > REMIT_CODE_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %u different labels", REMIT_CODE_MAX);
  if (dictionary->member_count == dictionary->member_space && fit_members(dictionary, dictionary->member_space * 2, err) != REMIT_OK)
    return REMIT_ENOMEM;
  if (dictionary->size - dictionary->used <= label.size && !add_chunk(dictionary, label.size + 1))
    return remit_no_memory(err);
  *number = put(dictionary, label);
  return REMIT_OK;
}

/* ---- Finding ---- */

static uint64_t hash_label(remit_label label)
{
  return remit_hash_bytes(label.text, label.size);
}

/* The slot that holds the label, or the free one where it belongs. */
static inline uint32_t *find_slot(const remit_dictionary *dictionary, lookup *finder, remit_label label, uint64_t hash)
{
  uint32_t mask = (uint32_t)(finder->count - 1), tag = tag_of(finder, hash);
  for (size_t i = first_slot(finder, hash);; i = (i + PROBED) & mask)
    for (unsigned found = match_slots(&finder->slots[i], mask, tag); found != 0; found &= found - 1) {
      uint32_t *slot = &finder->slots[i + remit_lowest_bit(found)];
      if (*slot == 0 || ((*slot & ~mask) == tag && is_label(dictionary, *slot & mask, label)))
        return slot;
    }
}

/* Puts all members, which differ, into free slots. */
static void enter_all(const remit_dictionary *dictionary, lookup *finder)
{
  size_t mask = finder->count - 1, count = dictionary->member_count;
  uint64_t hashes[AT_ONCE];
  for (size_t from = 1; from < count; from += AT_ONCE) {
    size_t some = count - from < AT_ONCE ? count - from : AT_ONCE;
    for (size_t i = 0; i < some; i++) {
      hashes[i] = hash_label(label_of(dictionary, (uint32_t)(from + i)));
      remit_fetch(&finder->slots[first_slot(finder, hashes[i])]);
    }
    for (size_t i = 0; i < some; i++) {
      size_t at = first_slot(finder, hashes[i]);
      while (finder->slots[at] != 0)
        at = (at + 1) & mask;
      finder->slots[at] = tag_of(finder, hashes[i]) | (uint32_t)(from + i);
    }
  }
}

/* A finder of all members, three quarters full at most with one more. */
static lookup *make_finder(const remit_dictionary *dictionary)
{
  size_t count = FIRST_SLOTS, wanted = dictionary->member_count + 1;
  wanted = wanted < dictionary->expected ? dictionary->expected : wanted;
  while (count / 4 * 3 < wanted)
    count *= 2;
  lookup *made = remit_allocate(1, sizeof *made + LINE + count * sizeof *made->slots);
  if (made == NULL)
    return NULL;
  uintptr_t slots = ((uintptr_t)(made + 1) + LINE - 1) / LINE * LINE;
  made->count = count;
  made->slots = (uint32_t *)slots;
  memset(made->slots, 0, count * sizeof *made->slots); /* a page that is read before it is written is taken twice */
  enter_all(dictionary, made);
  return made;
}

static remit_status renew_finder(remit_dictionary *dictionary, remit_error *err)
{
  lookup *made = make_finder(dictionary);
  if (made == NULL)
    return remit_no_memory(err);
  remit_release(atomic_load_explicit(&dictionary->finder, memory_order_relaxed));
  atomic_store_explicit(&dictionary->finder, made, memory_order_relaxed);
  return REMIT_OK;
}

static uint32_t find_by_halving(const remit_dictionary *dictionary, remit_label label)
{
  size_t low = 1, high = dictionary->member_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(label_of(dictionary, (uint32_t)middle), label);
    if (order == 0)
      return (uint32_t)middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return 0;
}

/* The finder of a long dictionary, made now if need be: of threads that do so at once one wins. NULL when there is no memory, and for few
 * members. */
static lookup *finder_of(const remit_dictionary *dictionary)
{
  remit_dictionary *asked = (remit_dictionary *)dictionary;
  lookup *known = atomic_load_explicit(&asked->finder, memory_order_acquire);
  if (known != NULL || dictionary->member_count <= HALVING_MOST)
    return known;
  lookup *made = make_finder(dictionary);
  if (made != NULL && atomic_compare_exchange_strong(&asked->finder, &known, made))
    return made;
  remit_release(made);
  return known;
}

static uint32_t find_number(const remit_dictionary *dictionary, remit_label label)
{
  lookup *finder = finder_of(dictionary);
  if (finder == NULL)
    return find_by_halving(dictionary, label);
  return *find_slot(dictionary, finder, label, hash_label(label)) & (uint32_t)(finder->count - 1);
}

uint32_t remit_dictionary_find(const remit_dictionary *dictionary, const char *text, size_t size)
{
  uint32_t number = 0;
  if (size == 0)
    return 0;
  for (; dictionary != NULL && number == 0; dictionary = dictionary->base) {
    number = find_number(dictionary, (remit_label){ text, size });
    number += number != 0 ? dictionary->shift : 0;
  }
  return number;
}

/* ---- Adding ---- */

static inline bool is_past_last(const remit_dictionary *dictionary, remit_label label)
{
  return dictionary->member_count == 1 || compare(label_of(dictionary, (uint32_t)(dictionary->member_count - 1)), label) < 0;
}

static inline lookup *known_finder(const remit_dictionary *dictionary)
{
  return atomic_load_explicit(&((remit_dictionary *)dictionary)->finder, memory_order_relaxed);
}

static remit_status add_found(remit_dictionary *dictionary, remit_label label, uint64_t hash, uint32_t *number, remit_error *err)
{
  lookup *finder = known_finder(dictionary);
  uint32_t *slot = find_slot(dictionary, finder, label, hash);
  *number = *slot & (uint32_t)(finder->count - 1);
  if (*number != 0)
    return REMIT_OK;
  remit_status status = append(dictionary, label, number, err);
  if (status != REMIT_OK)
    return status;
  *slot = tag_of(finder, hash) | *number;
  return REMIT_OK;
}

/* Whether there is a slot to spare. */
static remit_status make_room(remit_dictionary *dictionary, remit_error *err)
{
  const lookup *finder = known_finder(dictionary);
  return finder != NULL && dictionary->member_count < finder->count / 4 * 3 ? REMIT_OK : renew_finder(dictionary, err);
}

static remit_status add_own(remit_dictionary *dictionary, remit_label label, uint64_t hash, bool hashed, uint32_t *number, remit_error *err)
{
  if (known_finder(dictionary) == NULL && is_past_last(dictionary, label))
    return append(dictionary, label, number, err);
  remit_status status = make_room(dictionary, err);
  return status == REMIT_OK ? add_found(dictionary, label, hashed ? hash : hash_label(label), number, err) : status;
}

static remit_status add(remit_dictionary *dictionary, remit_label label, uint64_t hash, bool hashed, uint32_t *code, remit_error *err)
{
  *code = 0;
  if (label.size == 0)
    return REMIT_OK;
  if (label.size > REMIT_LABEL_MAX)
    return remit_fail(err, REMIT_ELIMIT, "a label of %zu bytes: at most %d are kept", label.size, REMIT_LABEL_MAX);
  if (dictionary->base != NULL) {
    *code = remit_dictionary_find(dictionary->base, label.text, label.size);
    if (*code != 0)
      return REMIT_OK;
  }
  remit_status status = add_own(dictionary, label, hash, hashed, code, err);
  if (status == REMIT_OK)
    *code += dictionary->shift;
  return status;
}

remit_status remit_dictionary_add(remit_dictionary *dictionary, const char *text, size_t size, uint32_t *code, remit_error *err)
{
  return add(dictionary, (remit_label){ text, size }, 0, false, code, err);
}

/* Hashes labels and asks for the memory where each will be found: its slot, and unless it should be new, the member that may stand there. */
static void hash_all(const remit_dictionary *dictionary, const lookup *finder, const remit_label *labels, size_t count, bool fresh, uint64_t *hashes)
{
  uint32_t mask = (uint32_t)(finder->count - 1);
  for (size_t i = 0; i < count; i++) {
    hashes[i] = labels[i].size <= REMIT_LABEL_MAX ? hash_label(labels[i]) : 0;
    remit_fetch(&finder->slots[first_slot(finder, hashes[i])]);
  }
  for (size_t i = 0; !fresh && i < count; i++) {
    const uint32_t *slots = &finder->slots[first_slot(finder, hashes[i])];
    unsigned found = match_slots(slots, mask, tag_of(finder, hashes[i]));
    remit_fetch(&dictionary->members[found != 0 ? slots[remit_lowest_bit(found)] & mask : 0]);
  }
}

/* As add of each, where there is a slot for all. Returns how many were added: fewer where one is not for this, or needs memory. */
static size_t add_some(remit_dictionary *dictionary, const remit_label *labels, const uint64_t *hashes, size_t count, uint32_t *codes)
{
  lookup *finder = known_finder(dictionary);
  const uint32_t mask = (uint32_t)(finder->count - 1);
  for (size_t i = 0; i < count; i++) {
    if (labels[i].size - 1 >= REMIT_LABEL_MAX) /* none, or too long */
      return i;
    uint32_t *slot = find_slot(dictionary, finder, labels[i], hashes[i]);
    uint32_t number = *slot & mask;
    if (number == 0 && !fits(dictionary, labels[i]))
      return i;
    if (number == 0) {
      number = put(dictionary, labels[i]);
      *slot = tag_of(finder, hashes[i]) | number;
    }
    codes[i] = number;
  }
  return count;
}

/* As add of each while they ascend, without a finder. Returns how many were added. */
static size_t add_ascending(remit_dictionary *dictionary, const remit_label *labels, size_t count, uint32_t *codes)
{
  remit_label last = label_of(dictionary, (uint32_t)(dictionary->member_count - 1));
  for (size_t i = 0; i < count; i++) {
    if (labels[i].size - 1 >= REMIT_LABEL_MAX || compare(last, labels[i]) >= 0 || !fits(dictionary, labels[i]))
      return i;
    codes[i] = put(dictionary, labels[i]);
    last = labels[i];
  }
  return count;
}

static inline bool has_room(const remit_dictionary *dictionary, size_t count)
{
  const lookup *finder = known_finder(dictionary);
  return finder != NULL && dictionary->member_count + count <= finder->count / 4 * 3;
}

remit_status remit_dictionary_add_all(remit_dictionary *dictionary, const remit_label *labels, size_t count, uint32_t *codes,
                                      remit_error *err)
{
  remit_status status = REMIT_OK;
  uint64_t hashes[AT_ONCE];
  bool fresh = false;
  for (size_t from = 0; status == REMIT_OK && from < count; from += AT_ONCE) {
    size_t some = count - from < AT_ONCE ? count - from : AT_ONCE, done = 0, before = dictionary->member_count;
    const lookup *finder = known_finder(dictionary);
    if (finder != NULL)
      hash_all(dictionary, finder, labels + from, some, fresh, hashes);
    for (; status == REMIT_OK && done < some; done++) {
      /* fast paths: same answer without them */
      if (dictionary->base == NULL && known_finder(dictionary) == NULL)
        done += add_ascending(dictionary, labels + from + done, some - done, codes + from + done);
      else if (dictionary->base == NULL && finder != NULL && has_room(dictionary, some - done))
        done += add_some(dictionary, labels + from + done, hashes + done, some - done, codes + from + done);
      if (done < some)
        status = add(dictionary, labels[from + done], finder != NULL ? hashes[done] : 0, finder != NULL, &codes[from + done], err);
    }
    fresh = dictionary->member_count - before == some;
  }
  return status;
}

remit_status remit_dictionary_expect(remit_dictionary *dictionary, size_t count, remit_error *err)
{
  count = count < REMIT_CODE_MAX ? count + 1 : REMIT_CODE_MAX;
  dictionary->expected = count;
  return count > dictionary->member_space ? fit_members(dictionary, count, err) : REMIT_OK;
}

void remit_dictionary_trim(remit_dictionary *dictionary)
{
  dictionary->expected = 0;
  dictionary->members = remit_shrink(dictionary->members, dictionary->member_count, sizeof *dictionary->members);
  dictionary->member_space = dictionary->member_count;
}

/* ---- What there is ---- */

size_t remit_dictionary_size(const remit_dictionary *dictionary)
{
  return dictionary->member_count + dictionary->shift;
}

const char *remit_dictionary_label(const remit_dictionary *dictionary, uint32_t code, size_t *size)
{
  while (dictionary->base != NULL && code <= dictionary->shift)
    dictionary = dictionary->base;
  remit_label asked = label_of(dictionary, code < remit_dictionary_size(dictionary) ? code - dictionary->shift : 0);
  if (size != NULL)
    *size = asked.size;
  return asked.text;
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
  const lookup *finder = atomic_load_explicit(&((remit_dictionary *)dictionary)->finder, memory_order_acquire);
  size_t slots = finder != NULL ? sizeof *finder + LINE + finder->count * sizeof *finder->slots : 0;
  return sizeof *dictionary + dictionary->chunk_bytes + dictionary->chunk_space * sizeof *dictionary->chunks +
         dictionary->member_space * sizeof *dictionary->members + slots;
}
