/* SPDX-License-Identifier: Apache-2.0 */
/* Whether all subscriptions were seen, in a sentence. */
#include "report/phrase_coverage.h"

#include "base/cleanup.h"

static const struct {
    enum coverage_source source;
    const char *word;  /* for programs */
    const char *words; /* for people */
} sources[] = {
    { COVERAGE_SOURCE_ROOT, "root-management-group", "root management group" },
    { COVERAGE_SOURCE_GROUPS, "management-groups",
      "management groups in scope" },
    { COVERAGE_SOURCE_FILE, "expected-file", "--expect" },
};

#define MAKE_KNOWN \
    "assign Reader on the root management group, or give --expect FILE"

static const struct {
    const char *before; /* the detail, which stands in parentheses */
    const char *behind;
} reasons[COVERAGE_REASON_COUNT] = {
    [COVERAGE_REASON_ROOT_REFUSED] = { "this identity may not read the root "
                                       "management group",
                                       ": " MAKE_KNOWN },
    [COVERAGE_REASON_ROOT_FAILED] = { "the root management group could not be "
                                      "read",
                                      ": check again, or give --expect FILE" },
    [COVERAGE_REASON_NO_TENANT] = { "neither the token nor a subscription "
                                    "names the tenant",
                                    ": give --tenant with its id, or --expect "
                                    "FILE" },
    [COVERAGE_REASON_LIST_INCOMPLETE] = { "the list of subscriptions is not "
                                          "whole",
                                          ": check again" },
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
phrase_coverage_reason(const struct coverage *coverage, struct buffer *target)
{
    if (coverage->reason == COVERAGE_REASON_NONE)
        return buffer_append(target, "", 0);
    buffer_append_text(target, reasons[coverage->reason].before);
    if (coverage->detail != NULL) {
        buffer_append_text(target, " (");
        buffer_append_text(target, coverage->detail);
        buffer_append_byte(target, ')');
    }
    return buffer_append_text(target, reasons[coverage->reason].behind);
}

static void
append_counts(const struct coverage *coverage, struct buffer *target)
{
    const size_t expected = coverage->expected;
    const char *plural = expected == 1 ? "" : "s";

    if (coverage->not_visible > 0)
        buffer_printf(target,
                      "%zu of %zu expected subscription%s %s not visible to "
                      "this identity",
                      coverage->not_visible, expected, plural,
                      coverage->not_visible == 1 ? "is" : "are");
    else if (expected == 1)
        buffer_append_text(target, "the 1 expected subscription is visible");
    else
        buffer_printf(target, "all %zu expected subscriptions are visible",
                      expected);
}

int
phrase_coverage(const struct coverage *coverage, struct buffer *target)
{
    const char *separator = " (";

    if (!coverage->known) {
        if (coverage->reason != COVERAGE_REASON_NONE)
            buffer_append_text(target, "not known: ");
        return phrase_coverage_reason(coverage, target);
    }
    append_counts(coverage, target);
    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++) {
        if ((coverage->sources & sources[i].source) == 0)
            continue;
        buffer_printf(target, "%s%s", separator, sources[i].words);
        separator = ", ";
    }
    return buffer_append_byte(target, ')');
}
