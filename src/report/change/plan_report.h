/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a plan, one row each: pure functions from a plan to
 * bytes. */
#ifndef PIKET_REPORT_CHANGE_PLAN_REPORT_H
#define PIKET_REPORT_CHANGE_PLAN_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/plan/plan.h"
#include "report/language/language.h"

struct plan_view {
    const struct plan *plan;         /* sorted */
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    size_t rows;        /* of each group of subscriptions; 0: all of them */
    int exit_status;    /* shown behind the verdict */
    const char *digest; /* the plan's SHA-256, or NULL */
    const char *saved;  /* the file that it is kept in, or NULL */
    bool applying;      /* shown ahead of being applied: no next step */
    bool tenant_named;  /* else --apply needs one */
};

typedef int plan_writer(const struct plan_view *view, struct buffer *target,
                        struct error *err);

/* At most PLAN_WIDTH columns, but for values and commands that are longer. */
plan_writer plan_text_write;

/* One document; docs/json.md describes it. */
plan_writer plan_json_write;

enum { PLAN_WIDTH = 80 };

struct plan_format {
    const char *name; /* "text" */
    plan_writer *write;
};

extern const struct plan_format plan_format_table[];
extern const size_t plan_format_table_length;

/* NULL where there is none of that name. */
const struct plan_format *plan_format_by_name(const char *name);

#endif
