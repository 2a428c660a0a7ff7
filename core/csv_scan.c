/* SPDX-License-Identifier: Apache-2.0
 * csv_scan: bytes to records. A window on the file keeps the current record in one piece; a bit map of each 64 bytes says where the next
 * delimiter, quote or line end is, so that plain bytes are never looked at one by one. Fields are ended and unquoted in place, and only once
 * the whole record is there. A block that has a NUL or a byte from 0x80 up makes the record's fields be checked.
 */
#include "csv_window.h"
#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef enum field_state { PLAIN, ESCAPED, QUOTE_INSIDE, AFTER_QUOTE, NUL_BYTE, BAD_BYTE } field_state;
typedef enum scan_result { WHOLE, CUT, FAILED } scan_result;

/* ---- Opening and closing ---- */

remit_status remit_csv_open(remit_csv **out, const remit_csv_options *options, remit_error *err)
{
  *out = NULL;
  char delimiter = options->delimiter != 0 ? options->delimiter : ',';
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || (unsigned char)delimiter >= 0x80)
    return remit_fail(err, REMIT_EINVAL, "this character cannot be a delimiter");
  if (options->path == NULL && options->text == NULL && options->size != 0)
    return remit_fail(err, REMIT_EINVAL, "neither a path nor a text");
  remit_csv *csv = remit_allocate(1, sizeof *csv);
  if (csv == NULL)
    return remit_no_memory(err);
  memset(csv, 0, offsetof(remit_csv, fields));
  csv->file = REMIT_NO_FILE;
  csv->text = options->text;
  csv->text_left = options->path == NULL ? options->size : 0;
  csv->capacity = options->path == NULL && options->size < REMIT_CSV_WINDOW ? options->size + 1 : REMIT_CSV_WINDOW;
  csv->block = REMIT_CSV_NO_BLOCK;
  csv->delimiter = delimiter;
  csv->encoding = options->encoding;
  csv->record = (remit_csv_record){ .fields = csv->fields, .sizes = csv->sizes, .bytes = csv->bytes };
  csv->window = remit_allocate(csv->capacity + REMIT_CSV_BITS, 1);
  remit_status status = csv->window == NULL ? remit_no_memory(err) : REMIT_OK;
  if (status == REMIT_OK && options->path != NULL)
    status = remit_file_open(&csv->file, options->path, err);
  if (status == REMIT_OK && csv->file != REMIT_NO_FILE && options->allowed != NULL && !options->allowed(options->allowed_context, csv->file))
    status = remit_fail(err, REMIT_EIO, "%s: may not be read", options->path);
  csv->size = csv->file != REMIT_NO_FILE ? remit_file_size(csv->file) : csv->text_left;
  if (status != REMIT_OK) {
    remit_csv_close(csv);
    return status;
  }
  *out = csv;
  return REMIT_OK;
}

void remit_csv_close(remit_csv *csv)
{
  if (csv == NULL)
    return;
  remit_file_close(csv->file);
  remit_release(csv->window);
  remit_release(csv->converted);
  remit_release(csv);
}

/* ---- The window ---- */

#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
static remit_status give_up(remit_csv *csv, remit_error *err, size_t byte, size_t line, const char *format, ...)
{
  csv->finished = true;
  csv->fatal = (remit_csv_fault){ .row = csv->row + 1, .line = line, .byte = byte, .field = REMIT_CSV_NO_FIELD };
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(csv->fatal.message, sizeof csv->fatal.message, format, arguments);
  va_end(arguments);
  remit_fail(err, REMIT_EPARSE, "row %zu, line %zu, byte %zu: %s", csv->fatal.row, line, byte, csv->fatal.message);
  if (err != NULL)
    err->at = byte;
  return REMIT_EPARSE;
}

static remit_status read_source(remit_csv *csv, unsigned char *into, size_t size, size_t *got, remit_error *err)
{
  if (csv->file != REMIT_NO_FILE)
    return remit_file_read(csv->file, into, size, got, err);
  *got = size < csv->text_left ? size : csv->text_left;
  if (*got != 0)
    memcpy(into, csv->text, *got);
  csv->text = *got != 0 ? csv->text + *got : csv->text;
  csv->text_left -= *got;
  return REMIT_OK;
}

