/* SPDX-License-Identifier: Apache-2.0 */
/* Which files are sent to who answers as the agent of Azure Arc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "identity/managed/arc_challenge.h"
#include "unit/unit.h"

#define FOLDER "/var/opt/azcmagent/tokens"

static void
test_paths(void **state)
{
    static const struct {
        const char *header;
        const char *path; /* NULL: refused */
    } headers[] = {
        { "Basic realm=" FOLDER "/a-b_c.1.key", FOLDER "/a-b_c.1.key" },
        { "Basic realm=\"" FOLDER "/a.key\"", FOLDER "/a.key" },
        { "basic  REALM=" FOLDER "/a.key ", FOLDER "/a.key" },
        { NULL, NULL },
        { "", NULL },
        { "Basic", NULL },
        { "Basic realm", NULL },
        { "Basic realm=", NULL },
        { "Basicrealm=" FOLDER "/a.key", NULL },
        { "Bearer realm=" FOLDER "/a.key", NULL },
        { "Basic realm=a.key", NULL },
        { "Basic realm=/etc/shadow", NULL },
        { "Basic realm=" FOLDER "/a.txt", NULL },
        { "Basic realm=" FOLDER "/a.key.txt", NULL },
        { "Basic realm=" FOLDER "/.key", NULL },
        { "Basic realm=" FOLDER "/", NULL },
        { "Basic realm=" FOLDER, NULL },
        { "Basic realm=" FOLDER "/../a.key", NULL },
        { "Basic realm=" FOLDER "/b/a.key", NULL },
        { "Basic realm=" FOLDER "//a.key", NULL },
        { "Basic realm=" FOLDER "s/a.key", NULL },
        { "Basic realm=" FOLDER "/a=b.key", NULL },
        { "Basic realm=" FOLDER "/a.key, realm=" FOLDER "/b.key", NULL },
        { "Basic realm=" FOLDER "/\x1b[2J.key", NULL },
    };

    (void) state;
    assert_string_equal(arc_challenge_folder, FOLDER);
    for (size_t i = 0; i < ARRAY_LENGTH(headers); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *path =
            arc_challenge_path(headers[i].header, arc_challenge_folder, &err);
        if (headers[i].path == NULL) {
            assert_null(path);
            assert_null(strchr(error_message(&err), '\x1b'));
            assert_non_null(err.advice);
            continue;
        }
        assert_non_null(path);
        assert_string_equal(path, headers[i].path);
    }
}

static void
test_long_path(void **state)
{
    AUTOBUFFER header = BUFFER_INIT(8 * ARC_CHALLENGE_PATH_CEILING);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    buffer_append_text(&header, "Basic realm=" FOLDER "/");
    while (header.length < 2 * ARC_CHALLENGE_PATH_CEILING)
        buffer_append_byte(&header, 'a');
    buffer_append_text(&header, ".key");
    assert_null(
        arc_challenge_path(buffer_text(&header), arc_challenge_folder, &err));
    assert_true(strlen(error_message(&err)) < ARC_CHALLENGE_PATH_CEILING);
}

static char folder[] = "/tmp/piket-arc.XXXXXX";
static char path[sizeof(folder) + sizeof("/a.key")];

static int
folder_make(void **state)
{
    (void) state;
    if (mkdtemp(folder) == NULL)
        return -1;
    (void) snprintf(path, sizeof(path), "%s/a.key", folder);
    return 0;
}

static int
folder_remove(void **state)
{
    (void) state;
    return rmdir(folder);
}

static int
answer(struct buffer *header, struct error *err)
{
    const int result = arc_challenge_answer(header, path, err);

    assert_int_equal(unlink(path), 0);
    return result;
}

static void
write_key(const char *bytes, size_t length)
{
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(file_replace(path, bytes, length, 0600, &err), 0);
}

static void
test_key(void **state)
{
    char large[ARC_CHALLENGE_KEY_CEILING + 1];
    const struct {
        const char *bytes;
        size_t length;
        int result;
    } keys[] = {
        { "s3cret key=", 11, 0 },
        { large, sizeof(large) - 1, 0 },
        { large, sizeof(large), -1 },
        { "", 0, -1 },
        { "  ", 2, -1 },
        { "a\nX-Other: b", 12, -1 },
        { "a\r", 2, -1 },
        { "a\0b", 3, -1 },
        { "\xc3\xa9", 2, -1 },
    };

    (void) state;
    memset(large, 'x', sizeof(large));
    for (size_t i = 0; i < ARRAY_LENGTH(keys); i++) {
        AUTOBUFFER header = BUFFER_SECRET_INIT(2 * ARC_CHALLENGE_KEY_CEILING);
        AUTOERROR err = ERROR_INIT;
        write_key(keys[i].bytes, keys[i].length);
        assert_int_equal(answer(&header, &err), keys[i].result);
        if (keys[i].result < 0) {
            assert_int_equal(header.length, 0);
            assert_non_null(strstr(error_message(&err), path));
            continue;
        }
        assert_int_equal(
            strncmp(buffer_text(&header), "Authorization: Basic ", 21), 0);
        assert_int_equal(header.length, 21 + keys[i].length);
        assert_memory_equal(header.data + 21, keys[i].bytes, keys[i].length);
    }
}

static void
test_no_plain_file(void **state)
{
    AUTOBUFFER header = BUFFER_SECRET_INIT(2 * ARC_CHALLENGE_KEY_CEILING);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(symlink("/etc/hostname", path), 0);
    assert_int_equal(answer(&header, &err), -1);
    /* Nobody writes into it, and nobody waits for that. */
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(answer(&header, &err), -1);
    assert_int_equal(arc_challenge_answer(&header, path, &err), -1);
    assert_int_equal(arc_challenge_answer(&header, folder, &err), -1);
    assert_int_equal(header.length, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_long_path),
        cmocka_unit_test(test_key),
        cmocka_unit_test(test_no_plain_file),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
