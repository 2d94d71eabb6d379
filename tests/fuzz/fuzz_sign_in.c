/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what begins a sign-in on another device, and as a file of
 * sign-ins that were kept. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/access_token.h"
#include "identity/device_code.h"
#include "identity/sign_in_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
code_check(const char *bytes, size_t length)
{
    struct device_code code;
    AUTOERROR err = ERROR_INIT;

    if (device_code_parse(bytes, length, &code, &err) < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    if (strncmp(code.url, "https://", 8) != 0
        || strpbrk(code.url, "\r\n\t \033") != NULL
        || strpbrk(code.user_code, "\r\n\t \033") != NULL || code.interval <= 0
        || code.remaining <= 0)
        abort();
    device_code_done(&code);
}

static void
file_check(const char *bytes, size_t length)
{
    static const struct sign_in_key key = { "https://login.example",
                                            "contoso.nl", "c11e4715" };
    AUTOSECRET char *token = NULL;
    AUTOERROR err = ERROR_INIT;

    if (sign_in_file_parse(bytes, length, &key, &token, &err) < 0) {
        if (err.message == NULL)
            abort();
    } else if (token != NULL && !access_token_is_sane(token, strlen(token))) {
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    code_check((const char *) bytes, length);
    file_check((const char *) bytes, length);
    return 0;
}