remit_status remit_csv_set_window(remit_csv *csv, size_t capacity, remit_error *err)
{
  unsigned char *window = remit_reallocate(csv->window, capacity + REMIT_CSV_BITS, 1);
  if (window == NULL)
    return remit_no_memory(err);
  csv->window = window;
  csv->capacity = capacity;
  return REMIT_OK;
}

static remit_status grow_window(remit_csv *csv, remit_error *err)
{
  if (csv->capacity >= REMIT_CSV_ROW_MAX)
    return give_up(csv, err, csv->base, csv->line + 1, "a row of more than %u bytes", REMIT_CSV_ROW_MAX);
  size_t capacity = csv->capacity < REMIT_CSV_ROW_MAX / 2 ? csv->capacity * 2 : REMIT_CSV_ROW_MAX;
  return remit_csv_set_window(csv, capacity, err);
}

remit_status remit_csv_refill(remit_csv *csv, remit_error *err)
{
  size_t kept = csv->end - csv->start;
  memmove(csv->window, csv->window + csv->start, kept);
  csv->base += csv->start;
  csv->start = 0;
  csv->end = kept;
  csv->block = REMIT_CSV_NO_BLOCK;
  remit_status status = kept == csv->capacity ? grow_window(csv, err) : REMIT_OK;
  while (status == REMIT_OK && csv->end < csv->capacity && !csv->all_read) {
    size_t got = 0;
    status = read_source(csv, csv->window + csv->end, csv->capacity - csv->end, &got, err);
    csv->end += got;
    csv->all_read = got == 0;
  }
  memset(csv->window + csv->end, 0, REMIT_CSV_BITS);
  return status;
}

static bool begins_with(const remit_csv *csv, const char *bytes, size_t size)
{
  return csv->end >= size && memcmp(csv->window, bytes, size) == 0;
}

/* Fills the window for the first time, passes over a byte-order mark and refuses what is not text. */
static remit_status begin(remit_csv *csv, remit_error *err)
{
  csv->begun = true;
  remit_status status = remit_csv_refill(csv, err);
  if (status != REMIT_OK)
    return status;
  if (begins_with(csv, "PK\003\004", 4))
    return give_up(csv, err, 0, 1, "a spreadsheet (.xlsx) or zip file, not CSV. Save it as 'CSV UTF-8'");
  if (begins_with(csv, "\xD0\xCF\x11\xE0", 4))
    return give_up(csv, err, 0, 1, "an old spreadsheet (.xls), not CSV. Save it as 'CSV UTF-8'");
  if (begins_with(csv, "\xFF\xFE", 2) || begins_with(csv, "\xFE\xFF", 2))
    return give_up(csv, err, 0, 1, "UTF-16 text (as 'Unicode text' is saved). Save it as 'CSV UTF-8'");
  if (!begins_with(csv, "\xEF\xBB\xBF", 3))
    return REMIT_OK;
  if (csv->encoding != REMIT_UTF8)
    return give_up(csv, err, 0, 1, "begins with the mark of UTF-8, and \"windows-1252\" is declared");
  csv->start = 3;
  return REMIT_OK;
}

/* ---- Where the next structural byte is ---- */

/* The next delimiter, quote or line end at or after `at`, or `end`. */
static inline size_t next_stop(remit_csv *csv, size_t at)
{
  while (at < csv->end) {
    size_t within = at - csv->block;
    if (within >= REMIT_CSV_BITS) {
      csv->block = at;
      remit_csv_marks marks;
      remit_csv_map(csv->window + at, 1, csv->delimiter, &marks);
      csv->stops = marks.delimiters | marks.feeds | marks.returns | marks.quotes;
      csv->odd_bits = marks.odd;
      csv->odd |= csv->odd_bits != 0;
      within = 0;
    }
    uint64_t left = csv->stops >> within;
    if (left != 0)
      return at + remit_lowest_bit(left);
    at = csv->block + REMIT_CSV_BITS;
  }
  return csv->end;
}

