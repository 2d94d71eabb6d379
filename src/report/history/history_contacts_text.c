/* SPDX-License-Identifier: Apache-2.0 */
/* The mailboxes of an estate, for people. */
#include "base/text.h"
#include "report/history/history_page.h"

enum {
    EMAIL_WIDTH = 44, /* a longer address is cut */
    NAMES_SHOWN = 3,  /* subscriptions named beside an address */
};

static const char *
printable(struct terminal_writer *terminal_writer, const char *foreign)
{
    buffer_clear(&terminal_writer->scratch);
    if (text_append_printable(&terminal_writer->scratch, foreign) < 0)
        terminal_writer->failed = true;
    return buffer_text(&terminal_writer->scratch);
}

static void
write_address(struct history_page *page, const struct address *address)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const size_t named =
        address->use_count < NAMES_SHOWN ? address->use_count : NAMES_SHOWN;

    buffer_append_text(terminal_writer->target, "  ");
    column_append(&terminal_writer->column,
                  printable(terminal_writer, address->email), EMAIL_WIDTH,
                  EMAIL_WIDTH, terminal_writer->target);
    buffer_printf(terminal_writer->target, "  %6zu  ", address->use_count);
    for (size_t i = 0; i < named; i++) {
        const struct subscription *subject = &address->uses[i]->subscription;
        if (i > 0)
            buffer_append_text(terminal_writer->target, ", ");
        terminal_writer_foreign(terminal_writer, text_is_blank(subject->name)
                                                     ? subject->id
                                                     : subject->name);
    }
    if (address->use_count > named)
        buffer_append_text(terminal_writer->target, ", ...");
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_rest(struct history_page *page, const struct address_book *book)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_append_byte(terminal_writer->target, '\n');
    buffer_printf(
        terminal_writer->target,
        terminal_writer_words(
            terminal_writer, "of %zu subscriptions: only roles are mailed for "
                             "%zu, nobody for %zu, not known for %zu"),
        book->subscriptions, book->owners, book->nobody, book->unknown);
    buffer_append_byte(terminal_writer->target, '\n');
}

int
history_contacts_text_write(const struct address_book *book,
                            const struct history_view *view,
                            struct buffer *target, struct error *err)
{
    struct history_page page;

    history_page_begin(&page, view, target);
    history_page_heading(&page, N_("ADDRESSES"), book->count,
                         N_("and for how many subscriptions each is mailed"));
    for (size_t i = 0;
         i < book->count && history_page_row(&page, i, book->count); i++)
        write_address(&page, &book->addresses[i]);
    write_rest(&page, book);
    return history_page_end(&page, err);
}
