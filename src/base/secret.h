/* SPDX-License-Identifier: Apache-2.0 */
/* Text that must not stay in memory: tokens, client secrets. */
#ifndef PIKET_BASE_SECRET_H
#define PIKET_BASE_SECRET_H

#include <stddef.h>

/* A copy that secret_free wipes. NULL where memory runs out or text is
 * NULL. */
char *secret_copy(const char *text);

/* Wipes and frees. NULL is allowed. */
void secret_free(char *secret);

/* Wipes and frees *secret, and sets it to NULL. */
void secret_clear(char **secret);

/* free, which first wipes the whole block, whatever it holds. For libraries
 * that let their free be chosen: a program that parses tokens begins with
 * json_set_alloc_funcs(malloc, secret_release). Memory that such a library
 * hands out may still be given to free. NULL is allowed. */
void secret_release(void *memory);

/* realloc, which wipes the block that it leaves behind. As long as what is
 * there suffices, the block stays where it is. */
void *secret_resize(void *memory, size_t size);

/* A secret that is wiped and freed at the end of its scope. */
#define AUTOSECRET __attribute__((cleanup(secret_clear)))

#endif
