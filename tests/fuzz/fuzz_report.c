/* SPDX-License-Identifier: Apache-2.0 */
/* Any texts where others choose them in a run: names, addresses, roles, an
 * error, a tenant, a note; the first part is the name of a format, or chooses
 * one. The report is UTF-8 and holds nothing that acts on a terminal; JSON,
 * lines of JSON and CSV are read back;
 * and where only a name differs, which is there, the document has the same
 * lines and the same markup. */
#include <jansson.h>

#include "base/cleanup.h"
#include "control/value/csv.h"
#include "control/value/json_cursor.h"
#include "fuzz.h"
#include "report/view/report.h"

enum { TEXT_CEILING = 64 * 1024, TEXTS = 8 };

/* In the order of the input. */
enum text { NAME, EMAIL, PHONE, ROLE, CODE, MESSAGE, TENANT, NOTE };

static const char tenant_id[] = "7c0ffee0-0000-4000-8000-00000000abcd";

/* What a run holds is UTF-8. The caller frees it. */
static char *
read_text(struct fuzz_input *input)
{
    AUTOFREE char *text = fuzz_text(input);
    AUTOBUFFER repaired = BUFFER_INIT(TEXT_CEILING);

    fuzz_expect(text_repair_utf8(&repaired, text, strlen(text)) == 0);
    return strdup(buffer_text(&repaired));
}

static void
add_assessment(struct run *run, const char *id, const char *name,
               const struct contact_reading *reading)
{
    const struct subscription subscription = {
        .id = id, .name = name, .tenant_id = tenant_id, .state = "Enabled"
    };

    fuzz_expect(
        assessment_make(&subscription, reading, run->profile, run->arena,
                        &run->assessments[run->assessment_count++], NULL)
        == 0);
}

static struct run *
make_run(char *const *texts)
{
    static struct contact contact;
    static struct contact_error error;
    static const char *emails[1], *roles[1];
    static struct contact_reading readings[] = {
        { .kind = CONTACT_READING_DONE, .contact = &contact },
        { .kind = CONTACT_READING_FAILED, .error = &error },
        { .kind = CONTACT_READING_DONE },
    };
    const struct run_tenant tenant = { .id = tenant_id,
                                       .display_name = texts[TENANT],
                                       .credential = "AzureCliCredential",
                                       .identity = texts[NAME] };
    struct run *run = NULL;

    emails[0] = texts[EMAIL];
    roles[0] = texts[ROLE];
    contact = (struct contact){ .name = "default",
                                .enabled = CONTACT_ON,
                                .emails = emails,
                                .email_count = 1,
                                .phone = texts[PHONE],
                                .alerts = { CONTACT_LEVEL_HIGH, "High" },
                                .attack_paths = { CONTACT_LEVEL_OFF, NULL },
                                .roles_notified = CONTACT_ON,
                                .roles = roles,
                                .role_count = 1 };
    error = (struct contact_error){ 403, texts[CODE], texts[MESSAGE], NULL };
    fuzz_expect(
        run_new(&run, INT64_C(1795338847000), 1, profile_default(), NULL)
        == 0);
    run->cloud = "AzureCloud";
    run->complete = true;
    fuzz_expect(run_add_tenant(run, &tenant, NULL) == 0
                && run_add_note(run, texts[NOTE], NULL) == 0
                && run_add_error(run, texts[MESSAGE], NULL) == 0);
    run->assessments =
        arena_allocate_array(run->arena, 3, sizeof(*run->assessments));
    fuzz_expect(run->assessments != NULL);
    add_assessment(run, "5ca1ab1e-0000-4000-8000-000000000001", texts[NAME],
                   &readings[0]);
    add_assessment(run, "5ca1ab1e-0000-4000-8000-000000000002", texts[NAME],
                   &readings[1]);
    add_assessment(run, "5ca1ab1e-0000-4000-8000-000000000003", texts[NAME],
                   &readings[2]);
    run_sort(run);
    return run;
}

