/* SPDX-License-Identifier: Apache-2.0
 * frames: what was written is read, however it is cut, and what lies is not believed.
 */
#include "support.h"

#include "frames.h"

static void feed(frame_reader *reader, const char *bytes, size_t size)
{
  while (size > 0) {
    size_t room;
    char *to = frame_feed(reader, &room);
    size_t part = size < room ? size : room;
    assert_non_null(to);
    memcpy(to, bytes, part);
    frame_fed(reader, part);
    bytes += part;
    size -= part;
  }
}

static void frames_are_read_as_they_were_written_however_they_are_cut(void **state)
{
  (void)state;
  frame_buffer buffer = { 0 };
  for (uint64_t i = 0; i < 3; i++) {
    frame_begin(&buffer, (char)('a' + i));
    frame_number(&buffer, UINT64_MAX - i);
    frame_text(&buffer, "some text", 9);
    frame_text(&buffer, "", 0);
    frame_end(&buffer);
  }
  assert_false(buffer.broken);
  for (size_t cut = 1; cut <= buffer.size; cut++) {
    frame_reader reader = { .most = 1000 };
    uint64_t read = 0;
    for (size_t at = 0; at < buffer.size; at += cut) {
      feed(&reader, buffer.bytes + at, buffer.size - at < cut ? buffer.size - at : cut);
      frame from;
      while (frame_next(&reader, &from) == FRAME_WHOLE) {
        size_t size;
        assert_int_equal(from.kind, 'a' + read);
        assert_true(frame_take_number(&from) == UINT64_MAX - read);
        assert_memory_equal(frame_take_text(&from, &size), "some text", 9);
        assert_int_equal(size, 9);
        assert_false(frame_is_done(&from));
        frame_take_text(&from, &size);
        assert_int_equal(size, 0);
        assert_true(frame_is_done(&from));
        read++;
      }
    }
    assert_int_equal(read, 3);
    frame_release(&reader.in);
  }
  frame_release(&buffer);
}

static void a_frame_longer_than_the_most_is_wrong_before_it_comes(void **state)
{
  (void)state;
  frame from;
  frame_reader reader = { .most = 255 };
  feed(&reader, "x\xff\0\0\0", 5);
  assert_int_equal(frame_next(&reader, &from), FRAME_NONE);
  frame_release(&reader.in);
  reader = (frame_reader){ .most = 254 };
  feed(&reader, "x\xff\0\0\0", 5);
  assert_int_equal(frame_next(&reader, &from), FRAME_WRONG);
  frame_release(&reader.in);
}

static void a_size_that_lies_allocates_nothing(void **state)
{
  (void)state;
  frame from;
  frame_reader reader = { .most = UINT32_MAX };
  feed(&reader, "x\xff\xff\xff\xff", 5);
  assert_int_equal(frame_next(&reader, &from), FRAME_NONE);
  size_t room;
  assert_non_null(frame_feed(&reader, &room));
  assert_true(reader.in.room < 1 << 20);
  frame_release(&reader.in);
}

static void what_is_not_in_a_frame_cannot_be_taken_from_it(void **state)
{
  (void)state;
  const char bytes[] = "\x09\0\0\0textlong";
  size_t size;
  frame from = { .at = bytes, .end = bytes + 12 };
  assert_string_equal(frame_take_text(&from, &size), "");
  assert_int_equal(size, 0);
  assert_true(from.broken);
  assert_int_equal(frame_take_number(&from), 0);
  assert_false(frame_is_done(&from));
  from = (frame){ .at = bytes, .end = bytes + 3 };
  frame_take_text(&from, &size);
  assert_true(from.broken);
  from = (frame){ .at = bytes, .end = bytes + 7 };
  assert_int_equal(frame_take_number(&from), 0);
  assert_true(from.broken);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(frames_are_read_as_they_were_written_however_they_are_cut),
    cmocka_unit_test(a_frame_longer_than_the_most_is_wrong_before_it_comes),
    cmocka_unit_test(a_size_that_lies_allocates_nothing),
    cmocka_unit_test(what_is_not_in_a_frame_cannot_be_taken_from_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
