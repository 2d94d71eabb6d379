/* SPDX-License-Identifier: Apache-2.0 */
/* An ARM whose answers are scripted, over TLS on the loopback. */
#ifndef PIKET_TESTS_AZURE_ARM_FIXTURE_H
#define PIKET_TESTS_AZURE_ARM_FIXTURE_H

#include <stddef.h>

#include "azure/arm/arm.h"
#include "net/loop/loop.h"

/* For cmocka's group, and for each test. */
int arm_fixture_start(void **state);
int arm_fixture_stop(void **state);
int arm_fixture_open(void **state);
int arm_fixture_close(void **state);

struct arm *arm_fixture_arm(void);
struct loop *arm_fixture_loop(void);

/* The next answers, in order: each 200 with this JSON, or where it begins
 * with a digit, that status and the JSON behind it, or where it begins with
 * "HTTP/", the whole answer; NULL is a lost answer.
 * "%s" in it, at the most once, is the server's URL. */
void arm_fixture_script(const char *const *answers, size_t count);

/* What was asked: the path with its query. */
const char *arm_fixture_asked(size_t index);
size_t arm_fixture_asked_count(void);

/* The whole request as it came. */
const char *arm_fixture_request(size_t index);

#endif
