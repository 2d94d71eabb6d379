/* SPDX-License-Identifier: Apache-2.0 */
/* A person finishes the sign-in on another device (RFC 8628). */
#include "base/clock.h"
#include "base/text.h"
#include "entra/device_codes.h"
#include "entra/entra_error.h"
#include "entra/user_grant.h"
#include "server/world.h"

static const struct entra_error pending = { 400, "authorization_pending",
                                            70016 };
static const struct entra_error unknown = { 400, "bad_verification_code",
                                            70018 };
static const struct entra_error expired = { 400, "expired_token", 70019 };
static const struct entra_error declined = { 400, "authorization_declined",
                                             65004 };

const struct tenant *
grant_device_code(const struct user_grant_request *request)
{
    struct exchange *exchange = request->exchange;
    const char *value = form_value(request->form, "device_code");
    struct device_code *code =
        value != NULL ? device_codes_find(exchange->world->device_codes, value)
                      : NULL;

    if (code == NULL
        || !text_equal_ignoring_case(code->client, request->client)
        || code->tenant != request->tenant) {
        entra_refuse(exchange, &unknown,
                     "The provided value for the input parameter "
                     "'device_code' is not valid. Device codes are good for "
                     "one sign-in only.");
        return NULL;
    }
    if (clock_now() / 1000 >= code->ends) {
        entra_refuse(exchange, &expired,
                     "OAuth 2.0 device flow error. The code has expired.");
        return NULL;
    }
    switch (code->state) {
    case DEVICE_CODE_PENDING:
        entra_refuse(exchange, &pending,
                     "OAuth 2.0 device flow error. Authorization is "
                     "pending. Continue polling.");
        return NULL;
    case DEVICE_CODE_DECLINED:
        entra_refuse(exchange, &declined,
                     "The user declined to consent to access the app.");
        return NULL;
    case DEVICE_CODE_APPROVED:
    default:
        break;
    }
    code->code[0] = '\0';
    return code->tenant;
}
