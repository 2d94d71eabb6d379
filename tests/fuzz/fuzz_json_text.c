/* SPDX-License-Identifier: Apache-2.0 */
/* Any texts through json_writer: jansson reads back what was written, and
 * json_cursor finds it. Then any JSON as a document that has to be just so:
 * what is not is told in one line that names the place, and what is taken is
 * of its type. */
#include <jansson.h>

#include "base/cleanup.h"
#include "control/value/json_cursor.h"
#include "control/value/json_writer.h"
#include "fuzz.h"

enum { DOCUMENT_CEILING = 256 * 1024, ERROR_CEILING = 4096 };

static const char *const members[] = { "texts", "number", "flag", "none",
                                       NULL };

static char *
repair(const char *text)
{
    AUTOBUFFER repaired = BUFFER_INIT(DOCUMENT_CEILING);

    /* The mark is dropped at the beginning of a file, not of a text. */
    buffer_append_byte(&repaired, ' ');
    fuzz_expect(text_repair_utf8(&repaired, text, strlen(text)) == 0);
    return strdup(buffer_text(&repaired) + 1);
}

static void
write_document(struct buffer *target, const char *first, const char *second)
{
    struct json_writer writer = JSON_WRITER_INIT(target);

    json_writer_begin_object(&writer);
    json_writer_member(&writer, "texts");
    json_writer_begin_list(&writer);
    json_writer_text(&writer, first);
    json_writer_text(&writer, second);
    json_writer_end_list(&writer);
    json_writer_member(&writer, "number");
    json_writer_integer(&writer, (int64_t) strlen(first));
    json_writer_member(&writer, "flag");
    json_writer_boolean(&writer, *first != '\0');
    json_writer_member_text(&writer, "none", NULL);
    json_writer_end_object(&writer);
}

static void
round_trip(const char *first, const char *second, struct arena *arena)
{
    AUTOBUFFER text = BUFFER_INIT(DOCUMENT_CEILING);
    AUTOFREE char *repaired = repair(first);
    const char *const *texts = NULL;
    size_t count = 0;
    int64_t number = -1;

    write_document(&text, first, second);
    fuzz_expect(!buffer_failed(&text) && repaired != NULL);
    AUTOTREE *document = json_loadb(buffer_text(&text), text.length, 0, NULL);
    const struct json_cursor place = json_cursor_document("file", document);
    const struct json_cursor list = json_cursor_member(&place, "texts");
    const struct json_cursor length = json_cursor_member(&place, "number");
    fuzz_expect(json_cursor_object(&place, members, NULL) == 0);
    fuzz_expect(json_cursor_texts(&list, arena, &texts, &count, NULL) == 0
                && count == 2);
    /* What repair drops, a mark at the very beginning, stands here. */
    fuzz_expect(strcmp(texts[0], repaired) == 0
                || strncmp(first, "\xef\xbb\xbf", 3) == 0);
    fuzz_expect(json_cursor_integer(&length, INT64_MAX, &number, NULL) == 0
                && number == (int64_t) strlen(first));
}

/* Each returns -1 with an error, or 0 with none. */
static void
judge(int result, const struct error *err)
{
    fuzz_expect((result < 0) == (err->message != NULL));
    if (result == 0)
        return;
    fuzz_expect(fuzz_is_line(err->message)
                && strlen(err->message) < ERROR_CEILING
                && strncmp(err->message, "file: ", 6) == 0);
}

static void
place_check(const struct json_cursor *place, struct arena *arena)
{
    const char *const *texts = NULL;
    const char *text = NULL;
    size_t index = 0, count = 0;
    int64_t number = -1;
    bool flag = false;
    struct error errors[6] = { ERROR_INIT };

    judge(json_cursor_object(place, members, &errors[0]), &errors[0]);
    judge(json_cursor_texts(place, arena, &texts, &count, &errors[1]),
          &errors[1]);
    judge(json_cursor_text_or_null(place, arena, &text, &errors[2]),
          &errors[2]);
    judge(json_cursor_integer(place, 1000, &number, &errors[3]), &errors[3]);
    judge(json_cursor_boolean(place, &flag, &errors[4]), &errors[4]);
    judge(json_cursor_word(place, members, 4, &index, &errors[5]), &errors[5]);
    fuzz_expect(number <= 1000 && index < 4);
    for (size_t i = 0; i < ARRAY_LENGTH(errors); i++)
        error_done(&errors[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *first = fuzz_text(&input);
    AUTOFREE char *second = fuzz_text(&input);
    struct arena *arena = arena_new();
    AUTOTREE *value = json_loadb((const char *) bytes, length,
                                 JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    fuzz_expect(arena != NULL);
    round_trip(first, second, arena);
    if (value != NULL) {
        const struct json_cursor place = json_cursor_document("file", value);
        const struct json_cursor member = json_cursor_member(&place, "texts");
        const struct json_cursor item = json_cursor_item(&member, 1);
        place_check(&place, arena);
        place_check(&member, arena);
        place_check(&item, arena);
    }
    arena_free(arena);
    return 0;
}
