/* SPDX-License-Identifier: Apache-2.0 */
/* What a draft proposes, for the person who asked for it. */
#ifndef PIKET_REPORT_INIT_DRAFT_TEXT_H
#define PIKET_REPORT_INIT_DRAFT_TEXT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/config/config_draft.h"
#include "report/language/language.h"

struct draft_view {
    const struct config_draft *draft;
    const struct language *language; /* NULL: English */
    const char *path;                /* of the file that was written */
    bool found;                      /* by piket check without being named */
};

/* Appends what was proposed, what could not be read, and what to do next. */
int draft_text_write(const struct draft_view *view, struct buffer *target,
                     struct error *err);

#endif
