/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a SARIF 2.1.0 log, as GitHub's code scanning takes it. Trees
 * are owned by the caller, and NULL where memory ran out. */
#ifndef PIKET_REPORT_INTERCHANGE_REPORT_SARIF_H
#define PIKET_REPORT_INTERCHANGE_REPORT_SARIF_H

#include <jansson.h>

#include "report/view/report.h"

/* GitHub's limits: what exceeds them is refused, or not shown. */
enum {
    REPORT_SARIF_RESULTS_CEILING = 25000, /* of a run */
    REPORT_SARIF_RESULTS_SHOWN = 5000,
    REPORT_SARIF_TAGS_CEILING = 20, /* of a rule, of which 10 are shown */
    REPORT_SARIF_DESCRIPTION_CEILING = 1024,
};

/* A message object of this text, in which nothing is a place to fill or a
 * link. */
json_t *report_sarif_message(const char *text);

/* Where a result belongs: no file is at fault, so that it is the one that
 * says what is demanded; and the subscription as a logical location.
 * subscription may be NULL; line is that of the file. */
json_t *report_sarif_location(const struct run *run,
                              const struct subscription *subscription,
                              size_t line);

/* "note", "warning" or "error". */
const char *report_sarif_level(const struct requirement *requirement);

/* The driver, with a rule for each requirement of the profile. */
json_t *report_sarif_driver(const struct report_view *view);

/* Whether findings of this status are results: what is unknown never is. */
bool report_sarif_is_result(const struct finding *finding);

/* A finding as a result; rule is the index of its rule. */
json_t *report_sarif_result(const struct run *run,
                            const struct assessment *assessment, size_t rule);

/* What an execution may tell of itself, as descriptors. */
json_t *report_sarif_notice_descriptors(void);

/* Appends, as items of an array, all that the run has to tell beside its
 * results; results is how many there are, written or not. Returns 0, or -1
 * where memory ran out or target failed. */
int report_sarif_notices(struct buffer *target, const struct run *run,
                         size_t results);

/* In front of each line of a result or notice. */
#define REPORT_SARIF_INDENTATION "        "

#endif
