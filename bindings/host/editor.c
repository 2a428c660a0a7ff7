/* SPDX-License-Identifier: Apache-2.0
 * editor: a line from somebody who types, by libedit where there is a terminal that can, else as it comes. Everything of libedit is in here.
 *
 *   local editor = host.editor(complete)            -- complete(before) -> bytes to replace, text, or a list to show; may be left out
 *   local text, why = editor:read("remit> ", "  ...> ")
 */
#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700 /* wcwidth */

#include <errno.h>
#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "host.h"

#ifdef REMIT_EDITLINE
#include <histedit.h>

#include "late.h"

#define CALLS(X) \
  X(el_deletestr) X(el_end) X(el_get) X(el_gets) X(el_init) X(el_insertstr) X(el_line) X(el_resize) X(el_set) X(el_wline) X(el_wset) \
  X(history_w) X(history_wend) X(history_winit)
LATE(libedit, LATE_EDITLINE, CALLS);
#else
typedef void EditLine;
typedef void HistoryW;
#endif

#define EDITOR "remit.editor"
#define HISTORY_SIZE 2000
#define ECHOED 12 /* lines of a paste that are shown */
#define PASTES_ON "\033[?2004h"
#define PASTES_OFF "\033[?2004l"

typedef struct editor {
  EditLine *line;
  HistoryW *history;
  lua_State *L; /* of the call of read that is under way */
  const char *prompt;
  input_event event; /* that ended the last line */
  pasted paste;
  bool held; /* Ctrl-C is noted while the editor is there */
} editor;

static editor *check_editor(lua_State *L)
{
  return luaL_checkudata(L, 1, EDITOR);
}

/* ---- As it comes ---- */

static int because(lua_State *L, input_event event)
{
  lua_pushnil(L);
  lua_pushstring(L, event == INPUT_INTERRUPTED ? "interrupted" : "end");
  return 2;
}

static int read_plainly(lua_State *L, const char *prompt)
{
  luaL_Buffer text;
  unsigned char byte = 0;
  size_t size = 0;
  if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
    fputs(prompt, stdout);
  fflush(stdout);
  luaL_buffinit(L, &text);
  input_open();
  input_event event = input_next(&byte);
  while (event != INPUT_END && event != INPUT_INTERRUPTED && !(event == INPUT_BYTE && byte == '\n')) {
    if (event == INPUT_BYTE) {
      luaL_addchar(&text, (char)byte);
      size++;
    }
    event = input_next(&byte);
  }
  input_close();
  luaL_pushresult(&text);
  if (event == INPUT_INTERRUPTED && isatty(STDOUT_FILENO))
    fputs("\n", stdout);
  return event == INPUT_BYTE || (event == INPUT_END && size > 0) ? 1 : because(L, event);
}

#ifdef REMIT_EDITLINE

/* ---- libedit's questions ---- */

static editor *editor_of(EditLine *line)
{
  void *found = NULL;
  libedit.el_get(line, EL_CLIENTDATA, &found);
  return found;
}

static char *prompt_of(EditLine *line)
{
  return (char *)editor_of(line)->prompt;
}

static int columns_before_cursor(EditLine *line)
{
  const LineInfoW *now = libedit.el_wline(line);
  int columns = (int)strlen(editor_of(line)->prompt);
  for (const wchar_t *at = now->buffer; at < now->cursor; at++)
    columns += wcwidth(*at) > 0 ? wcwidth(*at) : 0;
  return columns;
}

/* The terminal has laid out anew what stands there: it is wiped from the prompt on, for libedit writes it again from where the cursor is. */
static void wipe(EditLine *line)
{
  size_t width = terminal_columns();
  int above = width > 0 ? columns_before_cursor(line) / (int)width : 0;
  if (above > 0)
    printf("\033[%dA", above);
  fputs("\r\033[J", stdout);
}

static void look_again(EditLine *line, input_event event)
{
  wipe(line);
  if (event == INPUT_RESIZED)
    libedit.el_resize(line);
  else
    libedit.el_set(line, EL_PREP_TERM, 1);
  libedit.el_set(line, EL_REFRESH);
}

/* One character, of one or more bytes; a byte that is no UTF-8 is dropped. */
static int next_character(EditLine *line, wchar_t *character)
{
  editor *e = editor_of(line);
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    unsigned char byte = 0;
    e->event = paste_next(&e->paste, &byte);
    if (e->event == INPUT_END)
      return 0;
    if (e->event == INPUT_INTERRUPTED) {
      errno = EINTR;
      return -1;
    }
    if (e->event != INPUT_BYTE) {
      look_again(line, e->event);
      continue;
    }
    size_t taken = mbrtowc(character, (const char *)&byte, 1, &state);
    if (taken == (size_t)-1)
      memset(&state, 0, sizeof state);
    else if (taken != (size_t)-2)
      return 1;
  }
}

