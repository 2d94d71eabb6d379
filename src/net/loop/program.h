/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program lies that may be given what is secret. */
#ifndef PIKET_NET_LOOP_PROGRAM_H
#define PIKET_NET_LOOP_PROGRAM_H

#include "base/error.h"

/* The absolute path of a program, looked for in PATH, which the caller frees;
 * NULL where there is none. Entries of PATH that are relative or empty are
 * passed over: they would run what lies in the working directory. Fails where
 * memory runs out, where only such an entry has it, or where others could
 * have put there what is found first (identity/trusted_path.h): another one
 * further on is not what the caller knows by this name. */
int program_find(const char *name, char **ret_path, struct error *err);

/* PATH for a program that runs others: its entries that can be trusted, in
 * their order. The caller frees it. NULL where memory runs out. */
char *program_path(void);

#endif
