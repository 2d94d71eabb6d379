/* SPDX-License-Identifier: Apache-2.0 */
#include "control/file/backup_file.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct operation operation = {
    .id = "2026-11-22T09:14:07Z-3f9a",
    .kind = PLAN_REMEDIATION,
    .started_at = INT64_C(1795338847000),
    .cloud = "AzureCloud",
    .endpoint = "https://management.azure.com",
    .profile = "baseline-nl",
};

static const char text_image[] = "{\"value\":[]}";
static const char odd_image[] = "\xff\0{\"value\":[]}";

static const struct contact_snapshot images[] = {
    { CONTACT_VERSION_2023_12_01, text_image, sizeof(text_image) - 1 },
    { CONTACT_VERSION_2020_01_01, odd_image, sizeof(odd_image) - 1 },
};

static const struct change changes[] = {
    { .id = 7,
      .subscription = { .id = "00000000-0000-4000-8000-000000000001",
                        .name = "Zorg \"01\"\n",
                        .tenant_id = "7c0ffee0-0000-4000-8000-00000000abcd",
                        .state = "Enabled" },
      .action = PLAN_CREATE,
      .version = CONTACT_VERSION_2023_12_01,
      .before = &images[0],
      .body = "{\"properties\":{}}",
      .journalled_at = INT64_C(1795338848000) },
    { .id = 8,
      .subscription = { .id = "00000000-0000-4000-8000-000000000002",
                        .name = "",
                        .tenant_id = "",
                        .state = "Enabled" },
      .action = PLAN_DELETE,
      .version = CONTACT_VERSION_2020_01_01,
      .before = &images[1],
      .reverts = 3,
      .journalled_at = INT64_C(1795338849000) },
    { .id = 9,
      .subscription = { .id = "00000000-0000-4000-8000-000000000003",
                        .name = "New",
                        .tenant_id = "",
                        .state = "Enabled" },
      .action = PLAN_REGISTER,
      .version = CONTACT_VERSION_2023_12_01,
      .journalled_at = INT64_C(1795338850000) },
};

static void
write_sample(struct buffer *target)
{
    struct backup_chain chain = { .digest = "" };

    assert_int_equal(
        backup_file_write_operation(&operation, &chain, target, NULL), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(changes); i++)
        assert_int_equal(
            backup_file_write_change(&changes[i], &chain, target, NULL), 0);
    assert_int_equal(
        backup_file_write_end(ARRAY_LENGTH(changes), &chain, target, NULL), 0);
}

static int
read_text(const char *text, size_t length, struct arena *arena,
          struct backup_file *ret_file, struct error *err)
{
    return backup_file_read(text, length, "b.jsonl", arena, ret_file, err);
}

static void
reads_what_was_written(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    struct arena *arena = arena_new();
    struct backup_file file;

    (void) state;
    write_sample(&text);
    assert_int_equal(
        read_text(buffer_text(&text), text.length, arena, &file, NULL), 0);
    assert_false(file.cut_off);
    assert_true(file.ended);
    assert_string_equal(file.operation.id, operation.id);
    assert_string_equal(file.operation.endpoint, operation.endpoint);
    assert_null(file.operation.reverts);
    assert_int_equal(file.change_count, ARRAY_LENGTH(changes));
    for (size_t i = 0; i < file.change_count; i++) {
        const struct change *read = &file.changes[i];
        assert_int_equal(read->id, changes[i].id);
        assert_string_equal(read->operation, operation.id);
        assert_string_equal(read->subscription.id, changes[i].subscription.id);
        assert_string_equal(read->subscription.name,
                            changes[i].subscription.name);
        assert_int_equal(read->action, changes[i].action);
        assert_int_equal(read->version, changes[i].version);
        assert_int_equal(read->reverts, changes[i].reverts);
        assert_int_equal(read->result.outcome, CHANGE_PENDING);
        if (changes[i].before == NULL) {
            assert_null(read->before);
            continue;
        }
        assert_int_equal(read->before->length, changes[i].before->length);
        assert_memory_equal(read->before->bytes, changes[i].before->bytes,
                            read->before->length);
    }
    arena_free(arena);
}

/* A process that was killed in the middle of a line. */
static void
passes_over_a_line_that_is_not_whole(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    struct arena *arena = arena_new();
    struct backup_file file;

    (void) state;
    write_sample(&text);
    assert_int_equal(
        read_text(buffer_text(&text), text.length - 1, arena, &file, NULL), 0);
    assert_true(file.cut_off);
    assert_false(file.ended);
    assert_int_equal(file.change_count, ARRAY_LENGTH(changes));
    /* Whole lines at the end are missing, and half of one. */
    for (size_t left = ARRAY_LENGTH(changes); left-- > 0;) {
        const char *end = text.data;
        for (size_t i = 0; i <= left; i++)
            end = strchr(end, '\n') + 1;
        for (size_t part = 0; part <= 5; part += 5) {
            assert_int_equal(read_text(text.data,
                                       (size_t) (end - text.data) + part,
                                       arena, &file, NULL),
                             0);
            assert_int_equal(file.cut_off, part > 0);
            assert_false(file.ended);
            assert_int_equal(file.change_count, left);
        }
    }
    arena_free(arena);
}

