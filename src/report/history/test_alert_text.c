/* SPDX-License-Identifier: Apache-2.0 */
/* A test of delivery for people. */
#include "base/cleanup.h"
#include "base/text.h"
#include "report/history/test_alert_report.h"
#include "report/history/history_page.h"
#include "report/markup/next_step.h"
#include "report/wording/phrase_error.h"

enum {
    ADDRESS_WIDTH = 44, /* a longer one is cut */
    COMMAND_SIZE = 128,
};

static const struct {
    const char *title;
    const char *explanation;
    enum terminal_writer_style style;
} outcomes[TEST_ALERT_SAMPLE_OUTCOME_COUNT] = {
    [TEST_ALERT_SAMPLE_RAISED] = { N_("ASKED FOR"),
                                   N_("whether a mail arrives, only people "
                                      "can "
                                      "tell"),
                                   TERMINAL_WRITER_GOOD },
    [TEST_ALERT_SAMPLE_REFUSED] = { N_("REFUSED"), N_("no alert was raised"),
                                    TERMINAL_WRITER_ALARM },
    [TEST_ALERT_SAMPLE_UNCERTAIN] = { N_("NOT CERTAIN"),
                                      N_("the answer is lost: it may have "
                                         "been "
                                         "raised"),
                                      TERMINAL_WRITER_WARNING },
    [TEST_ALERT_SAMPLE_NOT_SENT] = { N_("NOT ASKED FOR"),
                                     N_("interrupted before"),
                                     TERMINAL_WRITER_STRONG },
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
write_mailed(struct terminal_writer *terminal_writer,
             const struct test_alert_target *target)
{
    const char *separator = "";

    for (size_t i = 0; i < target->addresses.count; i++) {
        buffer_append_text(terminal_writer->target, separator);
        terminal_writer_foreign(terminal_writer, target->addresses.items[i]);
        separator = ", ";
    }
    if (target->roles) {
        buffer_append_text(terminal_writer->target, separator);
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, "roles (owners)"));
    } else if (target->reach == REACH_UNKNOWN) {
        terminal_writer_styled(
            terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(terminal_writer,
                                  "who is mailed cannot be told"));
    } else if (*separator == '\0') {
        terminal_writer_styled(
            terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(terminal_writer, "nobody"));
    }
}

static void
write_target(struct history_page *page, const struct test_alert_target *target)
{
    AUTOBUFFER error = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    history_page_subscription(page, &target->alert.subscription);
    buffer_append_text(terminal_writer->target, "  ");
    if (target->alert.error == NULL) {
        write_mailed(terminal_writer, target);
    } else {
        if (phrase_error_append_row(target->alert.error,
                                    refusal_of(target->alert.error),
                                    terminal_writer->view->language, &error)
            < 0)
            terminal_writer->failed = true;
        terminal_writer_foreign(terminal_writer, buffer_text(&error));
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

static size_t
count_outcome(const struct test_alert *test,
              enum test_alert_sample_outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome == outcome)
            count++;
    return count;
}

static void
write_outcome(struct history_page *page, const struct test_alert *test,
              enum test_alert_sample_outcome outcome)
{
    const size_t count = count_outcome(test, outcome);
    size_t row = 0;

    if (count == 0)
        return;
    buffer_append_byte(page->terminal_writer.target, '\n');
    terminal_writer_styled(&page->terminal_writer, outcomes[outcome].style,
                           terminal_writer_words(&page->terminal_writer,
                                                 outcomes[outcome].title));
    buffer_printf(page->terminal_writer.target, "   %zu   ", count);
    terminal_writer_styled(
        &page->terminal_writer, TERMINAL_WRITER_FAINT,
        terminal_writer_words(&page->terminal_writer,
                              outcomes[outcome].explanation));
    buffer_append_byte(page->terminal_writer.target, '\n');
    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome == outcome
            && history_page_row(page, row++, count))
            write_target(page, &test->targets[i]);
}

