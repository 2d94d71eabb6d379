/* SPDX-License-Identifier: Apache-2.0 */
/* A user's list of the subscriptions that there should be. */
#ifndef PIKET_CONTROL_VALUE_EXPECTED_LIST_H
#define PIKET_CONTROL_VALUE_EXPECTED_LIST_H

#include <stddef.h>

#include "base/error.h"
#include "control/value/subscription_set.h"

/* 100,000 subscriptions with twenty columns of an export each. */
enum { EXPECTED_LIST_BYTES_CEILING = 64 * 1024 * 1024 };

/* Adds what bytes name to the set, with the sources and the origin of
 * common. Either ids, one a line, or comma-, semicolon- or tab-separated
 * values whose header has a column subscriptionId, or id: in any letter case,
 * with or without blanks; a column such as displayName gives the names, all
 * others are ignored. An id may stand behind "/subscriptions/". Lines that
 * begin with # and blank ones are ignored, in a list of ids also what stands
 * behind a #. Any line ending, and a byte-order mark.
 *
 * What is anything else is an error that names file, line and what is wrong,
 * as is a list that names no subscription. */
int expected_list_parse(const char *bytes, size_t length, const char *file,
                        const struct subscription_entry *common,
                        struct subscription_set *set, struct error *err);

#endif
