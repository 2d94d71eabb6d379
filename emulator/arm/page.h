/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that come in pages. */
#ifndef EMULATOR_ARM_PAGE_H
#define EMULATOR_ARM_PAGE_H

#include "server/exchange.h"

/* Where the page begins that $skiptoken names; false where it has answered
 * 400. */
bool page_start(struct exchange *exchange, size_t *ret_start);

/* The link to the page that begins at start, in the exchange's arena. */
const char *page_link(struct exchange *exchange, size_t start);

#endif
