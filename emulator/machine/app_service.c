/* SPDX-License-Identifier: Apache-2.0 */
/* The endpoint beside an application. */
#include "machine/app_service.h"

#include <string.h>
#include <time.h>

#include <openssl/crypto.h>

#include "base/text.h"
#include "entra/audience.h"
#include "entra/authority.h"
#include "machine/identity.h"
#include "machine/machine_error.h"
#include "server/world.h"

static bool
check(struct exchange *exchange, const char *header, const char *version)
{
    const char *expected = exchange->world->identity_header;
    const char *secret = exchange_header(exchange, header);

    if (secret == NULL || strlen(secret) != strlen(expected)
        || CRYPTO_memcmp(secret, expected, strlen(expected)) != 0)
        machine_refuse_app(exchange, 401, "Access is denied.");
    else if (!text_equal_ignoring_case(
                 exchange_argument(exchange, "api-version"), version))
        machine_refuse_app(exchange, 400, "Unsupported API version.");
    else if (!audience_is_known(exchange_argument(exchange, "resource")))
        machine_refuse_app(exchange, 400, "The resource is not known.");
    else
        return true;
    return false;
}

static const struct client *
find(struct exchange *exchange, const struct identity_choice *choice)
{
    const struct client *identity = NULL;

    if (identity_find(exchange, choice, &identity) == IDENTITY_FOUND)
        return identity;
    machine_refuse_app(exchange, 400,
                       "Unable to load the proper Managed Identity.");
    return NULL;
}

static json_t *
number(int64_t seconds)
{
    return json_sprintf("%lld", (long long) seconds);
}

/* As the version of 2017 wrote the end of a token on Linux. */
static json_t *
date(int64_t seconds)
{
    const time_t when = (time_t) seconds;
    struct tm parts = { 0 };
    char text[64];

    (void) gmtime_r(&when, &parts);
    (void) strftime(text, sizeof(text), "%m/%d/%Y %H:%M:%S +00:00", &parts);
    return json_string(text);
}

static void
answer_token(struct exchange *exchange, const struct client *identity,
             bool dated)
{
    const char *resource = exchange_argument(exchange, "resource");
    struct identity_token token = IDENTITY_TOKEN_INIT;

    if (identity_sign(exchange, identity, resource, &token)) {
        const int64_t end = token.now + token.lifetime;
        exchange_answer(exchange, 200,
                        json_pack("{s:s, s:o, s:s, s:s, s:s}", "access_token",
                                  buffer_text(&token.text), "expires_on",
                                  dated ? date(end) : number(end), "resource",
                                  resource, "token_type", "Bearer",
                                  "client_id", identity->id));
    }
    buffer_done(&token.text);
}

void
app_service_token(struct exchange *exchange)
{
    const struct identity_choice choice = {
        .client = exchange_argument(exchange, "client_id"),
        .object = exchange_argument(exchange, "object_id"),
        .resource = exchange_argument(exchange, "mi_res_id"),
    };
    const struct client *identity =
        check(exchange, "X-IDENTITY-HEADER", "2019-08-01")
            ? find(exchange, &choice)
            : NULL;

    if (identity != NULL)
        answer_token(exchange, identity, false);
}

void
machine_learning_token(struct exchange *exchange)
{
    const struct identity_choice choice = {
        .client = exchange_argument(exchange, "clientid"),
    };
    const struct client *identity = check(exchange, "secret", "2017-09-01")
                                        ? find(exchange, &choice)
                                        : NULL;

    if (identity != NULL)
        answer_token(exchange, identity, true);
}
