/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration in effect, for a person: YAML that can be read again,
 * each value with its origin behind it. */
#ifndef PIKET_CLI_CONFIG_CONFIG_PRINT_H
#define PIKET_CLI_CONFIG_CONFIG_PRINT_H

#include "base/buffer.h"
#include "cli/config/configuration.h"

/* An output_writer: data is a struct configuration. */
int config_print(struct buffer *target, const void *data, struct error *err);

#endif
