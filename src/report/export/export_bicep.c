/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as Bicep. */
#include "base/logging_command.h"
#include "report/export/export_properties.h"
#include "report/export/export_tree.h"
#include "report/export/export_writers.h"
#include "report/view/report.h"

/* Between single quotes a backslash escapes, and ${ begins an expression:
 * learn.microsoft.com/azure/azure-resource-manager/bicep/data-types. */
static void
quote(struct buffer *target, const char *text)
{
    AUTOBUFFER quoted = BUFFER_INIT(REPORT_CEILING);

    for (; *text != '\0'; text++) {
        if (*text == '\\' || *text == '\''
            || (text[0] == '$' && text[1] == '{'))
            buffer_append_byte(&quoted, '\\');
        buffer_append_byte(&quoted, *text);
    }
    if (buffer_failed(&quoted))
        target->failed = true;
    buffer_append_byte(target, '\'');
    logging_command_break(target, buffer_text(&quoted), LOGGING_COMMAND_BICEP);
    buffer_append_byte(target, '\'');
}

int
export_bicep_write(const struct contact *contact, struct buffer *target,
                   struct error *err)
{
    static const struct export_dialect bicep = { ": ", "", false, quote };
    json_t *properties = export_properties_make(contact);

    if (properties == NULL)
        return error_set_memory(err);
    buffer_append_text(
        target,
        "// The security contact of Microsoft Defender for Cloud.\n"
        "// az deployment sub create --subscription ID --location REGION "
        "\\\n"
        "//   --template-file THIS-FILE\n"
        "targetScope = 'subscription'\n\n"
        "resource securityContact '" EXPORT_TYPE "@" EXPORT_API_VERSION
        "' = {\n"
        "  name: 'default'\n"
        "  properties: ");
    export_tree_write(target, properties, 1, &bicep);
    buffer_append_text(target, "\n}\n");
    json_decref(properties);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
