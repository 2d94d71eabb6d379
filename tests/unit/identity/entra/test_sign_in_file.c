/* SPDX-License-Identifier: Apache-2.0 */
/* Sign-ins that are kept: one for each key, and none from a damaged file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/secret.h"
#include "identity/entra/sign_in_file.h"
#include "unit/unit.h"

static const struct sign_in_key key = { "https://login.example", "contoso.nl",
                                        "c11e4715" };
static char folder[64];
static char path[128];

static int
setup(void **state)
{
    (void) state;
    (void) snprintf(folder, sizeof(folder), "/tmp/piket-sign-in-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    (void) snprintf(path, sizeof(path), "%s/tokens.json", folder);
    return 0;
}

static int
teardown(void **state)
{
    (void) state;
    (void) unlink(path);
    return rmdir(folder);
}

static void
expect(const struct sign_in_key *wanted, const char *token)
{
    AUTOSECRET char *found = NULL;
    AUTOERROR err = ERROR_INIT;

    if (sign_in_file_read(path, wanted, &found, &err) < 0)
        fail_msg("%s", error_message(&err));
    if (token == NULL)
        assert_null(found);
    else
        assert_string_equal(found, token);
}

static void
test_keys(void **state)
{
    const struct sign_in_key others[] = {
        { "https://other.example", key.tenant, key.client },
        { key.authority, "fabrikam.nl", key.client },
        { key.authority, key.tenant, "c11e4716" },
    };
    const struct sign_in_key same = { "HTTPS://LOGIN.example", "Contoso.NL",
                                      "C11E4715" };

    (void) state;
    expect(&key, NULL);
    assert_int_equal(sign_in_file_write(path, &key, "T", NULL), 0);
    expect(&key, "T");
    expect(&same, "T");
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++) {
        expect(&others[i], NULL);
        assert_int_equal(sign_in_file_write(path, &others[i], "O", NULL), 0);
        expect(&key, "T");
    }
    assert_int_equal(sign_in_file_write(path, &same, "T2", NULL), 0);
    expect(&key, "T2");
    assert_int_equal(sign_in_file_write(path, &key, NULL, NULL), 0);
    expect(&key, NULL);
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        expect(&others[i], "O");
}

/* The oldest goes, and nothing grows without end. */
static void
test_ceiling(void **state)
{
    char tenant[32];

    (void) state;
    assert_int_equal(sign_in_file_write(path, &key, "T", NULL), 0);
    for (int i = 0; i < 64; i++) {
        (void) snprintf(tenant, sizeof(tenant), "tenant-%d", i);
        const struct sign_in_key other = { key.authority, tenant, key.client };
        assert_int_equal(sign_in_file_write(path, &other, "O", NULL), 0);
        expect(&other, "O");
        expect(&key, i < 63 ? "T" : NULL);
    }
}

static void
test_damaged(void **state)
{
    static const char good[] =
        "{\"version\":1,\"signIns\":[{\"authority\":\"https://login.example\","
        "\"tenant\":\"contoso.nl\",\"clientId\":\"c11e4715\","
        "\"refreshToken\":\"T\"}]}";
    struct stat before, after;

    (void) state;
    /* Every beginning of it but the whole. */
    for (size_t length = 0; length < strlen(good); length++) {
        AUTOSECRET char *token = NULL;
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(sign_in_file_parse(good, length, &key, &token, &err),
                         -1);
        assert_string_equal(err.advice, "remove it, and sign in again");
    }
    assert_int_equal(file_replace(path, good, strlen(good) - 1, 0600, NULL),
                     0);
    assert_int_equal(stat(path, &before), 0);
    AUTOERROR err = ERROR_INIT;
    assert_int_equal(sign_in_file_write(path, &key, "X", &err), -1);
    assert_non_null(strstr(error_message(&err), "is damaged"));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
}

static void
test_insane(void **state)
{
    static const char *const samples[] = {
        "{\"version\":1,\"signIns\":[{\"authority\":\"a\",\"tenant\":\"t\","
        "\"clientId\":\"c\",\"refreshToken\":\"T\\r\\nX\"}]}",
        "{\"version\":1,\"signIns\":[{\"authority\":\"a\",\"tenant\":\"t\","
        "\"clientId\":5,\"refreshToken\":\"T\"}]}",
        "{\"version\":1,\"version\":1,\"signIns\":[]}",
        "{\"version\":1,\"signIns\":[7]}",
        "{\"version\":1,\"signIns\":[]} x",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        AUTOSECRET char *token = NULL;
        assert_int_equal(sign_in_file_parse(samples[i], strlen(samples[i]),
                                            &key, &token, NULL),
                         -1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Each bit of the file: the same token for the same key, or a refusal. */
static void
test_bits(void **state)
{
    const struct sign_in_key other = { key.authority, "fabrikam.nl",
                                       key.client };
    AUTOBUFFER bytes = BUFFER_INIT(SIGN_IN_FILE_CEILING);
    size_t same = 0;

    (void) state;
    assert_int_equal(sign_in_file_write(path, &other, "Other", NULL), 0);
    assert_int_equal(sign_in_file_write(path, &key, "Token-1", NULL), 0);
    assert_int_equal(file_read(path, &bytes, NULL), 0);
    for (size_t i = 0; i < 8 * bytes.length; i++) {
        AUTOSECRET char *found = NULL;
        bytes.data[i / 8] ^= (char) (1 << i % 8);
        if (sign_in_file_parse(bytes.data, bytes.length, &key, &found, NULL)
            == 0) {
            assert_non_null(found);
            assert_string_equal(found, "Token-1");
            same++;
        }
        bytes.data[i / 8] ^= (char) (1 << i % 8);
    }
    print_message("%zu bits, of which %zu make no difference\n",
                  8 * bytes.length, same);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_keys),    TEST(test_bits),   TEST(test_ceiling),
        TEST(test_damaged), TEST(test_insane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
