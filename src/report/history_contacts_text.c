/* SPDX-License-Identifier: Apache-2.0 */
/* The mailboxes of an estate, for people. */
#include "base/text.h"
#include "report/history_page.h"

enum {
    EMAIL_WIDTH = 44, /* a longer address is cut */
    NAMES_SHOWN = 3,  /* subscriptions named beside an address */
};

static const char *
printable(struct pen *pen, const char *foreign)
{
    buffer_clear(&pen->scratch);
    if (text_append_printable(&pen->scratch, foreign) < 0)
        pen->failed = true;
    return buffer_text(&pen->scratch);
}

static void
write_address(struct history_page *page, const struct address *address)
{
    struct pen *pen = &page->pen;
    const size_t named =
        address->use_count < NAMES_SHOWN ? address->use_count : NAMES_SHOWN;

    buffer_append_text(pen->target, "  ");
    column_append(&pen->column, printable(pen, address->email), EMAIL_WIDTH,
                  EMAIL_WIDTH, pen->target);
    buffer_printf(pen->target, "  %6zu  ", address->use_count);
    for (size_t i = 0; i < named; i++) {
        const struct subscription *subject = &address->uses[i]->subscription;
        if (i > 0)
            buffer_append_text(pen->target, ", ");
        pen_foreign(pen, text_is_blank(subject->name) ? subject->id
                                                      : subject->name);
    }
    if (address->use_count > named)
        buffer_append_text(pen->target, ", ...");
    buffer_append_byte(pen->target, '\n');
}

static void
write_rest(struct history_page *page, const struct address_book *book)
{
    struct pen *pen = &page->pen;

    buffer_append_byte(pen->target, '\n');
    buffer_printf(
        pen->target,
        pen_words(pen, "of %zu subscriptions: only roles are mailed for "
                       "%zu, nobody for %zu, not known for %zu"),
        book->subscriptions, book->owners, book->nobody, book->unknown);
    buffer_append_byte(pen->target, '\n');
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
