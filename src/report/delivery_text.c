/* SPDX-License-Identifier: Apache-2.0 */
/* A test of delivery for people. */
#include "base/cleanup.h"
#include "base/text.h"
#include "report/delivery_report.h"
#include "report/history_page.h"
#include "report/next_step.h"
#include "report/phrase_error.h"

enum {
    ADDRESS_WIDTH = 44, /* a longer one is cut */
    COMMAND_SIZE = 128,
};

static const struct {
    const char *title;
    const char *explanation;
    enum pen_style style;
} outcomes[SAMPLE_ALERT_OUTCOME_COUNT] = {
    [SAMPLE_ALERT_RAISED] = { N_("ASKED FOR"),
                              N_("whether a mail arrives, only people can "
                                 "tell"),
                              PEN_GOOD },
    [SAMPLE_ALERT_REFUSED] = { N_("REFUSED"), N_("no alert was raised"),
                               PEN_ALARM },
    [SAMPLE_ALERT_UNCERTAIN] = { N_("NOT CERTAIN"),
                                 N_("the answer is lost: it may have been "
                                    "raised"),
                                 PEN_WARNING },
    [SAMPLE_ALERT_NOT_SENT] = { N_("NOT ASKED FOR"), N_("interrupted before"),
                                PEN_STRONG },
};

/* Raising is no reading: alert-validation of Microsoft's documentation asks
 * for a Contributor of the subscription. */
static const struct phrase_error refusals[] = {
    { "AuthorizationFailed", 0, N_("needs Contributor"), NULL },
};

static const struct phrase_error *
refusal_of(const struct contact_error *error)
{
    const struct phrase_error *row =
        phrase_error_find(refusals, ARRAY_LENGTH(refusals), error);

    return row != NULL ? row : phrase_error_of(error);
}

static void
write_mailed(struct pen *pen, const struct delivery_target *target)
{
    const char *separator = "";

    for (size_t i = 0; i < target->addresses.count; i++) {
        buffer_append_text(pen->target, separator);
        pen_foreign(pen, target->addresses.items[i]);
        separator = ", ";
    }
    if (target->roles) {
        buffer_append_text(pen->target, separator);
        buffer_append_text(pen->target, pen_words(pen, "roles (owners)"));
    } else if (target->reach == REACH_UNKNOWN) {
        pen_styled(pen, PEN_WARNING,
                   pen_words(pen, "who is mailed cannot be told"));
    } else if (*separator == '\0') {
        pen_styled(pen, PEN_WARNING, pen_words(pen, "nobody"));
    }
}

static void
write_target(struct history_page *page, const struct delivery_target *target)
{
    AUTOBUFFER error = BUFFER_INIT(REPORT_CEILING);
    struct pen *pen = &page->pen;

    history_page_subscription(page, &target->alert.subscription);
    buffer_append_text(pen->target, "  ");
    if (target->alert.error == NULL) {
        write_mailed(pen, target);
    } else {
        if (phrase_error_append_row(target->alert.error,
                                    refusal_of(target->alert.error),
                                    pen->view->language, &error)
            < 0)
            pen->failed = true;
        pen_foreign(pen, buffer_text(&error));
    }
    buffer_append_byte(pen->target, '\n');
}

static size_t
count_outcome(const struct delivery_test *test,
              enum sample_alert_outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome == outcome)
            count++;
    return count;
}

static void
write_outcome(struct history_page *page, const struct delivery_test *test,
              enum sample_alert_outcome outcome)
{
    const size_t count = count_outcome(test, outcome);
    size_t row = 0;

    if (count == 0)
        return;
    buffer_append_byte(page->pen.target, '\n');
    pen_styled(&page->pen, outcomes[outcome].style,
               pen_words(&page->pen, outcomes[outcome].title));
    buffer_printf(page->pen.target, "   %zu   ", count);
    pen_styled(&page->pen, PEN_FAINT,
               pen_words(&page->pen, outcomes[outcome].explanation));
    buffer_append_byte(page->pen.target, '\n');
    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome == outcome
            && history_page_row(page, row++, count))
            write_target(page, &test->targets[i]);
}