/* ---- Completion ---- */

static int count_characters(const char *text, size_t size)
{
  int count = 0;
  for (size_t i = 0; i < size; i++)
    count += ((unsigned char)text[i] & 0xC0) != 0x80;
  return count;
}

static unsigned char apply_completion(editor *e, const char *before, size_t size)
{
  lua_State *L = e->L;
  size_t replaced = (size_t)luaL_optinteger(L, -3, 0);
  const char *text = lua_tostring(L, -2), *list = lua_tostring(L, -1);
  if (text != NULL && replaced <= size) {
    libedit.el_deletestr(e->line, count_characters(before + size - replaced, replaced));
    libedit.el_insertstr(e->line, text);
  }
  if (list != NULL) {
    printf("\n%s\n", list);
    libedit.el_set(e->line, EL_REFRESH);
    return CC_REFRESH;
  }
  return text != NULL ? CC_REFRESH : CC_REFRESH_BEEP;
}

/* A pasted tab is a tab. */
static unsigned char complete(EditLine *line, wint_t key)
{
  editor *e = editor_of(line);
  const LineInfo *now = libedit.el_line(line);
  lua_State *L = e->L;
  (void)key;
  if (e->paste.feeding) {
    libedit.el_insertstr(line, "  ");
    return CC_REFRESH;
  }
  int top = lua_gettop(L);
  size_t size = (size_t)(now->cursor - now->buffer);
  unsigned char answer = CC_REFRESH_BEEP;
  if (lua_checkstack(L, 8) && lua_getiuservalue(L, 1, 1) == LUA_TFUNCTION) {
    const char *before = lua_pushlstring(L, now->buffer, size);
    lua_insert(L, -2);
    lua_pushvalue(L, -2);
    if (lua_pcall(L, 1, 3, 0) == LUA_OK)
      answer = apply_completion(e, before, size);
  }
  lua_settop(L, top);
  return answer;
}

/* ---- Making one ---- */

static void bind_keys(EditLine *line)
{
  static const char *const keys[][2] = {
    { "\t", "remit-complete" },        { "^R", "em-inc-search-prev" },      { "\033[3~", "ed-delete-next-char" },
    { "\033[H", "ed-move-to-beg" },    { "\033[F", "ed-move-to-end" },      { "\033[1~", "ed-move-to-beg" },
    { "\033[4~", "ed-move-to-end" },   { "\033[1;5C", "em-next-word" },     { "\033[1;5D", "ed-prev-word" },
    { "\033OH", "ed-move-to-beg" },    { "\033OF", "ed-move-to-end" },
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    libedit.el_set(line, EL_BIND, keys[i][0], keys[i][1], NULL);
}

static void begin_history(editor *e)
{
  HistEventW event;
  e->history = libedit.history_winit();
  if (e->history == NULL)
    return;
  libedit.history_w(e->history, &event, H_SETSIZE, HISTORY_SIZE);
  libedit.history_w(e->history, &event, H_SETUNIQUE, 1);
  libedit.el_wset(e->line, EL_HIST, libedit.history_w, e->history);
}

/* Terminals are UTF-8 whatever the locale says; where it cannot be set, lines come as they are. */
static bool begin_characters(void)
{
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL || setlocale(LC_CTYPE, "en_GB.UTF-8") != NULL || setlocale(LC_CTYPE, "en_US.UTF-8") != NULL;
}

static void begin_editing(editor *e)
{
  const char *terminal = getenv("TERM");
  if (terminal == NULL || *terminal == '\0' || strcmp(terminal, "dumb") == 0 || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
      !late_load(&libedit_library) || !begin_characters())
    return;
  e->line = libedit.el_init("remit", stdin, stdout, stderr);
  if (e->line == NULL)
    return;
  libedit.el_set(e->line, EL_CLIENTDATA, e);
  libedit.el_set(e->line, EL_SIGNAL, 0);
  libedit.el_set(e->line, EL_EDITOR, "emacs");
  libedit.el_set(e->line, EL_PROMPT, prompt_of);
  libedit.el_wset(e->line, EL_GETCFN, next_character);
  libedit.el_wset(e->line, EL_ADDFN, L"remit-complete", L"complete the word", complete); /* el_set would leak both */
  bind_keys(e->line);
  begin_history(e);
}

static void end_editing(editor *e)
{
  if (e->history != NULL)
    libedit.history_wend(e->history);
  if (e->line != NULL)
    libedit.el_end(e->line);
}

/* ---- Reading ---- */

/* In place of the prompt that it was pasted to. */
static void echo(const pasted *paste, const char *prompt, const char *more)
{
  const char *at = paste->text, *end = paste->text + paste->rest;
  size_t lines = 0, left = 0;
  for (; at < end; lines++) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline != NULL ? newline : end;
    if (lines < ECHOED)
      printf("%s%.*s\n", lines == 0 ? prompt : more, (int)(stop - at), at);
    else
      left++;
    at = stop + (newline != NULL ? 1 : 0);
  }
  if (left > 0)
    printf("%s(%zu more lines)\n", more, left);
}

