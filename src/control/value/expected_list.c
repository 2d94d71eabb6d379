/* SPDX-License-Identifier: Apache-2.0 */
/* A user's list of the subscriptions that there should be. */
#include "control/value/expected_list.h"

#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/value/csv.h"

enum {
    NO_COLUMN = CSV_FIELDS_CEILING, /* whose field is always empty */
    SHOWN_LENGTH = 60,              /* of what an error quotes */
};

/* The columns' names, best first, without blanks, _ and -. */
static const char *const id_columns[] = { "subscriptionid", "id" };
static const char *const name_columns[] = { "subscriptionname", "displayname",
                                            "name", "subscription" };

/* A list that is being read. */
struct reading {
    const char *file;
    struct csv csv;
    size_t id_column, name_column;
};

/* The bytes as valid UTF-8. */
static int
repair(const char *bytes, size_t length, const char *file,
       struct buffer *ret_text, struct error *err)
{
    if (memchr(bytes, '\0', length) != NULL) {
        error_set(err, "%s: holds NUL bytes, which no list of ids has", file);
        return error_advise(err, "save it as UTF-8: it may be UTF-16, or a "
                                 "spreadsheet's own format");
    }
    if (text_repair_utf8(ret_text, bytes, length) < 0)
        return error_set_memory(err);
    /* Excel's own first line, which names the separator, as a comment. */
    if (ret_text->length >= strlen("sep=;") + 1
        && text_starts_with_ignoring_case(ret_text->data, "sep=")
        && strchr("\r\n", ret_text->data[strlen("sep=;")]) != NULL)
        ret_text->data[0] = '#';
    return 0;
}

/* Ends a list's line of ids where its comment begins. */
static size_t
without_comment(const char *field)
{
    return strcspn(field, "#");
}

/* The UUID in a field, NULL where it is anything else. */
static const char *
find_id(const char *field)
{
    static const char prefix[] = "/subscriptions/";

    if (text_starts_with_ignoring_case(field, prefix))
        field += sizeof(prefix) - 1;
    return text_is_uuid(field) ? field : NULL;
}

/* Whether a column's heading is this word, give or take its blanks. */
static bool
is_column(const char *heading, const char *word)
{
    char squeezed[32];
    size_t length = 0;

    for (; *heading != '\0'; heading++) {
        if (*heading == ' ' || *heading == '_' || *heading == '-')
            continue;
        if (length == sizeof(squeezed) - 1)
            return false;
        squeezed[length++] = *heading;
    }
    squeezed[length] = '\0';
    return text_equal_ignoring_case(squeezed, word);
}

static size_t
find_column(struct csv *csv, const char *const *words, size_t count)
{
    for (size_t word = 0; word < count; word++)
        for (size_t i = 0; i < csv->count; i++)
            if (is_column(csv_field(csv, i), words[word]))
                return i;
    return NO_COLUMN;
}

/* What the line says, short enough for an error. */
static int
refuse(const struct reading *reading, const char *what, const char *field,
       struct error *err)
{
    AUTOBUFFER shown = BUFFER_INIT(16 * 1024);

    text_append_printable(&shown, field);
    const char *text = buffer_text(&shown);
    size_t length = shown.length;
    if (length > SHOWN_LENGTH)
        /* Not within a character. */
        for (length = SHOWN_LENGTH; (text[length] & 0xc0) == 0x80;)
            length--;
    return error_set(err, "%s:%zu: '%.*s%s' %s", reading->file,
                     reading->csv.record_line, (int) length, text,
                     length < shown.length ? "..." : "", what);
}

/* An error of csv_read begins with the line. */
static int
name_file(const struct reading *reading, struct error *err)
{
    AUTOERROR inner = ERROR_INIT;

    error_move(&inner, err);
    return error_set(err, "%s:%s", reading->file, error_message(&inner));
}

/* Reads the header with each separator in turn. Where none gives a column of
 * ids, the text is a list of ids, or none at all. */
static void
find_columns(struct reading *reading, const struct buffer *text)
{
    static const char separators[] = { ',', ';', '\t' };

    for (size_t i = 0; i < sizeof(separators); i++) {
        AUTOERROR unusable = ERROR_INIT;
        bool read;
        csv_done(&reading->csv);
        csv_init(&reading->csv, buffer_text(text), text->length,
                 separators[i]);
        if (csv_read(&reading->csv, &read, &unusable) < 0 || !read)
            continue;
        reading->id_column =
            find_column(&reading->csv, id_columns, ARRAY_LENGTH(id_columns));
        reading->name_column = find_column(&reading->csv, name_columns,
                                           ARRAY_LENGTH(name_columns));
        if (reading->id_column != NO_COLUMN)
            return;
    }
    csv_done(&reading->csv);
    csv_init(&reading->csv, buffer_text(text), text->length, '\0');
    reading->id_column = 0;
    reading->name_column = NO_COLUMN;
}

/* As spreadsheets leave them below a table: nothing but separators. */
static bool
is_empty(struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++)
        if (*csv_field(csv, i) != '\0')
            return false;
    return true;
}

static int
take_record(struct reading *reading, const struct subscription_entry *common,
            struct subscription_set *set, struct error *err)
{
    AUTOBUFFER field = BUFFER_INIT(CSV_RECORD_CEILING);
    const char *text = csv_field(&reading->csv, reading->id_column);
    const bool plain = reading->csv.separator == '\0';
    size_t length = plain ? without_comment(text) : strlen(text);

    text_trim(&text, &length);
    if (buffer_append(&field, text, length) < 0)
        return error_set_memory(err);
    struct subscription_entry entry = *common;
    entry.id = find_id(buffer_text(&field));
    entry.name = csv_field(&reading->csv, reading->name_column);
    if (entry.id != NULL)
        return subscription_set_add(set, &entry, err);
    refuse(reading, "is not the id of a subscription", buffer_text(&field),
           err);
    if (plain)
        error_advise(err, "give ids, one a line, or a header with a column "
                          "'subscriptionId'");
    return -1;
}

int
expected_list_parse(const char *bytes, size_t length, const char *file,
                    const struct subscription_entry *common,
                    struct subscription_set *set, struct error *err)
{
    /* Each byte that is not UTF-8 becomes three. */
    AUTOBUFFER text = BUFFER_INIT(3 * EXPECTED_LIST_BYTES_CEILING);
    struct reading reading = { .file = file };
    const size_t before = set->count;
    bool read = true;
    int result = -1;

    csv_init(&reading.csv, "", 0, '\0');
    if (repair(bytes, length, file, &text, err) < 0)
        goto done;
    find_columns(&reading, &text);
    for (;;) {
        if (csv_read(&reading.csv, &read, err) < 0) {
            name_file(&reading, err);
            goto done;
        }
        if (!read)
            break;
        if (!is_empty(&reading.csv)
            && take_record(&reading, common, set, err) < 0)
            goto done;
    }
    result = 0;
    if (set->count == before)
        result = error_set(err, "%s: names no subscription", file);
done:
    csv_done(&reading.csv);
    return result;
}
