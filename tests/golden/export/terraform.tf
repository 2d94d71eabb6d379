# The security contact of Microsoft Defender for Cloud.
#
# Where a subscription has a contact already, import it first:
#   terraform import 'azapi_resource.security_contact["ID"]' \
#     '/subscriptions/ID/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview'
#
# azapi holds the body against the schema that it carries; one that is
# too old to know this version says so: upgrade it, or set
# schema_validation_enabled = false.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = ">= 2.0"
    }
  }
}

variable "subscription_ids" {
  type        = set(string)
  description = "The ids of the subscriptions."
}

resource "azapi_resource" "security_contact" {
  for_each  = var.subscription_ids
  type      = "Microsoft.Security/securityContacts@2023-12-01-preview"
  name      = "default"
  parent_id = "/subscriptions/${each.value}"
  body = {
    properties = {
      isEnabled = true
      emails    = "o'neil`id`$${HOME}%%{x}@contoso.nl;\"\\\"$(id)' && rm -rf ~ #\"@contoso.nl"
      phone     = "+31 (0)20 123-4567"
      notificationsByRole = {
        state = "On"
        roles = [
          "Owner",
          "Contributor",
        ]
      }
      notificationsSources = [
        {
          sourceType      = "Alert"
          minimalSeverity = "Low"
        },
        {
          sourceType       = "AttackPath"
          minimalRiskLevel = "Critical"
        },
      ]
    }
  }
}
