/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a test of delivery, one row each: pure functions to
 * bytes. */
#ifndef PIKET_REPORT_HISTORY_TEST_ALERT_REPORT_H
#define PIKET_REPORT_HISTORY_TEST_ALERT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/past/test_alert.h"
#include "report/language/language.h"

struct test_alert_view {
    const struct test_alert *test;
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    bool planned;    /* nothing has been raised yet: who would be mailed */
    bool unrecorded; /* the store may not have it: nothing can follow */
    size_t rows;     /* of each group; 0: all of them */
};

typedef int test_alert_writer(const struct test_alert_view *view,
                              struct buffer *target, struct error *err);

test_alert_writer test_alert_text_write;

/* One document; docs/json.md describes it. */
test_alert_writer test_alert_json_write;

struct test_alert_format {
    const char *name; /* "text" */
    test_alert_writer *write;
};

extern const struct test_alert_format test_alert_format_table[];
extern const size_t test_alert_format_table_length;

/* NULL where there is none of that name. */
const struct test_alert_format *test_alert_format_by_name(const char *name);

#endif
