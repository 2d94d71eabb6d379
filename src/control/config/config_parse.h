/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration from a file's bytes. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_PARSE_H
#define PIKET_CONTROL_CONFIG_CONFIG_PARSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/config/config.h"

/* Reads a configuration from the bytes of a file of this name. Everything
 * lives in the arena but name, which is borrowed. Nothing is guessed: an
 * unknown or doubled key, a wrong type, a word that is not known or a value
 * that cannot be right is an error, which reads "piket.yaml:7:
 * contact.emails[1]: what is wrong" and advises the nearest known word. */
int config_parse(const char *bytes, size_t length, const char *name,
                 struct arena *arena, struct config *ret_config,
                 struct error *err);

#endif
