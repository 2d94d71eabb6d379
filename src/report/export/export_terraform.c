/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as Terraform. */
#include "base/logging_command.h"
#include "report/export/export_properties.h"
#include "report/export/export_tree.h"
#include "report/export/export_writers.h"
#include "report/view/report.h"

/* Between double quotes a backslash escapes, and ${ and %{ begin templates,
 * unless doubled: developer.hashicorp.com/terraform/language/expressions/
 * strings. */
static void
quote(struct buffer *target, const char *text)
{
    AUTOBUFFER quoted = BUFFER_INIT(REPORT_CEILING);

    for (; *text != '\0'; text++) {
        if (*text == '\\' || *text == '"')
            buffer_append_byte(&quoted, '\\');
        else if ((*text == '$' || *text == '%') && text[1] == '{')
            buffer_append_byte(&quoted, *text);
        buffer_append_byte(&quoted, *text);
    }
    if (buffer_failed(&quoted))
        target->failed = true;
    buffer_append_byte(target, '"');
    logging_command_break(target, buffer_text(&quoted), LOGGING_COMMAND_TEXT);
    buffer_append_byte(target, '"');
}

/* azurerm has no resource that could say all of it: its
 * azurerm_security_center_contact is of 2017-08-01-preview. */
static const char head[] =
    "# The security contact of Microsoft Defender for Cloud.\n"
    "#\n"
    "# Where a subscription has a contact already, import it first:\n"
    "#   terraform import 'azapi_resource.security_contact[\"ID\"]' \\\n"
    "#     '/subscriptions/ID/" EXPORT_PATH "'\n"
    "#\n"
    "# azapi holds the body against the schema that it carries; one that is\n"
    "# too old to know this version says so: upgrade it, or set\n"
    "# schema_validation_enabled = false.\n"
    "terraform {\n"
    "  required_providers {\n"
    "    azapi = {\n"
    "      source  = \"Azure/azapi\"\n"
    "      version = \">= 2.0\"\n"
    "    }\n"
    "  }\n"
    "}\n"
    "\n"
    "variable \"subscription_ids\" {\n"
    "  type        = set(string)\n"
    "  description = \"The ids of the subscriptions.\"\n"
    "}\n"
    "\n"
    "resource \"azapi_resource\" \"security_contact\" {\n"
    "  for_each  = var.subscription_ids\n"
    "  type      = \"" EXPORT_TYPE "@" EXPORT_API_VERSION "\"\n"
    "  name      = \"default\"\n"
    "  parent_id = \"/subscriptions/${each.value}\"\n"
    "  body = ";

int
export_terraform_write(const struct contact *contact, struct buffer *target,
                       struct error *err)
{
    static const struct export_dialect terraform = { " = ", ",", true, quote };
    json_t *body =
        json_pack("{s:o}", "properties", export_properties_make(contact));

    if (body == NULL)
        return error_set_memory(err);
    buffer_append_text(target, head);
    export_tree_write(target, body, 1, &terraform);
    buffer_append_text(target, "\n}\n");
    json_decref(body);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