/* ---- One record, nothing changed yet ---- */

static void note_field(remit_csv *csv, size_t raw, size_t begin_at, size_t end_at, field_state state)
{
  size_t index = csv->record.count++;
  csv->fields[index] = (const char *)csv->window + begin_at;
  csv->sizes[index] = end_at - begin_at;
  csv->bytes[index] = csv->base + raw;
  csv->states[index] = (unsigned char)state;
}

static scan_result field_too_long(remit_csv *csv, size_t raw, bool quoted, remit_error *err)
{
  size_t line = csv->line + 1;
  for (size_t at = csv->start; at < raw; at++)
    line += csv->window[at] == '\n' || (csv->window[at] == '\r' && csv->window[at + 1] != '\n');
  give_up(csv, err, csv->base + raw, line, quoted ? "more than %u bytes in quotes: a quote that never ends" : "a field of more than %u bytes",
          REMIT_CSV_FIELD_MAX);
  return FAILED;
}

static scan_result quote_never_ends(remit_csv *csv, size_t raw, size_t line, remit_error *err)
{
  if (!csv->all_read)
    return CUT;
  give_up(csv, err, csv->base + raw, line, "a quote that begins here never ends");
  return FAILED;
}

/* Takes quotes as plain text up to the delimiter or line end, and marks the field. */
static scan_result scan_misquoted(remit_csv *csv, size_t raw, size_t at, field_state state, remit_error *err, size_t *stop)
{
  csv->broken = true;
  csv->places[csv->record.count].byte = csv->base + at;
  do {
    at = next_stop(csv, at + (csv->window[at] == '"'));
  } while (csv->window[at] == '"');
  if (at - raw > REMIT_CSV_FIELD_MAX)
    return field_too_long(csv, raw, false, err);
  *stop = at;
  note_field(csv, raw, raw, at, state);
  return WHOLE;
}

/* `raw` is the opening quote. */
static scan_result scan_quoted(remit_csv *csv, size_t raw, remit_error *err, size_t *stop)
{
  const unsigned char *window = csv->window;
  field_state state = PLAIN;
  size_t line = csv->line + csv->lines + 1, at = raw + 1;
  for (;; at++) {
    at = next_stop(csv, at);
    if (at - raw - 1 > REMIT_CSV_FIELD_MAX)
      return field_too_long(csv, raw, true, err);
    if (at == csv->end)
      return quote_never_ends(csv, raw, line, err);
    if (window[at] == '"') {
      if (window[at + 1] != '"')
        break;
      state = ESCAPED;
      at++;
    } else if (window[at] == '\r' || (window[at] == '\n' && window[at - 1] != '\r')) {
      csv->lines++;
    }
  }
  unsigned char next = window[at + 1];
  if (at + 1 != csv->end && next != (unsigned char)csv->delimiter && next != '\n' && next != '\r')
    return scan_misquoted(csv, raw, at + 1, AFTER_QUOTE, err, stop);
  *stop = at + 1;
  note_field(csv, raw, raw + 1, at, state);
  return WHOLE;
}

/* Finds the fields of the record at `start`; CUT when the window ends before the record does. */
static scan_result scan_record(remit_csv *csv, remit_error *err, size_t *record_end)
{
  csv->record.count = csv->lines = 0;
  csv->broken = false;
  csv->odd = csv->start - csv->block < REMIT_CSV_BITS && csv->odd_bits >> (csv->start - csv->block) != 0;
  size_t at = csv->start, stop;
  for (;; at = stop + 1) {
    if (csv->record.count == REMIT_CSV_FIELDS_MAX) {
      give_up(csv, err, csv->base + at, csv->line + csv->lines + 1, "more than %u fields in a row", REMIT_CSV_FIELDS_MAX);
      return FAILED;
    }
    stop = next_stop(csv, at);
    scan_result result = WHOLE;
    if (csv->window[stop] == '"')
      result = stop == at ? scan_quoted(csv, at, err, &stop) : scan_misquoted(csv, at, stop, QUOTE_INSIDE, err, &stop);
    else if (stop - at > REMIT_CSV_FIELD_MAX)
      result = field_too_long(csv, at, false, err);
    else
      note_field(csv, at, at, stop, PLAIN);
    if (result != WHOLE)
      return result;
    if (stop == csv->end && !csv->all_read)
      return CUT;
    if (csv->window[stop] != (unsigned char)csv->delimiter)
      break;
  }
  *record_end = stop;
  return WHOLE;
}

