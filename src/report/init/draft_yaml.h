/* SPDX-License-Identifier: Apache-2.0 */
/* A draft of a configuration as the file that a person goes on with. */
#ifndef PIKET_REPORT_INIT_DRAFT_YAML_H
#define PIKET_REPORT_INIT_DRAFT_YAML_H

#include "base/buffer.h"
#include "base/error.h"
#include "control/config/config_draft.h"
#include "report/language/language.h"

/* Appends the file: what is proposed as settings, everything else behind a #.
 * Its comments are in the language; NULL: English.
 * Settings that are not in use begin with #, comments with # and a blank.
 * config_parse reads it whatever the draft's texts are, and the same draft
 * gives the same bytes. */
int draft_yaml_write(const struct config_draft *draft,
                     const struct language *language, struct buffer *target,
                     struct error *err);

#endif