/* Line breaks of ours are the only thing that is not printable. */
static void
expect_printable(const struct buffer *document)
{
    const char *text = buffer_text(document);

    fuzz_expect(strlen(text) == document->length);
    while (*text != '\0') {
        AUTOFREE char *line = strndup(text, strcspn(text, "\n"));
        const size_t length = strlen(line);
        text += length + (text[length] == '\n' ? 1 : 0);
        if (length > 0 && line[length - 1] == '\r')
            line[length - 1] = '\0';
        fuzz_expect(fuzz_is_line(line));
    }
}

static void
expect_json(const char *bytes, size_t length)
{
    AUTOTREE *document =
        json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);

    fuzz_expect(document != NULL);
}

static void
expect_json_lines(const struct buffer *document)
{
    for (const char *line = buffer_text(document); *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        fuzz_expect(line[length] == '\n');
        expect_json(line, length);
        line += length + 1;
    }
}

/* As many fields in each row as in the first, and none is a formula. */
static void
expect_table(const struct buffer *document, size_t rows)
{
    AUTOCSV csv;
    size_t columns = 0, count = 0;
    bool row = true;

    csv_init(&csv, buffer_text(document), document->length, ',');
    while (csv_read(&csv, &row, NULL) == 0 && row) {
        columns = count++ == 0 ? csv.count : columns;
        fuzz_expect(csv.count == columns);
        for (size_t i = 0; i < csv.count; i++)
            fuzz_expect(*csv_field(&csv, i) == '\0'
                        || strchr("=+-@", *csv_field(&csv, i)) == NULL);
    }
    fuzz_expect(!row && count == rows + 1);
}

static size_t
count_of(const struct buffer *document, char letter)
{
    size_t count = 0;

    for (size_t i = 0; i < document->length; i++)
        count += document->data[i] == letter;
    return count;
}

static void
write_report(const struct report_format *format, const struct run *run,
             struct buffer *target)
{
    const struct report_view view = { .run = run, .all = true };
    AUTOERROR err = ERROR_INIT;

    fuzz_expect(format->write(&view, target, &err) == 0);
}

static bool
is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void
format_check(const struct report_format *format, const struct run *run,
             const struct run *plain)
{
    static const char *const documents[] = { "json", "sarif", "oscal", NULL };
    static const char *const lines[] = { "jsonl", "ocsf", NULL };
    static const char *const markup[] = { "html", "junit", NULL };
    AUTOBUFFER one = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER other = BUFFER_INIT(REPORT_CEILING);

    write_report(format, run, &one);
    expect_printable(&one);
    if (is_one_of(format->name, documents))
        expect_json(buffer_text(&one), one.length);
    else if (is_one_of(format->name, lines))
        expect_json_lines(&one);
    else if (strcmp(format->name, "csv") == 0)
        expect_table(&one, run->assessment_count);
    if (text_is_blank(run->assessments[0].subscription.name))
        return;
    write_report(format, plain, &other);
    fuzz_expect(count_of(&one, '\n') == count_of(&other, '\n'));
    if (is_one_of(format->name, markup))
        /* No tag comes to be without it; the script's data has the other. */
        fuzz_expect(count_of(&one, '<') == count_of(&other, '<'));
}

static const struct report_format *
choose_format(struct fuzz_input *input)
{
    AUTOFREE char *name = fuzz_text(input);
    const struct report_format *named = report_by_name(name);
    const unsigned char first = (unsigned char) name[0];

    return named != NULL ? named : &report_table[first % report_table_length];
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    const struct report_format *format = choose_format(&input);
    char plain_name[] = "Zorg-Prod-01";
    char *texts[TEXTS];

    for (size_t i = 0; i < TEXTS; i++)
        texts[i] = read_text(&input);
    struct run *run = make_run(texts);
    char *name = texts[NAME];
    texts[NAME] = plain_name;
    struct run *plain = make_run(texts);
    texts[NAME] = name;
    format_check(format, run, plain);
    run_free(plain);
    run_free(run);
    for (size_t i = 0; i < TEXTS; i++)
        free(texts[i]);
    return 0;
}
