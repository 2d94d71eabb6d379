/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as a script for the Az modules of PowerShell. */
#include "base/cleanup.h"
#include "report/export/export_properties.h"
#include "report/export/export_writers.h"

static const char head[] =
    "# The security contact of Microsoft Defender for Cloud.\n"
    "#\n"
    "#   ./THIS-FILE.ps1 SUBSCRIPTION-ID...\n"
    "#\n"
    "# Without an id it is written to the subscription of Get-AzContext.\n"
    "# Set-AzSecurityContact knows neither isEnabled nor attack paths.\n"
    "$ErrorActionPreference = 'Stop'\n"
    "\n"
    "$payload = ";

static const char tail[] =
    "\n"
    "\n"
    "$subscriptions = @($args)\n"
    "if ($subscriptions.Count -eq 0) {\n"
    "    $subscriptions = @((Get-AzContext).Subscription.Id)\n"
    "}\n"
    "foreach ($subscription in $subscriptions) {\n"
    "    $path = \"/subscriptions/${subscription}/\" +\n"
    "        '" EXPORT_PATH "'\n"
    "    $answer = Invoke-AzRestMethod -Method PUT -Path $path "
    "-Payload $payload\n"
    "    if ($answer.StatusCode -notin 200, 201) {\n"
    "        throw \"${subscription}: HTTP $($answer.StatusCode) "
    "$($answer.Content)\"\n"
    "    }\n"
    "}\n";

/* A single quote is doubled. PowerShell takes U+2018 to U+201B for one, too,
 * but the body is ASCII. */
static void
quote(struct buffer *target, const char *text)
{
    buffer_append_byte(target, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buffer_append_byte(target, '\'');
        buffer_append_byte(target, *text);
    }
    buffer_append_byte(target, '\'');
}

int
export_powershell_write(const struct contact *contact, struct buffer *target,
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
