/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of what to do next, at the end of a text, the first of which has a
 * heading. */
#ifndef PIKET_REPORT_MARKUP_NEXT_STEP_H
#define PIKET_REPORT_MARKUP_NEXT_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "report/markup/terminal_writer.h"

struct next_step {
    struct terminal_writer *terminal_writer;
    bool begun;
};

/* A sentence that may be longer than a line. */
void next_step_sentence(struct next_step *next, const char *sentence);

/* A command, and what it is for. */
void next_step_command(struct next_step *next, const char *command,
                       const char *result);

/* What to do about so many subscriptions, on a line of any length. */
void next_step_advice(struct next_step *next, const char *advice,
                      size_t count);

#endif
