/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of an applied plan by what became of them. */
#include "report/change/operation_group.h"

static const struct operation_group_words remediation_words[] = {
    [OPERATION_GROUP_REFUSED] = { N_("REFUSED"),
                                  N_("Azure refused it: nothing has changed "
                                     "there"),
                                  NP_("refused", "refused"),
                                  TERMINAL_WRITER_ALARM },
    [OPERATION_GROUP_DIFFERENT] = { N_("CAME BACK DIFFERENT"),
                                    N_("written, and not what is there now"),
                                    NP_("came back different",
                                        "came back different"),
                                    TERMINAL_WRITER_ALARM },
    [OPERATION_GROUP_UNVERIFIED] = { N_("UNVERIFIED"),
                                     N_("sent, and perhaps done: it did not "
                                        "show"),
                                     NP_("unverified", "unverified"),
                                     TERMINAL_WRITER_ALARM },
    [OPERATION_GROUP_PENDING] = { N_("UNSETTLED"),
                                  N_("journalled, and its end is not known"),
                                  NP_("unsettled", "unsettled"),
                                  TERMINAL_WRITER_ALARM },
    [OPERATION_GROUP_CONFLICT] = { N_("CHANGED SINCE"),
                                   N_("by somebody else: left as it is"),
                                   NP_("changed since", "changed since"),
                                   TERMINAL_WRITER_WARNING },
    [OPERATION_GROUP_NOT_SENT] = { N_("NOT SENT"), N_("left as it is"),
                                   NP_("not sent", "not sent"),
                                   TERMINAL_WRITER_WARNING },
    [OPERATION_GROUP_OBSTACLE] = { N_("NOT PLANNED"),
                                   N_("something stands in the way"),
                                   NP_("not planned", "not planned"),
                                   TERMINAL_WRITER_WARNING },
    [OPERATION_GROUP_ALREADY] = { N_("ALREADY SO"),
                                  N_("as intended: nothing was sent"),
                                  NP_("already so", "already so"),
                                  TERMINAL_WRITER_GOOD },
    [OPERATION_GROUP_DONE] = { N_("FIXED"),
                               N_("read back, and as the profile demands"),
                               NP_("fixed", "fixed"), TERMINAL_WRITER_GOOD },
};

static const struct operation_group_words restored_words = {
    N_("RESTORED"), N_("read back, and as before"),
    NP_("restored", "restored"), TERMINAL_WRITER_GOOD
};

static const enum operation_group groups[CHANGE_OUTCOME_COUNT] = {
    [CHANGE_PENDING] = OPERATION_GROUP_PENDING,
    [CHANGE_DONE] = OPERATION_GROUP_DONE,
    [CHANGE_ALREADY] = OPERATION_GROUP_ALREADY,
    [CHANGE_CONFLICT] = OPERATION_GROUP_CONFLICT,
    [CHANGE_NOT_SENT] = OPERATION_GROUP_NOT_SENT,
    [CHANGE_REFUSED] = OPERATION_GROUP_REFUSED,
    [CHANGE_DIFFERENT] = OPERATION_GROUP_DIFFERENT,
    [CHANGE_UNVERIFIED] = OPERATION_GROUP_UNVERIFIED,
};

const struct operation_group_words *
operation_group_words(enum operation_group group, enum plan_kind kind)
{
    if (group == OPERATION_GROUP_DONE && kind == PLAN_REVERSAL)
        return &restored_words;
    return &remediation_words[group];
}

enum operation_group
operation_group_of(enum change_outcome outcome)
{
    return groups[outcome];
}

size_t
operation_group_next(const struct operation_report *report,
                     enum operation_group group, size_t index)
{
    if (group == OPERATION_GROUP_OBSTACLE)
        return index;
    while (index < report->plan->change_count
           && operation_group_of(report->results[index].outcome) != group)
        index++;
    return index;
}

size_t
operation_group_count(const struct operation_report *report,
                      enum operation_group group)
{
    const size_t end = report->plan->change_count;
    size_t count = 0;

    if (group == OPERATION_GROUP_OBSTACLE)
        return report->plan->obstacle_count;
    for (size_t i = operation_group_next(report, group, 0); i < end;
         i = operation_group_next(report, group, i + 1))
        count++;
    return count;
}

const struct subscription *
operation_group_subject(const struct operation_report *report,
                        enum operation_group group, size_t index)
{
    return group == OPERATION_GROUP_OBSTACLE
               ? &report->plan->obstacles[index].subscription
               : &report->plan->changes[index].subscription;
}
