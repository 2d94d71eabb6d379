/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a run, one row each: pure functions from a run to bytes. */
#ifndef PIKET_REPORT_VIEW_REPORT_H
#define PIKET_REPORT_VIEW_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/requirement/framework.h"
#include "control/run/run.h"
#include "report/language/language.h"

/* What is shown, beside the run itself, which has been sorted. */
struct report_view {
    const struct run *run;
    const struct run *previous; /* the run before, to tell what differs; or
                                   NULL */
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    bool all;         /* compliant, muted and not applicable ones too */
    size_t rows;      /* of each group; 0: all of them */
    int exit_status;  /* the process's, shown behind the verdict */
    int check_status; /* what check says by its own statuses: 0 to 3, or 128
                         and a signal; the same, but for formats that have
                         statuses of their own */
    const struct framework *const *frameworks; /* to count by; borrowed */
    size_t framework_count;
};

#define REPORT_VIEW_INIT \
    {                    \
        .rows = 0        \
    }

struct report_format {
    const char *name; /* "text" */
    const char *summary;
    bool compares; /* it shows what differs from the view's previous run */
    /* Appends the document; target may pass it on as it grows. */
    int (*write)(const struct report_view *view, struct buffer *target,
                 struct error *err);
    /* What the process ends with in place of check's status; NULL: that. */
    int (*exit_status)(int check_status);
    /* Appends what stands for the document where check could not run; NULL:
     * nothing does. Returns 0, or -1 where target failed or memory ran out. */
    int (*write_failure)(const struct error *failure, struct buffer *target);
};

extern const struct report_format report_table[];
extern const size_t report_table_length;

/* Bounds every buffer of the room: a sentence, a row, or the document where
 * target does not pass it on. 100,000 subscriptions in the widest format need
 * a quarter of it. */
enum { REPORT_CEILING = 1024 * 1024 * 1024 };

/* NULL where there is none of that name. */
const struct report_format *report_by_name(const char *name);

#endif
