/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for what must not stay in it: tokens, client secrets. It is wiped
 * when it is released, and small blocks lie where nothing writes them to
 * disk (base/secret_pool.h). Never give such a block to free. */
#ifndef PIKET_BASE_SECRET_H
#define PIKET_BASE_SECRET_H

#include <stddef.h>

/* A block for secret_release. NULL where memory runs out. */
void *secret_allocate(size_t size);

/* Wipes the whole block, whatever it holds, and releases it. What malloc made
 * may be given to it as well, and so to libraries that let their free be
 * chosen: a program that parses tokens begins with
 * json_set_alloc_funcs(malloc, secret_release). Memory that such a library
 * hands out may still be given to free. NULL is allowed. */
void secret_release(void *memory);

/* realloc, which wipes the block that it leaves behind. As long as what is
 * there suffices, the block stays where it is. */
void *secret_resize(void *memory, size_t size);

/* A copy for secret_free. NULL where memory runs out or text is NULL. The
 * second copies so many bytes, and ends them with a NUL. */
char *secret_copy(const char *text);
char *secret_copy_part(const char *text, size_t length);

/* secret_release for a text. */
void secret_free(char *secret);

/* Wipes and frees *secret, and sets it to NULL. */
void secret_clear(char **secret);

/* A secret that is wiped and freed at the end of its scope. */
#define AUTOSECRET __attribute__((cleanup(secret_clear)))

#endif
