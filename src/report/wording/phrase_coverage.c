/* SPDX-License-Identifier: Apache-2.0 */
/* Whether all subscriptions were seen, in a sentence. */
#include "report/wording/phrase_coverage.h"

#include <string.h>

#include "base/cleanup.h"

static const struct {
    enum coverage_source source;
    const char *word;  /* for programs */
    const char *words; /* for people */
} sources[] = {
    { COVERAGE_SOURCE_ROOT, "root-management-group",
      N_("root management group") },
    { COVERAGE_SOURCE_GROUPS, "management-groups",
      N_("management groups in scope") },
    { COVERAGE_SOURCE_FILE, "expected-file", "--expect" },
};

/* {detail} stands for what Azure said, in parentheses, or for nothing. */
static const char detail_place[] = "{detail}";

static const char *const reasons[COVERAGE_REASON_COUNT] = {
    [COVERAGE_REASON_ROOT_REFUSED] =
        N_("this identity may not read the root management group{detail}: "
           "assign Reader on the root management group, or give --expect "
           "FILE"),
    [COVERAGE_REASON_ROOT_FAILED] =
        N_("the root management group could not be read{detail}: check again, "
           "or give --expect FILE"),
    [COVERAGE_REASON_NO_TENANT] =
        N_("neither the token nor a subscription names the tenant: give "
           "--tenant with its id, or --expect FILE"),
    [COVERAGE_REASON_LIST_INCOMPLETE] =
        N_("the list of subscriptions is not whole: check again"),
};

int
phrase_coverage_source(const struct coverage *coverage, struct buffer *target)
{
    const char *separator = "";

    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++) {
        if ((coverage->sources & sources[i].source) == 0)
            continue;
        buffer_printf(target, "%s%s", separator, sources[i].word);
        separator = "+";
    }
    return buffer_append(target, "", 0);
}

int
phrase_coverage_reason(const struct coverage *coverage,
                       const struct language *language, struct buffer *target)
{
    if (coverage->reason == COVERAGE_REASON_NONE)
        return buffer_append(target, "", 0);
    const char *words = language_text(language, reasons[coverage->reason]);
    const char *place = strstr(words, detail_place);
    if (place == NULL)
        return buffer_append_text(target, words);
    buffer_append(target, words, (size_t) (place - words));
    if (coverage->detail != NULL) {
        buffer_append_text(target, " (");
        buffer_append_text(target, coverage->detail);
        buffer_append_byte(target, ')');
    }
    return buffer_append_text(target, place + strlen(detail_place));
}

static void
append_counts(const struct coverage *coverage, const struct language *language,
              struct buffer *target)
{
    const size_t expected = coverage->expected;

    if (coverage->not_visible == 0)
        buffer_printf(target,
                      language_plural(
                          language, "the %zu expected subscription is visible",
                          "all %zu expected subscriptions are visible",
                          expected),
                      expected);
    else
        buffer_printf(
            target,
            language_plural(
                language,
                "%zu of %zu expected subscriptions is not visible to "
                "this identity",
                "%zu of %zu expected subscriptions are not visible to "
                "this identity",
                coverage->not_visible),
            coverage->not_visible, expected);
}

int
phrase_coverage(const struct coverage *coverage,
                const struct language *language, struct buffer *target)
{
    const char *separator = " (";

    if (!coverage->known) {
        if (coverage->reason != COVERAGE_REASON_NONE)
            buffer_append_text(target, language_text(language, "not known: "));
        return phrase_coverage_reason(coverage, language, target);
    }
    append_counts(coverage, language, target);
    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++) {
        if ((coverage->sources & sources[i].source) == 0)
            continue;
        buffer_printf(target, "%s%s", separator,
                      language_text(language, sources[i].words));
        separator = ", ";
    }
    return buffer_append_byte(target, ')');
}