/* ---- Checking bytes ---- */

static void check_bytes(remit_csv *csv, size_t index)
{
  const unsigned char *text = (const unsigned char *)csv->fields[index];
  size_t size = csv->sizes[index], bad = remit_csv_first_bad(text, size, csv->encoding);
  const unsigned char *nul = memchr(text, 0, bad);
  if (nul == NULL && bad == size)
    return;
  const unsigned char *fault = nul != NULL ? nul : text + bad;
  csv->states[index] = nul != NULL ? NUL_BYTE : BAD_BYTE;
  csv->places[index].byte = csv->base + (size_t)(fault - csv->window);
  csv->places[index].value = *fault;
}

/* Sets the state of every field that cannot be read, with the text line of the fault. */
static void check_fields(remit_csv *csv)
{
  size_t line = csv->line + 1, at = csv->start;
  for (size_t i = 0; i < csv->record.count; i++) {
    if (csv->states[i] <= ESCAPED)
      check_bytes(csv, i);
    if (csv->states[i] <= ESCAPED)
      continue;
    for (; at < csv->places[i].byte - csv->base; at++)
      line += csv->window[at] == '\r' || (csv->window[at] == '\n' && (at == csv->start || csv->window[at - 1] != '\r'));
    csv->places[i].line = line;
    csv->faulty++;
  }
}

/* ---- Ending, unquoting, converting ---- */

static size_t unescape(char *text, size_t size)
{
  size_t to = 0;
  for (size_t from = 0; from < size; from++) {
    text[to++] = text[from];
    from += text[from] == '"';
  }
  return to;
}

static void end_fields(remit_csv *csv)
{
  for (size_t i = 0; i < csv->record.count; i++) {
    char *text = (char *)csv->window + (csv->fields[i] - (const char *)csv->window);
    if (csv->states[i] == ESCAPED)
      csv->sizes[i] = unescape(text, csv->sizes[i]);
    text[csv->sizes[i]] = '\0';
  }
}

static remit_status convert_fields(remit_csv *csv, remit_error *err)
{
  size_t needed = 0;
  for (size_t i = 0; i < csv->record.count; i++)
    needed += 3 * csv->sizes[i] + 1;
  if (needed > csv->converted_capacity) {
    char *larger = remit_reallocate(csv->converted, needed, 2);
    if (larger == NULL)
      return remit_no_memory(err);
    csv->converted = larger;
    csv->converted_capacity = 2 * needed;
  }
  char *into = csv->converted;
  for (size_t i = 0; i < csv->record.count; i++) {
    if (csv->states[i] > ESCAPED)
      continue;
    csv->sizes[i] = remit_csv_from_1252(csv->fields[i], csv->sizes[i], into);
    csv->fields[i] = into;
    into += csv->sizes[i] + 1;
  }
  return REMIT_OK;
}

static remit_status finish_record(remit_csv *csv, size_t record_end, remit_error *err)
{
  csv->record.row = ++csv->row;
  csv->record.line = csv->line + 1;
  csv->record.byte = csv->base + csv->start;
  csv->after_cr = csv->window[record_end] == '\r';
  csv->faulty = 0;
  if (record_end == csv->start)
    csv->record.count = 0;
  if (csv->odd || csv->broken)
    check_fields(csv);
  end_fields(csv);
  csv->line += csv->lines + 1;
  csv->start = record_end < csv->end ? record_end + 1 : record_end;
  return csv->odd && csv->encoding == REMIT_WINDOWS_1252 ? convert_fields(csv, err) : REMIT_OK;
}