static void
write_address(struct history_page *page,
              const struct delivery_address *address)
{
    struct pen *pen = &page->pen;

    buffer_clear(&pen->scratch);
    if (text_append_printable(&pen->scratch, address->address) < 0)
        pen->failed = true;
    buffer_append_text(pen->target, "  ");
    column_append(&pen->column, buffer_text(&pen->scratch), ADDRESS_WIDTH,
                  ADDRESS_WIDTH, pen->target);
    buffer_append_text(pen->target, "  ");
    if (address->confirmed_at == 0) {
        pen_styled(pen, PEN_WARNING, pen_words(pen, "not confirmed"));
    } else {
        pen_styled(pen, PEN_GOOD, pen_words(pen, "arrived"));
        buffer_append_text(pen->target, ", ");
        history_page_time(page, address->confirmed_at);
        if (address->by_role)
            buffer_append_text(pen->target, pen_words(pen, " (by a role)"));
    }
    buffer_append_byte(pen->target, '\n');
}

static void
write_addresses(struct history_page *page,
                const struct delivery_address *addresses, size_t count)
{
    buffer_append_byte(page->pen.target, '\n');
    history_page_heading(page, N_("MAILBOXES"), count,
                         N_("and whether somebody has said that the mail "
                            "arrived"));
    for (size_t i = 0; i < count && history_page_row(page, i, count); i++)
        write_address(page, &addresses[i]);
}

static void
write_next(struct pen *pen, const struct delivery_test *test,
           const struct delivery_address *addresses, size_t count)
{
    struct next_step next = { .pen = pen };
    AUTOBUFFER command = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; i < count; i++)
        if (addresses[i].confirmed_at == 0) {
            buffer_printf(&command,
                          "piket test-alert confirm %s --address ADDRESS",
                          test->id);
            next_step_command(&next, buffer_text(&command),
                              N_("once somebody has seen the mail"));
            return;
        }
}

static int
write_raised(struct history_page *page, const struct delivery_view *view,
             struct error *err)
{
    struct arena *arena = arena_new();
    struct delivery_address *addresses;
    size_t count;

    if (arena == NULL)
        return error_set_memory(err);
    const int result =
        delivery_test_addresses(view->test, arena, &addresses, &count, err);
    if (result == 0) {
        write_addresses(page, addresses, count);
        if (!view->unrecorded)
            write_next(&page->pen, view->test, addresses, count);
    }
    arena_free(arena);
    return result;
}

static void
write_plan(struct history_page *page, const struct delivery_test *test)
{
    buffer_append_byte(page->pen.target, '\n');
    history_page_heading(page, N_("WOULD BE MAILED"), test->target_count,
                         N_("for sample alerts, which everybody who sees "
                            "alerts sees"));
    for (size_t i = 0; i < test->target_count
                       && history_page_row(page, i, test->target_count);
         i++)
        write_target(page, &test->targets[i]);
    buffer_append_byte(page->pen.target, '\n');
    buffer_append_text(page->pen.target,
                       pen_words(&page->pen,
                                 "They are alerts like others: in the portal, "
                                 "and in whatever is connected."));
    buffer_append_byte(page->pen.target, '\n');
}

int
delivery_text_write(const struct delivery_view *view, struct buffer *target,
                    struct error *err)
{
    const struct history_view shown = { .language = view->language,
                                        .colour = view->colour,
                                        .rows = view->rows };
    struct history_page page;
    int result = 0;

    history_page_begin(&page, &shown, target);
    pen_styled(&page.pen, PEN_STRONG,
               pen_words(&page.pen, "test of delivery"));
    buffer_printf(target, "   %s   %s   %s\n", view->test->id,
                  view->test->cloud, view->test->bundles);
    if (view->planned) {
        write_plan(&page, view->test);
    } else {
        for (enum sample_alert_outcome i = 0; i < SAMPLE_ALERT_OUTCOME_COUNT;
             i++)
            write_outcome(&page, view->test, i);
        result = write_raised(&page, view, err);
    }
    return history_page_end(&page, err) < 0 ? -1 : result;
}
