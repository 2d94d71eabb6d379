/* SPDX-License-Identifier: Apache-2.0 */
/* What the control, a requirement, a profile or a framework means: pages for
 * somebody who has to defend a finding before an auditor. Pure functions from
 * a topic to bytes. */
#ifndef PIKET_REPORT_EXPLAIN_EXPLAIN_H
#define PIKET_REPORT_EXPLAIN_EXPLAIN_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "report/explain/explain_topic.h"
#include "report/language/language.h"

struct explain_format {
    const char *name; /* "text" */
    /* Appends the page, in the language where people read it; target may
     * pass it on as it grows. */
    int (*write)(const struct explain_topic *topic,
                 const struct language *language, struct buffer *target,
                 struct error *err);
};

extern const struct explain_format explain_format_table[];
extern const size_t explain_format_table_length;

/* NULL where there is none of that name. */
const struct explain_format *explain_format_by_name(const char *name);

#endif
