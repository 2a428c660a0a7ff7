/* SPDX-License-Identifier: Apache-2.0
 * replay: gives a fuzz target the files named on the command line, with any compiler: replay FILE...
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool replay(const char *path)
{
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    return false;
  }
  long size = ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1); /* exactly as long, so that reading past the end is seen */
  bool read = size >= 0 && bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size;
  if (read)
    LLVMFuzzerTestOneInput(bytes, (size_t)size);
  free(bytes);
  fclose(file);
  return read;
}

int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (!replay(argv[i]))
      return EXIT_FAILURE;
  printf("%d inputs\n", argc - 1);
  return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