/* What was typed, and the whole lines that were pasted into it. */
static int push_line(lua_State *L, editor *e, const char *typed, size_t size, const char *more)
{
  luaL_Buffer text;
  while (size > 0 && (typed[size - 1] == '\n' || typed[size - 1] == '\r'))
    size--;
  luaL_buffinit(L, &text);
  luaL_addlstring(&text, typed, size);
  if (e->paste.held) {
    bool begun = size > 0;
    if (!begun)
      fputs("\033[A\r", stdout);
    echo(&e->paste, begun ? more : e->prompt, more);
    luaL_addlstring(&text, e->paste.text, e->paste.rest - (e->paste.text[e->paste.rest - 1] == '\n'));
    e->paste.held = false;
    e->paste.feeding = e->paste.rest < e->paste.size;
  }
  luaL_pushresult(&text);
  lua_pushboolean(L, e->paste.refused);
  e->paste.refused = false;
  return 2;
}

static int read_edited(lua_State *L, editor *e, const char *prompt, const char *more)
{
  int count = 0;
  e->L = L;
  e->prompt = prompt;
  e->event = INPUT_BYTE;
  fputs(PASTES_ON, stdout);
  fflush(stdout);
  input_open();
  libedit.el_resize(e->line);
  libedit.el_set(e->line, EL_PREP_TERM, 1); /* before the prompt is there, or what is typed at once is shown twice */
  const char *typed = libedit.el_gets(e->line, &count);
  input_close();
  fputs(PASTES_OFF, stdout);
  if (typed == NULL || count <= 0) {
    fputs(e->event == INPUT_INTERRUPTED ? "^C\n" : "\n", stdout);
    return because(L, e->event == INPUT_INTERRUPTED ? INPUT_INTERRUPTED : INPUT_END);
  }
  return push_line(L, e, typed, strlen(typed), more);
}

static void remember(editor *e, const char *text)
{
  HistEventW event;
  size_t size = mbstowcs(NULL, text, 0);
  wchar_t *wide = size != (size_t)-1 ? malloc((size + 1) * sizeof *wide) : NULL;
  if (wide == NULL || e->history == NULL) {
    free(wide);
    return;
  }
  mbstowcs(wide, text, size + 1);
  libedit.history_w(e->history, &event, H_ENTER, wide);
  free(wide);
}

#else

static void begin_editing(editor *e)
{
  e->line = NULL;
}

static void end_editing(editor *e)
{
  e->line = NULL;
}

static int read_edited(lua_State *L, editor *e, const char *prompt, const char *more)
{
  (void)e, (void)more;
  return read_plainly(L, prompt);
}

static void remember(editor *e, const char *text)
{
  (void)e, (void)text;
}

#endif

/* ---- For Lua ---- */

/* editor:read(prompt, more) -> text, whether some was left out; or nil, "interrupted" or "end". `more` stands before each line of a paste. */
static int editor_read(lua_State *L)
{
  editor *e = check_editor(L);
  const char *prompt = luaL_checkstring(L, 2), *more = luaL_optstring(L, 3, "");
  return e->line != NULL ? read_edited(L, e, prompt, more) : read_plainly(L, prompt);
}

/* editor:remember(line): the arrow keys and Ctrl-R find it. */
static int editor_remember(lua_State *L)
{
  remember(check_editor(L), luaL_checkstring(L, 2));
  return 0;
}

/* editor:edits() -> whether lines can be edited here. */
static int editor_edits(lua_State *L)
{
  lua_pushboolean(L, check_editor(L)->line != NULL);
  return 1;
}

static int editor_close(lua_State *L)
{
  editor *e = check_editor(L);
  end_editing(e);
  if (e->held)
    interrupt_release();
  paste_release(&e->paste);
  memset(e, 0, sizeof *e);
  return 0;
}

int host_editor(lua_State *L)
{
  lua_settop(L, 1);
  editor *e = lua_newuserdatauv(L, sizeof *e, 1);
  memset(e, 0, sizeof *e);
  luaL_setmetatable(L, EDITOR);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  e->held = isatty(STDIN_FILENO);
  if (e->held)
    interrupt_hold();
  begin_editing(e);
  return 1;
}

void host_open_editor(lua_State *L)
{
  static const luaL_Reg methods[] = {
    { "read", editor_read }, { "remember", editor_remember }, { "edits", editor_edits }, { "close", editor_close }, { NULL, NULL },
  };
  luaL_newmetatable(L, EDITOR);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, editor_close);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, editor_close);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
