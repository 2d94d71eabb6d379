/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a run as a whole. */
#include "report/wording/phrase_run.h"

#include <stdbool.h>

#include "base/cleanup.h"

const char *
phrase_verdict(const struct run *run, const struct run_summary *summary,
               const struct language *language)
{
    static const char *const verdicts[] = {
        [RUN_COMPLIANT] = N_("COMPLIANT"),
        [RUN_NON_COMPLIANT] = N_("NON-COMPLIANT"),
        [RUN_UNKNOWN] = N_("INCOMPLETE"),
    };

    if (summary->status == RUN_UNKNOWN && summary->non_compliant > 0)
        return run->interrupted
                   ? language_text(language, "INTERRUPTED AND NON-COMPLIANT")
                   : language_text(language, "INCOMPLETE AND NON-COMPLIANT");
    return run->interrupted
               ? language_text(language, "INTERRUPTED")
               : language_text(language, verdicts[summary->status]);
}

/* "disabled, Entra ID only": why some are not applicable. */
static void
append_not_applicable_kinds(const struct run *run,
                            const struct language *language,
                            struct buffer *target)
{
    static const struct {
        enum subscription_state state; /* OTHER: none of those above it */
        const char *words;
    } kinds[] = {
        { SUBSCRIPTION_STATE_DISABLED, N_("disabled") },
        { SUBSCRIPTION_STATE_DELETED, N_("deleted") },
        { SUBSCRIPTION_STATE_OTHER, N_("Entra ID only") },
    };
    bool seen[ARRAY_LENGTH(kinds)] = { false };
    const char *separator = " (";

    for (size_t i = 0; i < run->assessment_count; i++) {
        size_t kind = 0;
        if (run->assessments[i].status != ASSESSMENT_NOT_APPLICABLE)
            continue;
        while (kind < ARRAY_LENGTH(kinds) - 1
               && subscription_state(&run->assessments[i].subscription)
                      != kinds[kind].state)
            kind++;
        seen[kind] = true;
    }
    for (size_t kind = 0; kind < ARRAY_LENGTH(kinds); kind++) {
        if (!seen[kind])
            continue;
        buffer_printf(target, "%s%s", separator,
                      language_text(language, kinds[kind].words));
        separator = ", ";
    }
    buffer_append_byte(target, ')');
}

static void
append_statuses(const struct run_summary *summary,
                const struct language *language, struct buffer *target)
{
    const struct {
        size_t count;
        const char *one, *many;
    } counts[] = {
        { summary->compliant, NP_("compliant", "compliant") },
        { summary->muted, NP_("muted", "muted") },
        { summary->non_compliant, NP_("non-compliant", "non-compliant") },
        { summary->unknown, NP_("unknown", "unknown") },
        { summary->not_applicable, NP_("not applicable", "not applicable") },
    };
    const char *separator = ": ";

    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
        if (counts[i].count == 0)
            continue;
        buffer_printf(target, "%s%zu %s", separator, counts[i].count,
                      language_plural(language, counts[i].one, counts[i].many,
                                      counts[i].count));
        separator = ", ";
    }
}

static void
append_left_out(const struct run_summary *summary,
                const struct language *language, struct buffer *target)
{
    if (summary->excluded > 0)
        buffer_printf(target,
                      language_plural(language, "; %zu left out by the scope",
                                      "; %zu left out by the scope",
                                      summary->excluded),
                      summary->excluded);
    if (summary->other_tenants > 0)
        buffer_printf(target,
                      language_plural(language,
                                      "; %zu of other tenants left out",
                                      "; %zu of other tenants left out",
                                      summary->other_tenants),
                      summary->other_tenants);
}

int
phrase_counts(const struct run *run, const struct run_summary *summary,
              const struct language *language, struct buffer *target)
{
    if (summary->subscriptions == 0)
        buffer_append_text(
            target, run->interrupted
                        ? language_text(language, "nothing was listed")
                        : language_text(language, "no subscription in scope"));
    else
        buffer_printf(target,
                      language_plural(language, "%zu subscription",
                                      "%zu subscriptions",
                                      summary->subscriptions),
                      summary->subscriptions);
    append_statuses(summary, language, target);
    if (summary->not_applicable > 0)
        append_not_applicable_kinds(run, language, target);
    append_left_out(summary, language, target);
    return buffer_append(target, "", 0);
}
