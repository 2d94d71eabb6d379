/* SPDX-License-Identifier: Apache-2.0 */
/* What begins a sign-in on another device (RFC 8628, 3.2): bytes in, a struct
 * out. Any bytes may be given. */
#ifndef PIKET_IDENTITY_ENTRA_DEVICE_CODE_H
#define PIKET_IDENTITY_ENTRA_DEVICE_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct device_code {
    char *value;       /* owned secret: for this program */
    char *user_code;   /* owned, printable: for the person */
    char *url;         /* owned, printable: where the person enters it */
    int64_t interval;  /* milliseconds to wait before asking again */
    int64_t remaining; /* milliseconds for which both codes are good */
};

/* Wipes and releases the contents. */
void device_code_done(struct device_code *code);

/* Reads Entra's answer. The URL must be https: a person will enter a code
 * and a password there. */
int device_code_parse(const char *bytes, size_t length,
                      struct device_code *ret_code, struct error *err);

#endif