/* ---- Next ---- */

remit_status remit_csv_approach(remit_csv *csv, remit_error *err)
{
  for (;;) {
    if (csv->start == csv->end && !csv->all_read) {
      remit_status status = remit_csv_refill(csv, err);
      if (status != REMIT_OK)
        return status;
    }
    bool feed = csv->after_cr && csv->start < csv->end && csv->window[csv->start] == '\n';
    csv->after_cr = false;
    if (!feed)
      break;
    csv->start++;
  }
  csv->finished = csv->start == csv->end;
  return REMIT_OK;
}

static remit_status scan_whole(remit_csv *csv, remit_error *err)
{
  for (;;) {
    size_t record_end = 0;
    scan_result result = scan_record(csv, err, &record_end);
    if (result == WHOLE)
      return finish_record(csv, record_end, err);
    if (result == FAILED)
      return REMIT_EPARSE;
    remit_status status = remit_csv_refill(csv, err);
    if (status != REMIT_OK)
      return status;
  }
}

remit_status remit_csv_scan(remit_csv *csv, const remit_csv_record **record, remit_error *err)
{
  *record = NULL;
  csv->faulty = 0;
  remit_status status = csv->begun ? REMIT_OK : begin(csv, err);
  if (status == REMIT_OK && !csv->finished)
    status = remit_csv_approach(csv, err);
  if (status == REMIT_OK && !csv->finished) {
    status = scan_whole(csv, err);
    *record = status == REMIT_OK ? &csv->record : NULL;
  }
  csv->finished |= status != REMIT_OK;
  return status;
}

remit_status remit_csv_next(remit_csv *csv, const remit_csv_record **record, remit_error *err)
{
  remit_status status = remit_csv_scan(csv, record, err);
  if (status != REMIT_OK || csv->faulty == 0)
    return status;
  *record = NULL;
  size_t field = 0;
  remit_csv_fault fault;
  while (!remit_csv_fault_of(csv, field, &fault))
    field++;
  remit_fail(err, REMIT_EPARSE, "row %zu, line %zu, byte %zu: %s", fault.row, fault.line, fault.byte, fault.message);
  if (err != NULL)
    err->at = fault.byte;
  return REMIT_EPARSE;
}

/* ---- For the loader ---- */

size_t remit_csv_faulty_fields(const remit_csv *csv)
{
  return csv->faulty;
}

bool remit_csv_fault_of(const remit_csv *csv, size_t field, remit_csv_fault *fault)
{
  if (csv->faulty == 0 || field >= csv->record.count || csv->states[field] <= ESCAPED)
    return false;
  const remit_csv_place *place = &csv->places[field];
  *fault = (remit_csv_fault){ .row = csv->record.row, .line = place->line, .byte = place->byte, .field = field };
  static const char *const messages[] = {
    [QUOTE_INSIDE] = "a quote inside a field that does not begin with one. Quote the whole field and double its quotes",
    [AFTER_QUOTE] = "text after a closing quote. Double the quotes inside a quoted field",
    [NUL_BYTE] = "a NUL byte; is this a spreadsheet (.xlsx) and not CSV?",
  };
  if (csv->states[field] == BAD_BYTE)
    remit_csv_describe_byte(place->value, csv->encoding, fault->message, sizeof fault->message);
  else
    snprintf(fault->message, sizeof fault->message, "%s", messages[csv->states[field]]);
  return true;
}

const remit_csv_fault *remit_csv_fatal(const remit_csv *csv)
{
  return csv->fatal.message[0] != '\0' ? &csv->fatal : NULL;
}

size_t remit_csv_size(const remit_csv *csv)
{
  return csv->size;
}

size_t remit_csv_position(const remit_csv *csv)
{
  return csv->base + csv->start;
}

size_t remit_csv_row_before(const remit_csv *csv)
{
  return csv->row;
}

size_t remit_csv_bytes_read(const remit_csv *csv)
{
  return csv->base + csv->end;
}

char remit_csv_delimiter(const remit_csv *csv)
{
  return csv->delimiter;
}
