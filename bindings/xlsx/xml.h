/* SPDX-License-Identifier: Apache-2.0
 * xml: one part of a workbook, walked by expat. Names come without their prefix. No document type, so no entities of its own; nesting is bounded.
 */
#ifndef REMIT_XLSX_XML_H
#define REMIT_XLSX_XML_H

#include "buffer.h"

#define XML_DEPTH_MAX 64

typedef struct xml xml;

/* Any may be NULL. `self` is the walker's. */
typedef struct xml_handlers {
  void (*start)(xml *walk, void *self, const char *name, const char **attributes);
  void (*end)(xml *walk, void *self, const char *name);
  void (*text)(xml *walk, void *self, const char *text, size_t size);
} xml_handlers;

/* Whether expat is there. */
bool xml_ready(void);

/* REMIT_EPARSE with the part's name and line for what is not well-formed; REMIT_EIO without expat; or what a handler stopped with. */
remit_status xml_walk(const char *part, const buffer *bytes, const xml_handlers *handlers, void *self, remit_error *err);

/* For handlers: ends the walk. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void xml_stop(xml *walk, remit_status status, const char *format, ...);
/* Where what a handler is called for begins in the part, and how long its tag is; the length is 0 at the end of an empty element's tag. */
size_t xml_at(const xml *walk);
size_t xml_length(const xml *walk);

/* The attribute's value, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* "1" or "true". */
bool xml_flag(const char **attributes, const char *name);
/* A whole number up to `most`, or `otherwise`. */
size_t xml_count(const char **attributes, const char *name, size_t most, size_t otherwise);

#endif
