/* SPDX-License-Identifier: Apache-2.0 */
/* A store as schema 1 left it, with a little of everything in it: written out
 * once, and never brought up to date, since users have such files. */
#ifndef PIKET_TESTS_UNIT_STORE_SCHEMA_1_H
#define PIKET_TESTS_UNIT_STORE_SCHEMA_1_H

extern const char schema_1[];      /* the tables */
extern const char schema_1_rows[]; /* what is in them */

#endif
