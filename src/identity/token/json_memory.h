/* SPDX-License-Identifier: Apache-2.0 */
/* jansson holds tokens while their answers are parsed. */
#ifndef PIKET_IDENTITY_TOKEN_JSON_MEMORY_H
#define PIKET_IDENTITY_TOKEN_JSON_MEMORY_H

/* Makes jansson wipe all that it frees, in the whole process. To be called
 * before any other use of jansson. */
void json_memory_wipe(void);

#endif
