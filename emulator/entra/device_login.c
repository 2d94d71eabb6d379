/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sign-in on another device begins, and where the person goes. */
#include "entra/device_login.h"

#include <string.h>

#include "base/clock.h"
#include "entra/device_codes.h"
#include "entra/entra_error.h"
#include "entra/form.h"
#include "entra/token_form.h"
#include "entra/user_grant.h"
#include "server/world.h"

static const char page[] =
    "<!DOCTYPE html>\n<title>Sign in to your account</title>\n"
    "<form method=\"post\">\n<p>Enter the code that your program shows:\n"
    "<input name=\"user_code\" autofocus>\n"
    "<button name=\"decision\" value=\"approve\">Approve</button>\n"
    "<button name=\"decision\" value=\"decline\">Decline</button>\n"
    "</form>\n";

void
device_login_begin(struct exchange *exchange)
{
    struct device_codes *codes = exchange->world->device_codes;
    struct form form;
    const struct tenant *tenant = user_grant_tenant(exchange);

    if (tenant == NULL || !token_form_read(exchange, &form))
        return;
    const char *client = user_grant_client(exchange, &form, tenant);
    if (client == NULL || token_form_audience(exchange, &form, tenant) == NULL)
        return;
    const struct device_code *code =
        device_codes_issue(codes, tenant, client, clock_now() / 1000);
    const char *url = arena_printf(exchange->arena, "%s/devicelogin",
                                   exchange_origin(exchange));
    const char *message = arena_printf(
        exchange->arena,
        "To sign in, use a web browser to open the page %s and enter the "
        "code %s to authenticate.",
        url, code->user_code);
    exchange_answer(exchange, 200,
                    json_pack("{s:s, s:s, s:s, s:i, s:I, s:s}", "user_code",
                              code->user_code, "device_code", code->code,
                              "verification_uri", url, "expires_in",
                              DEVICE_CODE_LIFETIME, "interval",
                              (json_int_t) device_codes_interval(codes),
                              "message", message));
}

void
device_login_page(struct exchange *exchange)
{
    exchange->answer.content_type = "text/html; charset=utf-8";
    exchange_answer_text(exchange, 200, page);
}

void
device_login_decide(struct exchange *exchange)
{
    struct form form;

    if (!token_form_read(exchange, &form))
        return;
    const char *user_code = form_value(&form, "user_code");
    const char *decision = form_value(&form, "decision");
    struct device_code *code =
        user_code != NULL
            ? device_codes_find_user(exchange->world->device_codes, user_code)
            : NULL;
    if (code == NULL) {
        exchange_answer(exchange, 404,
                        json_pack("{s:s}", "error", "no such code"));
        return;
    }
    const bool declined = decision != NULL && strcmp(decision, "decline") == 0;
    code->state = declined ? DEVICE_CODE_DECLINED : DEVICE_CODE_APPROVED;
    exchange_answer(
        exchange, 200,
        json_pack("{s:s}", "decision", declined ? "decline" : "approve"));
}
