/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two runs: for reports, for history, for a monitor that
 * raises the alarm.
 *
 * A subscription is the same where its id is, whatever its name. What could
 * not be read says nothing: it is never counted as fixed or broken, and what
 * a broken-off list does not show is neither gone nor new. */
#ifndef PIKET_CONTROL_PAST_DRIFT_H
#define PIKET_CONTROL_PAST_DRIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/past/drift_field.h"
#include "control/run/run.h"

/* Worst first. */
enum drift_kind {
    DRIFT_BROKEN,     /* compliant or muted, now non-compliant */
    DRIFT_UNREADABLE, /* known, now unknown; or no longer listed, by a run
                         whose list is not whole: after is NULL */
    DRIFT_GONE,       /* after is NULL */
    DRIFT_NEW,        /* before is NULL */
    DRIFT_CHANGED,    /* something else is different, see below */
    DRIFT_READABLE,   /* unknown, now known; or listed, where the list of the
                         run before was not whole: before is NULL */
    DRIFT_FIXED,      /* non-compliant, now compliant or muted */
    DRIFT_KIND_COUNT,
};

/* "broken", "unreadable", "gone", "new", "changed", "readable", "fixed". */
const char *drift_kind_name(enum drift_kind kind);

/* One requirement whose finding has another status or reason. */
struct drift_finding {
    const struct requirement *requirement;
    const struct finding *before; /* NULL: that run did not judge it */
    const struct finding *after;  /* the same */
};

/* One subscription that differs. CHANGED: its status is another without being
 * FIXED or BROKEN (an alert can no longer arise, a mute began), or it is the
 * same status while reach, a field or a finding is another. */
struct drift_entry {
    enum drift_kind kind;
    const struct assessment *before, *after; /* borrowed from the runs */
    struct drift_field *fields;
    size_t field_count;
    /* in the order of requirement_table; none where one of the sides could
     * not be read or is not applicable, since all of them would differ */
    struct drift_finding *findings;
    size_t finding_count;
};

struct drift {
    const struct run *before, *after;
    bool other_profile; /* the runs were judged by different ones, so that a
                           status may differ while nothing changed in Azure */
    struct drift_entry *entries; /* by kind, then by subscription_compare */
    size_t entry_count;
    size_t counts[DRIFT_KIND_COUNT];
    size_t same; /* subscriptions of both that do not differ */
};

/* Compares two runs, which may be the same and need no order. The drift lives
 * in the arena and borrows from both runs, which have to outlive it. Takes
 * time in proportion to n log n, and memory beside the arena for a pointer to
 * each subscription. */
int drift_make(const struct run *before, const struct run *after,
               struct arena *arena, struct drift *ret_drift,
               struct error *err);

/* The subscription as the later run knows it, or else the earlier one. */
const struct subscription *drift_subscription(const struct drift_entry *entry);

#endif
