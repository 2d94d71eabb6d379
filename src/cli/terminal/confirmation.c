/* SPDX-License-Identifier: Apache-2.0 */
/* A question that somebody at a terminal answers. */
#include "cli/terminal/confirmation.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"

enum {
    CONFIRMATION_CEILING = 64 * 1024,
    CONFIRMATION_ANSWER_SIZE = 16,
};

static bool
is_first_of_tenant(const struct plan *plan, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (text_equal_ignoring_case(
                plan->changes[i].subscription.tenant_id,
                plan->changes[index].subscription.tenant_id))
            return false;
    return true;
}

static size_t
count_tenant(const struct plan *plan, const char *id)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->change_count; i++)
        if (text_equal_ignoring_case(plan->changes[i].subscription.tenant_id,
                                     id))
            count++;
    return count;
}

static const char *
tenant_name(const struct run *run, const char *id)
{
    for (size_t i = 0; run != NULL && i < run->tenant_count; i++)
        if (text_equal_ignoring_case(run->tenants[i].id, id))
            return run->tenants[i].display_name;
    return NULL;
}

/* "contoso.nl (7c0ffee0-…): 61" for each tenant. */
static void
append_tenants(const struct plan *plan, const struct run *run,
               struct buffer *target)
{
    const char *separator = "";

    for (size_t i = 0; i < plan->change_count; i++) {
        const char *id = plan->changes[i].subscription.tenant_id;
        const char *name = tenant_name(run, id);
        if (!is_first_of_tenant(plan, i))
            continue;
        buffer_append_text(target, separator);
        if (!text_is_blank(name))
            buffer_printf(target, "%s (%s)", name, id);
        else
            buffer_append_text(target, id);
        buffer_printf(target, ": %zu", count_tenant(plan, id));
        separator = ", ";
    }
}

bool
confirmation_given(const char *question, const char *demand)
{
    char answer[CONFIRMATION_ANSWER_SIZE];

    /* What was typed before it stands there is no answer to it. */
    (void) tcflush(STDIN_FILENO, TCIFLUSH);
    message_text("%s", question);
    message_text("%s", demand);
    /* Nor can anybody answer what he could not read. */
    if (ferror(stderr) != 0 || fgets(answer, sizeof(answer), stdin) == NULL)
        return false;
    answer[strcspn(answer, "\r\n")] = '\0';
    return text_equal_ignoring_case(answer, "yes")
           || text_equal_ignoring_case(answer, _("yes"));
}

bool
confirmation_ask(const struct plan *plan, size_t limit, const struct run *run)
{
    AUTOBUFFER tenants = BUFFER_INIT(CONFIRMATION_CEILING);
    AUTOBUFFER question = BUFFER_INIT(CONFIRMATION_CEILING);
    const bool limited = limit > 0 && limit < plan->change_count;
    const size_t count = limited ? limit : plan->change_count;

    append_tenants(plan, run, &tenants);
    buffer_printf(&question,
                  limited ? _("Make at most %zu of these changes? By tenant: "
                              "%s")
                          : language_plural(language_option_chosen(),
                                            "Make %zu change? By tenant: %s",
                                            "Make %zu changes? By tenant: %s",
                                            count),
                  count, buffer_text(&tenants));
    if (buffer_failed(&tenants) || buffer_failed(&question))
        return false;
    return confirmation_given(buffer_text(&question),
                              _("Only 'yes' makes them:"));
}
