/* SPDX-License-Identifier: Apache-2.0 */
/* An ARM whose answers are the fuzzer's. It stands in the place of the HTTP
 * client and of the loop's timers, so that everything above them is the
 * program's own: retries, the blanking of tokens, pages, errors. No time
 * passes, and nothing is sent. */
#ifndef PIKET_TESTS_FUZZ_ARM_FEED_H
#define PIKET_TESTS_FUZZ_ARM_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "azure/arm/arm.h"

#define ARM_FEED_ENDPOINT "https://management.azure.com"
#define ARM_FEED_SUBSCRIPTION "5ca1ab1e-0000-4000-8000-000000000001"

/* Each part of the input (fuzz.h) is an answer, in the order in which they
 * are asked for; after the last one nothing answers any more. An answer is a
 * body with the status 200, or else
 *
 *   a status, which is a number; below 10 it is an enum http_failure
 *   headers, each on a line
 *   an empty line
 *   the body, which of a failure is its reason
 *
 * The caller frees it with arm_free. One at a time. */
struct arm *arm_feed_open(const uint8_t *bytes, size_t length);

/* Answers what is asked until nothing is any more. Each request goes to the
 * endpoint, and each wait is within its ceiling, or the process ends. */
void arm_feed_run(void);

/* The URL of the last POST since arm_feed_open; "" for none. */
const char *arm_feed_posted(void);

/* Ends the process unless the error is what arm_error.h says, and can be
 * shown in a line that holds no token. */
void arm_feed_check_error(const struct arm_error *error);

#endif
