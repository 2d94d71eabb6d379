/* SPDX-License-Identifier: Apache-2.0 */
/* Judges what is visible, and what of it a check would read. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "engine/examination.h"

/* More tenants than these are counted together. */
enum { TENANTS_CEILING = 100 };

static void
add_states(const struct evidence_list *list, struct diagnosis *diagnosis,
           struct diagnosis_line *line)
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
    diagnosis_add_counts(diagnosis, line, "byState",
                         &(struct diagnosis_counts){ shown, counts, count });
}

/* Nothing where there is only one. */
static void
add_tenants(const struct evidence_list *list, struct diagnosis *diagnosis,
            struct diagnosis_line *line)
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
        diagnosis_add_counts(
            diagnosis, line, "byTenant",
            &(struct diagnosis_counts){ tenants, counts, count });
}

/* Not even a first page means that a check could not run. */
static void
conclude_failed(const struct evidence_list *list, struct diagnosis *diagnosis)
{
    const bool any = list->count > 0;
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_FAIL,
        any ? DIAGNOSIS_REASON_LIST_BROKEN : DIAGNOSIS_REASON_NOT_LISTED);

    if (!any)
        line->failure = DIAGNOSIS_IMPOSSIBLE;
    if (any)
        diagnosis_add_number(line, "subscriptions", (int64_t) list->count);
    diagnosis_add_text(diagnosis, line, "error", error_message(&list->error));
    diagnosis_add_text(diagnosis, line, "advice", list->error.advice);
}

void
examine_subscriptions(const struct evidence *evidence,
                      struct diagnosis *diagnosis)
{
    const struct evidence_list *list = &evidence->list;

    if (list->failed) {
        conclude_failed(list, diagnosis);
        return;
    }
    if (list->count == 0 && list->strange == 0) {
        diagnosis_conclude(diagnosis, DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_FAIL,
                           DIAGNOSIS_REASON_NONE_VISIBLE);
        return;
    }
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SUBSCRIPTIONS,
                           list->strange > 0 ? DIAGNOSIS_FAIL : DIAGNOSIS_PASS,
                           list->strange > 0 ? DIAGNOSIS_REASON_LIST_STRANGE
                                             : DIAGNOSIS_REASON_VISIBLE);
    diagnosis_add_number(line, "subscriptions", (int64_t) list->count);
    if (list->strange > 0)
        diagnosis_add_number(line, "strange", (int64_t) list->strange);
    add_states(list, diagnosis, line);
    add_tenants(list, diagnosis, line);
}

static bool
is_everything(const struct scope *scope)
{
    return scope == NULL
           || (!scope_has_inclusions(scope) && scope->exclusions.count == 0);
}

static void
conclude_wrong(const struct error *error, struct diagnosis *diagnosis)
{
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SCOPE, DIAGNOSIS_FAIL,
                           DIAGNOSIS_REASON_SCOPE_WRONG);

    diagnosis_add_text(diagnosis, line, "error", error_message(error));
    diagnosis_add_text(diagnosis, line, "advice", error->advice);
}

void
examine_scope(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const struct run *run = evidence->run;
    const size_t left_out = evidence->scope.left_out;
    const size_t taken = evidence->list.count - left_out;
    enum diagnosis_status status = DIAGNOSIS_PASS;
    enum diagnosis_reason reason = DIAGNOSIS_REASON_SCOPE_APPLIED;

    if (evidence->scope.error.message != NULL) {
        conclude_wrong(&evidence->scope.error, diagnosis);
        return;
    }
    if (taken == 0) {
        status = DIAGNOSIS_FAIL;
        reason = DIAGNOSIS_REASON_SCOPE_EMPTY;
    } else if (run->note_count > 0) {
        status = DIAGNOSIS_WARN;
        reason = DIAGNOSIS_REASON_SCOPE_NOTED;
    } else if (left_out == 0 && is_everything(evidence->options->scope)) {
        reason = DIAGNOSIS_REASON_SCOPE_ALL;
    }
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SCOPE, status, reason);
    line->failure = DIAGNOSIS_INCOMPLETE;
    diagnosis_add_number(line, "subscriptions", (int64_t) taken);
    diagnosis_add_number(line, "leftOut", (int64_t) left_out);
    if (run->note_count > 0)
        diagnosis_add_texts(diagnosis, line, "notes", run->notes,
                            run->note_count);
}

static void
conclude_missing(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const struct evidence_coverage *seen = &evidence->coverage;
    const char *names[EVIDENCE_NAMES_CEILING];
    const char *ids[EVIDENCE_NAMES_CEILING];
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_COVERAGE, DIAGNOSIS_FAIL,
                           DIAGNOSIS_REASON_NOT_VISIBLE);

    for (size_t i = 0; i < seen->named; i++) {
        ids[i] = seen->missing[i].id;
        names[i] = text_is_blank(seen->missing[i].name)
                       ? ids[i]
                       : seen->missing[i].name;
    }
    diagnosis_add_number(line, "expected", (int64_t) seen->coverage.expected);
    diagnosis_add_number(line, "missing",
                         (int64_t) seen->coverage.not_visible);
    diagnosis_add_texts(diagnosis, line, "names", names, seen->named);
    diagnosis_add_texts(diagnosis, line, "ids", ids, seen->named);
    examination_add_grant(evidence, diagnosis, line,
                          seen->coverage.not_visible == 1 ? ids[0] : NULL);
}

/* What is known to be missing counts, even where not all is known. */
void
examine_coverage(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const struct coverage *coverage = &evidence->coverage.coverage;
    const bool hidden = coverage->reason == COVERAGE_REASON_ROOT_REFUSED;
    struct diagnosis_line *line;

    if (coverage->not_visible > 0) {
        conclude_missing(evidence, diagnosis);
        return;
    }
    if (coverage->known) {
        line = diagnosis_conclude(diagnosis, DIAGNOSIS_COVERAGE,
                                  DIAGNOSIS_PASS, DIAGNOSIS_REASON_COVERED);
        diagnosis_add_number(line, "expected", (int64_t) coverage->expected);
        return;
    }
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_COVERAGE, DIAGNOSIS_WARN,
                              hidden ? DIAGNOSIS_REASON_COVERAGE_HIDDEN
                                     : DIAGNOSIS_REASON_COVERAGE_UNREAD);
    diagnosis_add_text(diagnosis, line, "error", coverage->detail);
    if (hidden)
        examination_add_grant(evidence, diagnosis, line, NULL);
}
