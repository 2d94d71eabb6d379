/* SPDX-License-Identifier: Apache-2.0 */
/* Judges what is visible, and what of it a check would read. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "engine/doctor/doctor_check.h"

/* More tenants than these are counted together. */
enum { TENANTS_CEILING = 100 };

static void
add_states(const struct doctor_facts_list *list, struct doctor_report *report,
           struct doctor_report_line *line)
{
    static const char *const words[] = {
        [SUBSCRIPTION_STATE_OTHER] = "other",
        [SUBSCRIPTION_STATE_ENABLED] = "Enabled",
        [SUBSCRIPTION_STATE_WARNED] = "Warned",
        [SUBSCRIPTION_STATE_PAST_DUE] = "PastDue",
        [SUBSCRIPTION_STATE_DISABLED] = "Disabled",
        [SUBSCRIPTION_STATE_DELETED] = "Deleted",
    };
    int64_t numbers[ARRAY_LENGTH(words)] = { 0 };
    const char *shown[ARRAY_LENGTH(words)];
    int64_t counts[ARRAY_LENGTH(words)];
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        numbers[subscription_state(list->items[i])]++;
    /* The known ones first. */
    for (size_t i = 1; i <= ARRAY_LENGTH(words); i++) {
        const size_t state = i % ARRAY_LENGTH(words);
        if (numbers[state] == 0)
            continue;
        shown[count] = words[state];
        counts[count++] = numbers[state];
    }
    doctor_report_add_counts(
        report, line, "byState",
        &(struct doctor_report_counts){ shown, counts, count });
}

/* Nothing where there is only one. */
static void
add_tenants(const struct doctor_facts_list *list, struct doctor_report *report,
            struct doctor_report_line *line)
{
    const char *tenants[TENANTS_CEILING + 1];
    int64_t counts[TENANTS_CEILING + 1] = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        const char *tenant = *list->items[i]->tenant_id != '\0'
                                 ? list->items[i]->tenant_id
                                 : "other";
        size_t j = 0;
        while (j < count && strcmp(tenants[j], tenant) != 0)
            j++;
        if (j >= TENANTS_CEILING) {
            j = TENANTS_CEILING;
            tenant = "other";
        }
        if (j >= count) {
            count = j + 1;
            tenants[j] = tenant;
        }
        counts[j]++;
    }
    if (count > 1)
        doctor_report_add_counts(
            report, line, "byTenant",
            &(struct doctor_report_counts){ tenants, counts, count });
}

/* Not even a first page means that a check could not run. */
static void
conclude_failed(const struct doctor_facts_list *list,
                struct doctor_report *report)
{
    const bool any = list->count > 0;
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_SUBSCRIPTIONS, DOCTOR_REPORT_FAIL,
        any ? DOCTOR_REASON_LIST_BROKEN : DOCTOR_REASON_NOT_LISTED);

    if (!any)
        line->failure = DOCTOR_REPORT_IMPOSSIBLE;
    if (any)
        doctor_report_add_number(line, "subscriptions", (int64_t) list->count);
    doctor_report_add_text(report, line, "error", error_message(&list->error));
    doctor_report_add_text(report, line, "advice", list->error.advice);
}

void
doctor_check_subscriptions(const struct doctor_facts *facts,
                           struct doctor_report *report)
{
    const struct doctor_facts_list *list = &facts->list;

    if (list->failed) {
        conclude_failed(list, report);
        return;
    }
    if (list->count == 0 && list->strange == 0) {
        doctor_report_conclude(report, DOCTOR_REPORT_SUBSCRIPTIONS,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_NONE_VISIBLE);
        return;
    }
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_SUBSCRIPTIONS,
        list->strange > 0 ? DOCTOR_REPORT_FAIL : DOCTOR_REPORT_PASS,
        list->strange > 0 ? DOCTOR_REASON_LIST_STRANGE
                          : DOCTOR_REASON_VISIBLE);
    doctor_report_add_number(line, "subscriptions", (int64_t) list->count);
    if (list->strange > 0)
        doctor_report_add_number(line, "strange", (int64_t) list->strange);
    add_states(list, report, line);
    add_tenants(list, report, line);
}

static bool
is_everything(const struct scope *scope)
{
    return scope == NULL
           || (!scope_has_inclusions(scope) && scope->exclusions.count == 0);
}

