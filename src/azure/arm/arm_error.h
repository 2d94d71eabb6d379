/* SPDX-License-Identifier: Apache-2.0 */
/* Why ARM, or what stands before it, did not give what was asked. */
#ifndef PIKET_AZURE_ARM_ARM_ERROR_H
#define PIKET_AZURE_ARM_ARM_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_client.h"

enum arm_origin {
    ARM_ORIGIN_NONE,     /* no answer came */
    ARM_ORIGIN_GATEWAY,  /* ARM itself: x-ms-failure-cause: gateway */
    ARM_ORIGIN_PROVIDER, /* the resource provider behind it */
    ARM_ORIGIN_FOREIGN,  /* something that does not speak ARM: a proxy */
};

/* All texts are owned, valid UTF-8, and not yet safe for a terminal. */
struct arm_error {
    int http_status;  /* 0 where there was no answer */
    char *code;       /* ARM's word, or one of ours, see below */
    char *message;    /* one line or several; never NULL */
    char *request_id; /* x-ms-request-id, for Microsoft's support; or NULL */
    char *advice;     /* what to do, where the connection failed; or NULL */
    enum arm_origin origin;
    bool sent; /* without an answer: the request may have arrived */
};

/* Our own codes, where ARM gave none. */
#define ARM_CODE_NO_ANSWER "NoAnswer"
#define ARM_CODE_NOT_UNDERSTOOD "NotUnderstood"
#define ARM_CODE_FOREIGN "ForeignAnswer"
#define ARM_CODE_REDIRECTED "Redirected"
#define ARM_CODE_VERSION_REFUSED "VersionRefused"
#define ARM_CODE_INTERRUPTED "Interrupted"
#define ARM_CODE_WITHHELD "Withheld"
#define ARM_CODE_SIGN_IN_FAILED "SignInFailed"

#define ARM_ERROR_INIT             \
    {                              \
        .origin = ARM_ORIGIN_NONE, \
    }

/* An error that is released at the end of its scope. */
#define AUTOARMERROR __attribute__((cleanup(arm_error_done))) struct arm_error

/* Reads any answer but a success, and the lack of one. ARM wraps its code in
 * {"error":{"code","message"}}; some of its front doors and providers leave
 * out the wrapping, or the JSON. Returns -1 only where memory runs out. */
int arm_error_read(const struct http_response *response,
                   struct arm_error *ret_error);

/* Says that a success could not be understood. */
int arm_error_not_understood(const struct http_response *response,
                             const char *why, struct arm_error *ret_error);

/* Says that an answer belongs to something else than what was asked for. */
int arm_error_foreign(const struct http_response *response, const char *why,
                      struct arm_error *ret_error);

/* Ignoring the case of letters and blanks: ARM's "Subscription Not
 * Registered" has both. */
bool arm_error_has_code(const struct arm_error *error, const char *code);

/* Whether what was asked for may have been done all the same: the answer is
 * lost, or is a fault on the way back. */
bool arm_error_is_uncertain(const struct arm_error *error);

/* The seconds that ARM's throttling messages name ("Please try again after
 * '6' seconds."), in milliseconds; -1 where there are none. */
int64_t arm_error_retry_after(const char *body);

/* "HTTP 403 AuthorizationFailed: The client … (request 1f2e…)" into err.
 * Returns -1. */
int arm_error_to_error(const struct arm_error *error, struct error *err);

void arm_error_done(struct arm_error *error);

#endif
