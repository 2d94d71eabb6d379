/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as a script for the Azure CLI. */
#include "base/cleanup.h"
#include "report/export/export_properties.h"
#include "report/export/export_writers.h"

static const char head[] =
    "#!/usr/bin/env bash\n"
    "# The security contact of Microsoft Defender for Cloud.\n"
    "#\n"
    "#   bash THIS-FILE SUBSCRIPTION-ID...\n"
    "#\n"
    "# Without an id it is written to the subscription that az has chosen.\n"
    "# az security contact create knows neither isEnabled nor attack paths.\n"
    "set -euo pipefail\n"
    "\n"
    "body=";

static const char tail[] =
    "\n"
    "\n"
    "if [ \"$#\" -eq 0 ]; then\n"
    "  chosen=$(az account show --query id --output tsv)\n"
    "  set -- \"$chosen\"\n"
    "fi\n"
    "for subscription in \"$@\"; do\n"
    "  az rest --method put \\\n"
    "    --url \"/subscriptions/$subscription/" EXPORT_PATH "\" \\\n"
    "    --headers Content-Type=application/json --body \"$body\"\n"
    "done\n";

/* Nothing but a single quote means anything between single quotes. */
static void
quote(struct buffer *target, const char *text)
{
    buffer_append_byte(target, '\'');
    for (; *text != '\0'; text++)
        if (*text == '\'')
            buffer_append_text(target, "'\\''");
        else
            buffer_append_byte(target, *text);
    buffer_append_byte(target, '\'');
}

int
export_az_write(const struct contact *contact, struct buffer *target,
                struct error *err)
{
    AUTOFREE char *body = export_properties_body(contact);

    if (body == NULL)
        return error_set_memory(err);
    buffer_append_text(target, head);
    quote(target, body);
    buffer_append_text(target, tail);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
