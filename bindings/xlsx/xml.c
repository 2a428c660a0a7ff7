/* SPDX-License-Identifier: Apache-2.0
 * xml: one part of a workbook, walked by expat.
 */
#include "xml.h"

#include <expat.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "late.h"

#define CALLS(X) \
  X(XML_ErrorString) X(XML_GetCurrentByteCount) X(XML_GetCurrentByteIndex) X(XML_GetCurrentLineNumber) X(XML_GetErrorCode) X(XML_Parse) \
  X(XML_ParserCreate) X(XML_ParserFree) X(XML_SetCharacterDataHandler) X(XML_SetElementHandler) X(XML_SetStartDoctypeDeclHandler) \
  X(XML_SetUserData) X(XML_StopParser)
LATE(libexpat, LATE_EXPAT, CALLS);

struct xml {
  XML_Parser parser;
  const char *part;
  const xml_handlers *handlers;
  void *self;
  size_t depth;
  bool stopped;
  remit_error *err;
};

void xml_stop(xml *walk, remit_status status, const char *format, ...)
{
  char message[400];
  va_list list;
  if (walk->stopped)
    return;
  va_start(list, format);
  vsnprintf(message, sizeof message, format, list);
  va_end(list);
  remit_fail(walk->err, status, "%s", message);
  walk->stopped = true;
  libexpat.XML_StopParser(walk->parser, XML_FALSE);
}

static const char *local(const char *name)
{
  const char *colon = strchr(name, ':');
  return colon != NULL ? colon + 1 : name;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
  xml *walk = data;
  if (++walk->depth > XML_DEPTH_MAX)
    xml_stop(walk, REMIT_ELIMIT, "%s is nested more than %d deep", walk->part, XML_DEPTH_MAX);
  else if (!walk->stopped && walk->handlers->start != NULL)
    walk->handlers->start(walk, walk->self, local(name), attributes);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
  xml *walk = data;
  walk->depth--;
  if (!walk->stopped && walk->handlers->end != NULL)
    walk->handlers->end(walk, walk->self, local(name));
}

static void XMLCALL on_text(void *data, const XML_Char *text, int size)
{
  xml *walk = data;
  if (!walk->stopped)
    walk->handlers->text(walk, walk->self, text, (size_t)size);
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int subset)
{
  xml *walk = data;
  (void)name, (void)system, (void)public, (void)subset;
  xml_stop(walk, REMIT_EPARSE, "%s declares a document type, which no workbook does", walk->part);
}

static remit_status broken(const xml *walk)
{
  if (libexpat.XML_GetErrorCode(walk->parser) == XML_ERROR_NO_MEMORY)
    return remit_fail(walk->err, REMIT_ENOMEM, "no memory");
  return remit_fail(walk->err, REMIT_EPARSE, "%s is broken in line %lu: %s", walk->part, (unsigned long)libexpat.XML_GetCurrentLineNumber(walk->parser),
                    libexpat.XML_ErrorString(libexpat.XML_GetErrorCode(walk->parser)));
}

bool xml_ready(void)
{
  return late_load(&libexpat_library);
}

remit_status xml_walk(const char *part, const buffer *bytes, const xml_handlers *handlers, void *self, remit_error *err)
{
  if (!xml_ready())
    return late_missing(&libexpat_library, err);
  remit_error own;
  xml walk = { .parser = libexpat.XML_ParserCreate(NULL), .part = part, .handlers = handlers, .self = self, .err = err != NULL ? err : &own };
  if (walk.parser == NULL || bytes->size > INT_MAX) {
    libexpat.XML_ParserFree(walk.parser);
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  }
  libexpat.XML_SetUserData(walk.parser, &walk);
  libexpat.XML_SetElementHandler(walk.parser, on_start, on_end);
  libexpat.XML_SetCharacterDataHandler(walk.parser, handlers->text != NULL ? on_text : NULL);
  libexpat.XML_SetStartDoctypeDeclHandler(walk.parser, on_doctype);
  remit_status status = REMIT_OK;
  if (libexpat.XML_Parse(walk.parser, bytes->bytes, (int)bytes->size, 1) != XML_STATUS_OK)
    status = walk.stopped ? walk.err->status : broken(&walk);
  libexpat.XML_ParserFree(walk.parser);
  return status;
}

size_t xml_at(const xml *walk)
{
  XML_Index at = libexpat.XML_GetCurrentByteIndex(walk->parser);
  return at > 0 ? (size_t)at : 0;
}

size_t xml_length(const xml *walk)
{
  int length = libexpat.XML_GetCurrentByteCount(walk->parser);
  return length > 0 ? (size_t)length : 0;
}

/* ---- Attributes ---- */

const char *xml_attribute(const char **attributes, const char *name)
{
  for (; attributes[0] != NULL; attributes += 2)
    if (strncmp(attributes[0], "xmlns", 5) != 0 && strcmp(local(attributes[0]), name) == 0)
      return attributes[1];
  return NULL;
}

bool xml_flag(const char **attributes, const char *name)
{
  const char *value = xml_attribute(attributes, name);
  return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

size_t xml_count(const char **attributes, const char *name, size_t most, size_t otherwise)
{
  const char *value = xml_attribute(attributes, name);
  size_t count = 0;
  if (value == NULL || *value == '\0')
    return otherwise;
  for (; *value >= '0' && *value <= '9'; value++) {
    count = count * 10 + (size_t)(*value - '0');
    if (count > most)
      return otherwise;
  }
  return *value == '\0' ? count : otherwise;
}