static void
takes_nothing_behind_the_end(void **state)
{
    static const char *const more[] = { "{", "{}\n", "\n" };
    struct arena *arena = arena_new();

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(more); i++) {
        AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
        AUTOERROR err = ERROR_INIT;
        struct backup_file file;
        write_sample(&text);
        buffer_append_text(&text, more[i]);
        assert_int_equal(read_text(text.data, text.length, arena, &file, &err),
                         -1);
        assert_non_null(strstr(error_message(&err), "b.jsonl:6: something"));
    }
    arena_free(arena);
}

/* Each bit of it: what changes anything is refused, and so is a line that was
 * taken out. */
static void
refuses_a_bit_that_has_changed(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    AUTOBUFFER shorter = BUFFER_INIT(1024 * 1024);
    size_t same = 0;

    (void) state;
    write_sample(&text);
    for (size_t i = 0; i < 8 * text.length; i++) {
        struct arena *arena = arena_new();
        struct backup_file file;
        text.data[i / 8] ^= (char) (1 << i % 8);
        if (read_text(text.data, text.length, arena, &file, NULL) == 0) {
            AUTOBUFFER again = BUFFER_INIT(1024 * 1024);
            struct backup_chain chain = { .digest = "" };
            assert_false(file.cut_off);
            assert_false(file.unproved);
            (void) backup_file_write_operation(&file.operation, &chain, &again,
                                               NULL);
            for (size_t j = 0; j < file.change_count; j++)
                (void) backup_file_write_change(&file.changes[j], &chain,
                                                &again, NULL);
            if (file.ended)
                (void) backup_file_write_end(file.change_count, &chain, &again,
                                             NULL);
            text.data[i / 8] ^= (char) (1 << i % 8);
            assert_string_equal(buffer_text(&again), buffer_text(&text));
            same++;
        } else {
            text.data[i / 8] ^= (char) (1 << i % 8);
        }
        arena_free(arena);
    }
    print_message("%zu bits, of which %zu make no difference\n",
                  8 * text.length, same);
    const char *second = strchr(text.data, '\n') + 1;
    const char *third = strchr(second, '\n') + 1;
    buffer_append(&shorter, text.data, (size_t) (second - text.data));
    buffer_append_text(&shorter, third);
    struct arena *arena = arena_new();
    struct backup_file file;
    assert_int_equal(
        read_text(shorter.data, shorter.length, arena, &file, NULL), -1);
    arena_free(arena);
}

#define HEAD                                                              \
    "{\"kind\":\"piket backup\",\"schemaVersion\":1,\"operation\":\"o\"," \
    "\"does\":\"remediation\",\"startedAt\":1,\"cloud\":\"AzureCloud\","  \
    "\"endpoint\":\"https://a\",\"profile\":\"p\",\"reverts\":null}\n"

static void
says_which_line_cannot_be_used(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "", "b.jsonl: is not a backup of piket's: it has no whole line" },
        { "[]\n", "b.jsonl:1: " },
        { "nothing\n", "b.jsonl:1: is no line of a backup: " },
        { "{\"kind\":\"other\"}\n", "b.jsonl:1: kind: " },
        { "{\"kind\":\"piket backup\",\"schemaVersion\":3}\n",
          "b.jsonl:1: schemaVersion: is 3: this piket knows 2" },
        { HEAD "{\"change\":1}\n", "b.jsonl:2: " },
        { HEAD HEAD, "b.jsonl:2: " },
        { HEAD "{\"change\":1,\"change\":2}\n",
          "b.jsonl:2: is no line of a backup: " },
    };
    struct arena *arena = arena_new();

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct backup_file file;
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(read_text(cases[i].text, strlen(cases[i].text), arena,
                                   &file, &err),
                         -1);
        if (strncmp(error_message(&err), cases[i].message,
                    strlen(cases[i].message))
            != 0)
            fail_msg("'%s' instead of '%s'", error_message(&err),
                     cases[i].message);
    }
    arena_free(arena);
}

/* Without what was there, nothing could be brought back. */
static void
refuses_a_change_without_its_image(void **state)
{
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    AUTOERROR err = ERROR_INIT;
    struct arena *arena = arena_new();
    struct backup_chain chain = { .digest = "" };
    struct change change = changes[0];
    struct backup_file file;

    (void) state;
    change.before = NULL;
    assert_int_equal(
        backup_file_write_operation(&operation, &chain, &text, NULL), 0);
    assert_int_equal(backup_file_write_change(&change, &chain, &text, NULL),
                     0);
    assert_int_equal(
        read_text(buffer_text(&text), text.length, arena, &file, &err), -1);
    assert_non_null(strstr(error_message(&err), "before-image"));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_written),
        cmocka_unit_test(refuses_a_bit_that_has_changed),
        cmocka_unit_test(passes_over_a_line_that_is_not_whole),
        cmocka_unit_test(takes_nothing_behind_the_end),
        cmocka_unit_test(says_which_line_cannot_be_used),
        cmocka_unit_test(refuses_a_change_without_its_image),
    };

    return cmocka_run_group_tests_name("backup_file", tests, NULL, NULL);
}