static void
write_address(struct history_page *page,
              const struct test_alert_address *address)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_clear(&terminal_writer->scratch);
    if (text_append_printable(&terminal_writer->scratch, address->address) < 0)
        terminal_writer->failed = true;
    buffer_append_text(terminal_writer->target, "  ");
    column_append(&terminal_writer->column,
                  buffer_text(&terminal_writer->scratch), ADDRESS_WIDTH,
                  ADDRESS_WIDTH, terminal_writer->target);
    buffer_append_text(terminal_writer->target, "  ");
    if (address->confirmed_at == 0) {
        terminal_writer_styled(
            terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(terminal_writer, "not confirmed"));
    } else {
        terminal_writer_styled(
            terminal_writer, TERMINAL_WRITER_GOOD,
            terminal_writer_words(terminal_writer, "arrived"));
        buffer_append_text(terminal_writer->target, ", ");
        history_page_time(page, address->confirmed_at);
        if (address->by_role)
            buffer_append_text(
                terminal_writer->target,
                terminal_writer_words(terminal_writer, " (by a role)"));
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_addresses(struct history_page *page,
                const struct test_alert_address *addresses, size_t count)
{
    buffer_append_byte(page->terminal_writer.target, '\n');
    history_page_heading(page, N_("MAILBOXES"), count,
                         N_("and whether somebody has said that the mail "
                            "arrived"));
    for (size_t i = 0; i < count && history_page_row(page, i, count); i++)
        write_address(page, &addresses[i]);
}

static void
write_next(struct terminal_writer *terminal_writer,
           const struct test_alert *test,
           const struct test_alert_address *addresses, size_t count)
{
    struct next_step next = { .terminal_writer = terminal_writer };
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
write_raised(struct history_page *page, const struct test_alert_view *view,
             struct error *err)
{
    struct arena *arena = arena_new();
    struct test_alert_address *addresses;
    size_t count;

    if (arena == NULL)
        return error_set_memory(err);
    const int result =
        test_alert_addresses(view->test, arena, &addresses, &count, err);
    if (result == 0) {
        write_addresses(page, addresses, count);
        if (!view->unrecorded)
            write_next(&page->terminal_writer, view->test, addresses, count);
    }
    arena_free(arena);
    return result;
}

static void
write_plan(struct history_page *page, const struct test_alert *test)
{
    buffer_append_byte(page->terminal_writer.target, '\n');
    history_page_heading(page, N_("WOULD BE MAILED"), test->target_count,
                         N_("for sample alerts, which everybody who sees "
                            "alerts sees"));
    for (size_t i = 0; i < test->target_count
                       && history_page_row(page, i, test->target_count);
         i++)
        write_target(page, &test->targets[i]);
    buffer_append_byte(page->terminal_writer.target, '\n');
    buffer_append_text(
        page->terminal_writer.target,
        terminal_writer_words(&page->terminal_writer,
                              "They are alerts like others: in the portal, "
                              "and in whatever is connected."));
    buffer_append_byte(page->terminal_writer.target, '\n');
}

int
test_alert_text_write(const struct test_alert_view *view,
                      struct buffer *target, struct error *err)
{
    const struct history_view shown = { .language = view->language,
                                        .colour = view->colour,
                                        .rows = view->rows };
    struct history_page page;
    int result = 0;

    history_page_begin(&page, &shown, target);
    terminal_writer_styled(
        &page.terminal_writer, TERMINAL_WRITER_STRONG,
        terminal_writer_words(&page.terminal_writer, "test of delivery"));
    buffer_printf(target, "   %s   %s   %s\n", view->test->id,
                  view->test->cloud, view->test->bundles);
    if (view->planned) {
        write_plan(&page, view->test);
    } else {
        for (enum test_alert_sample_outcome i = 0;
             i < TEST_ALERT_SAMPLE_OUTCOME_COUNT; i++)
            write_outcome(&page, view->test, i);
        result = write_raised(&page, view, err);
    }
    return history_page_end(&page, err) < 0 ? -1 : result;
}
