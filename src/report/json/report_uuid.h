/* SPDX-License-Identifier: Apache-2.0 */
/* Ids that are the same in every run, so that whoever keeps several reports
 * recognizes a finding again: UUIDs of version 5 (RFC 9562), made from names
 * within a namespace of piket's own. */
#ifndef PIKET_REPORT_JSON_REPORT_UUID_H
#define PIKET_REPORT_JSON_REPORT_UUID_H

#include "control/requirement/requirement.h"
#include "control/run/run.h"
#include "control/value/subscription.h"

/* Drawn once: another one would make every finding a new one to those who
 * keep reports. */
#define REPORT_UUID_NAMESPACE "0f3af1dc-2c38-461c-b41d-b20d99f6fdbc"

/* In lower case. */
struct report_uuid {
    char text[sizeof("00000000-0000-5000-8000-000000000000")];
};

/* Of names, the first being what kind of thing it is; they end in NULL. Each
 * is hashed within the id of those before it, so that no choice of names
 * meets another one's id. */
struct report_uuid report_uuid(const char *const *names);

#define REPORT_UUID(...) \
    report_uuid((const char *const[]){ __VA_ARGS__, NULL })

/* Of a requirement on a subscription, and of what follows from it: kind is
 * "finding", "risk", and so on. */
struct report_uuid report_uuid_finding(const char *kind,
                                       const struct subscription *subscription,
                                       const struct requirement *requirement);

/* Of what is said about all that the tenants of a run hold: the same for the
 * same tenants. */
struct report_uuid report_uuid_estate(const char *kind, const struct run *run);

#endif
