/* SPDX-License-Identifier: Apache-2.0 */
/* Sign-ins that a person finishes on another device (RFC 8628): the codes
 * that were given out, and what became of them. */
#ifndef EMULATOR_ENTRA_DEVICE_CODES_H
#define EMULATOR_ENTRA_DEVICE_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "estate/estate.h"

enum {
    DEVICE_CODE_SIZE = 64,      /* with the terminator */
    DEVICE_USER_CODE_SIZE = 10, /* nine letters */
    DEVICE_CLIENT_SIZE = 40,
    DEVICE_CODE_LIFETIME = 900, /* seconds, Entra's */
};

enum device_code_state {
    DEVICE_CODE_PENDING,
    DEVICE_CODE_APPROVED,
    DEVICE_CODE_DECLINED,
};

struct device_code {
    char code[DEVICE_CODE_SIZE]; /* for the program; "" once it was used */
    char user_code[DEVICE_USER_CODE_SIZE]; /* for the person */
    char client[DEVICE_CLIENT_SIZE];       /* who asked */
    const struct tenant *tenant;           /* of the estate */
    int64_t ends;                          /* seconds since 1970 */
    enum device_code_state state;
};

struct device_codes;

/* interval is what is said to programs that ask whether it is done, in
 * seconds. NULL where memory runs out. */
struct device_codes *device_codes_new(uint64_t interval);
void device_codes_free(struct device_codes *codes);

uint64_t device_codes_interval(const struct device_codes *codes);

/* Gives out a new one; the oldest of many is forgotten. Borrowed. */
const struct device_code *device_codes_issue(struct device_codes *codes,
                                             const struct tenant *tenant,
                                             const char *client, int64_t now);

/* NULL where there is none. A user code's case and dashes do not matter. */
struct device_code *device_codes_find(struct device_codes *codes,
                                      const char *code);
struct device_code *device_codes_find_user(struct device_codes *codes,
                                           const char *user_code);

#endif
