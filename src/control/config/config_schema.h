/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of piket.yaml. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_SCHEMA_H
#define PIKET_CONTROL_CONFIG_CONFIG_SCHEMA_H

#include "control/config/config_key.h"

/* The keys of the whole file, which fill a struct config. */
extern const struct config_key config_schema[];

#endif
