/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program lies. */
#ifndef PIKET_IDENTITY_PROGRAM_H
#define PIKET_IDENTITY_PROGRAM_H

/* The absolute path of a program, looked for in PATH. Entries of PATH that
 * are relative or empty are passed over: they would run what lies in the
 * working directory. The caller frees it. NULL where there is none, or
 * memory runs out. */
char *program_find(const char *name);

#endif
