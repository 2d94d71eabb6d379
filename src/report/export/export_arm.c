/* SPDX-License-Identifier: Apache-2.0 */
/* The contact as a deployment template of Azure Resource Manager. */
#include <jansson.h>

#include "base/cleanup.h"
#include "control/value/json_text.h"
#include "report/export/export_properties.h"
#include "report/export/export_writers.h"

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

/* No value needs more than JSON's quotes: addresses, numbers and roles do not
 * begin with the bracket by which ARM tells an expression. */
int
export_arm_write(const struct contact *contact, struct buffer *target,
                 struct error *err)
{
    CLEANUP(json_clear)
    json_t *template =
        json_pack("{s:s, s:s, s:[{s:s, s:s, s:s, s:o}]}", "$schema",
                  "https://schema.management.azure.com/schemas/2018-05-01/"
                  "subscriptionDeploymentTemplate.json#",
                  "contentVersion", "1.0.0.0", "resources", "type",
                  EXPORT_TYPE, "apiVersion", EXPORT_API_VERSION, "name",
                  "default", "properties", export_properties_make(contact));

    if (json_text_append(target, template, JSON_INDENT(2)) < 0
        || buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    return 0;
}