static void
conclude_wrong(const struct error *error, struct doctor_report *report)
{
    struct doctor_report_line *line =
        doctor_report_conclude(report, DOCTOR_REPORT_SCOPE, DOCTOR_REPORT_FAIL,
                               DOCTOR_REASON_SCOPE_WRONG);

    doctor_report_add_text(report, line, "error", error_message(error));
    doctor_report_add_text(report, line, "advice", error->advice);
}

void
doctor_check_scope(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const struct run *run = facts->run;
    const size_t left_out = facts->scope.left_out;
    const size_t taken = facts->list.count - left_out;
    enum doctor_report_status status = DOCTOR_REPORT_PASS;
    enum doctor_reason reason = DOCTOR_REASON_SCOPE_APPLIED;

    if (facts->scope.error.message != NULL) {
        conclude_wrong(&facts->scope.error, report);
        return;
    }
    if (taken == 0) {
        status = DOCTOR_REPORT_FAIL;
        reason = DOCTOR_REASON_SCOPE_EMPTY;
    } else if (run->note_count > 0) {
        status = DOCTOR_REPORT_WARN;
        reason = DOCTOR_REASON_SCOPE_NOTED;
    } else if (left_out == 0 && is_everything(facts->options->scope)) {
        reason = DOCTOR_REASON_SCOPE_ALL;
    }
    struct doctor_report_line *line =
        doctor_report_conclude(report, DOCTOR_REPORT_SCOPE, status, reason);
    line->failure = DOCTOR_REPORT_INCOMPLETE;
    doctor_report_add_number(line, "subscriptions", (int64_t) taken);
    doctor_report_add_number(line, "leftOut", (int64_t) left_out);
    if (run->note_count > 0)
        doctor_report_add_texts(report, line, "notes", run->notes,
                                run->note_count);
}

static void
conclude_missing(const struct doctor_facts *facts,
                 struct doctor_report *report)
{
    const struct doctor_facts_coverage *seen = &facts->coverage;
    const char *names[DOCTOR_FACTS_NAMES_CEILING];
    const char *ids[DOCTOR_FACTS_NAMES_CEILING];
    struct doctor_report_line *line =
        doctor_report_conclude(report, DOCTOR_REPORT_COVERAGE,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_NOT_VISIBLE);

    for (size_t i = 0; i < seen->named; i++) {
        ids[i] = seen->missing[i].id;
        names[i] = text_is_blank(seen->missing[i].name)
                       ? ids[i]
                       : seen->missing[i].name;
    }
    doctor_report_add_number(line, "expected",
                             (int64_t) seen->coverage.expected);
    doctor_report_add_number(line, "missing",
                             (int64_t) seen->coverage.not_visible);
    doctor_report_add_texts(report, line, "names", names, seen->named);
    doctor_report_add_texts(report, line, "ids", ids, seen->named);
    doctor_check_add_grant(facts, report, line,
                           seen->coverage.not_visible == 1 ? ids[0] : NULL);
}

/* What is known to be missing counts, even where not all is known. */
void
doctor_check_coverage(const struct doctor_facts *facts,
                      struct doctor_report *report)
{
    const struct coverage *coverage = &facts->coverage.coverage;
    const bool hidden = coverage->reason == COVERAGE_REASON_ROOT_REFUSED;
    struct doctor_report_line *line;

    if (coverage->not_visible > 0) {
        conclude_missing(facts, report);
        return;
    }
    if (coverage->known) {
        line =
            doctor_report_conclude(report, DOCTOR_REPORT_COVERAGE,
                                   DOCTOR_REPORT_PASS, DOCTOR_REASON_COVERED);
        doctor_report_add_number(line, "expected",
                                 (int64_t) coverage->expected);
        return;
    }
    line = doctor_report_conclude(report, DOCTOR_REPORT_COVERAGE,
                                  DOCTOR_REPORT_WARN,
                                  hidden ? DOCTOR_REASON_COVERAGE_HIDDEN
                                         : DOCTOR_REASON_COVERAGE_UNREAD);
    doctor_report_add_text(report, line, "error", coverage->detail);
    if (hidden)
        doctor_check_add_grant(facts, report, line, NULL);
}
