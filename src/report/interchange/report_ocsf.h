/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of OCSF's compliance findings, https://schema.ocsf.io/1.7.0
 * (class 2003, profiles cloud and datetime). Trees are owned by the caller,
 * and NULL where memory ran out. */
#ifndef PIKET_REPORT_INTERCHANGE_REPORT_OCSF_H
#define PIKET_REPORT_INTERCHANGE_REPORT_OCSF_H

#include <jansson.h>

#include "report/view/report.h"
#include "report/json/report_uuid.h"

/* OCSF's numbers; 0 stands for saying nothing. */
enum report_ocsf_severity {
    REPORT_OCSF_INFORMATIONAL = 1,
    REPORT_OCSF_LOW,
    REPORT_OCSF_MEDIUM,
    REPORT_OCSF_HIGH,
};
enum report_ocsf_status {
    REPORT_OCSF_NEW = 1,
    REPORT_OCSF_SUPPRESSED = 3,
    REPORT_OCSF_RESOLVED = 4,
};
enum report_ocsf_outcome {
    REPORT_OCSF_PASS = 1,
    REPORT_OCSF_WARNING = 2, /* "did not yield a result due to missing
                                information" */
    REPORT_OCSF_FAIL = 3,
};

/* What an event says of itself. */
struct report_ocsf_event {
    struct report_uuid subject; /* what it tells about: the same in each run */
    const char *code;           /* the requirement's id */
    const char *title;
    const char *tenant_id; /* "" where it is not known */
    enum report_ocsf_severity severity;
    enum report_ocsf_status status;
};

/* An event without what is particular to it: class, times, severity, status,
 * metadata, finding_info. */
json_t *report_ocsf_event(const struct run *run,
                          const struct report_ocsf_event *event);

/* Its object cloud; subscription may be NULL. */
json_t *report_ocsf_cloud(const struct run *run, const char *tenant_id,
                          const struct subscription *subscription);

/* What is the same of all findings of one requirement: which standards and
 * which of their controls it shows. */
struct report_ocsf_requirement {
    const struct requirement *requirement;
    json_t *standards;
    json_t *controls;
};

/* Returns 0, or -1 where memory ran out. */
int report_ocsf_requirement_init(
    struct report_ocsf_requirement *ret_requirement,
    const struct report_view *view, const struct requirement *requirement);
void report_ocsf_requirement_done(struct report_ocsf_requirement *requirement);

/* Appends the event about a finding. Returns 0, or -1 where memory ran out or
 * target failed. */
int report_ocsf_finding(struct buffer *target, const struct run *run,
                        const struct assessment *assessment,
                        const struct finding *finding,
                        const struct report_ocsf_requirement *requirement);

/* Appends the event about the run itself: whether it is complete. Returns
 * likewise. */
int report_ocsf_run(struct buffer *target, const struct run *run);

#endif
