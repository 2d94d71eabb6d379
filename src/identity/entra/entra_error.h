/* SPDX-License-Identifier: Apache-2.0 */
/* Entra's refusals ("Microsoft Entra authentication and authorization error
 * codes"): one sentence with the AADSTS number, and what to do about it. */
#ifndef PIKET_IDENTITY_ENTRA_ENTRA_ERROR_H
#define PIKET_IDENTITY_ENTRA_ENTRA_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct entra_error {
    char *code;        /* owned; "invalid_client": what programs branch on */
    char *description; /* owned; its first line, printable; "" for none */
    uint32_t number;   /* AADSTS…, for people only; 0 where there is none */
};

/* Reads any bytes. Returns 0, or -1 where they are no such answer or memory
 * ran out; ret_error is untouched then. */
int entra_error_parse(const char *bytes, size_t length,
                      struct entra_error *ret_error);
void entra_error_done(struct entra_error *error);

/* Whether the same request may succeed a little later. */
bool entra_error_is_transient(const struct entra_error *error);

/* Says it in err, with advice. Returns -1. */
int entra_error_explain(const struct entra_error *error, struct error *err);

#endif
