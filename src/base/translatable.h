/* SPDX-License-Identifier: Apache-2.0 */
/* Marks sentences for the catalogues in po/. A mark changes nothing: the
 * sentence is looked up where it is printed, by report/language. */
#ifndef PIKET_BASE_TRANSLATABLE_H
#define PIKET_BASE_TRANSLATABLE_H

/* One sentence. */
#define N_(message) message

/* The same for one thing and for many: two members of a table. */
#define NP_(one, many) one, many

#endif
