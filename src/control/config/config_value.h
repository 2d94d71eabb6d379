/* SPDX-License-Identifier: Apache-2.0 */
/* What the values of a configuration may be. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_VALUE_H
#define PIKET_CONTROL_CONFIG_CONFIG_VALUE_H

#include "control/config/config_key.h"

config_words config_value_profile;
config_words config_value_requirement;
config_words config_value_severity; /* of alerts */
config_words config_value_risk;     /* of attack paths */
config_words config_value_role;

config_check config_value_check_date;   /* 2027-03-01, one that exists */
config_check config_value_check_domain; /* contoso.nl or *.contoso.nl */
config_check config_value_check_email;
config_check config_value_check_group; /* a management group's id */
config_check config_value_check_phone;
config_check config_value_check_requirement; /* an id, or a glob of some */
config_check config_value_check_tenant;      /* a UUID */

/* What YAML takes a text without quotes for: "the number", "the boolean",
 * "null"; NULL where it is text. */
const char *config_value_plain_kind(const char *text);

#endif
