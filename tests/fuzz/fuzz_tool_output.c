/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what the Azure CLI and its kind print, and as what they
 * complain. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "identity/token/access_token.h"
#include "identity/tool/azure_cli_credential.h"
#include "identity/tool/azure_developer_cli_credential.h"
#include "identity/tool/azure_powershell_credential.h"
#include "identity/tool/tool_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
output_check(const struct tool *tool, const char *bytes, size_t length)
{
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    if (token_response_parse_tool(bytes, length, &tool->form, &token, &err)
        < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    if (!access_token_is_sane(token.value, strlen(token.value))
        || token.expires_at <= 0)
        abort();
    access_token_done(&token);
}

/* A message is one line, and holds no token, whatever stands before it. */
static void
errors_check(const struct tool *tool, const char *errors)
{
    static const char signature[] = "c2lnbmF0dXJl";
    AUTOBUFFER all = BUFFER_SECRET_INIT(64 * 1024);
    AUTOBUFFER message = BUFFER_SECRET_INIT(64 * 1024);
    AUTOBUFFER line = BUFFER_INIT(4096);

    buffer_printf(&all, "%s eyJhbGciOiJub25lIn0.e30.%s", errors, signature);
    tool->find_message(&message, buffer_text(&all));
    tool_message_show(&line, &message);
    if (strpbrk(buffer_text(&line), "\r\n\033") != NULL)
        abort();
    if (strstr(errors, signature) == NULL
        && strstr(buffer_text(&line), signature) != NULL)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct tool *const tools[] = { &azure_cli_tool,
                                                &azure_developer_cli_tool,
                                                &azure_powershell_tool };
    AUTOFREE char *errors = strndup((const char *) bytes, length);

    for (size_t i = 0; i < ARRAY_LENGTH(tools) && errors != NULL; i++) {
        output_check(tools[i], (const char *) bytes, length);
        errors_check(tools[i], errors);
    }
    return 0;
}
