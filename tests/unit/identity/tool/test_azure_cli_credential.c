/* SPDX-License-Identifier: Apache-2.0 */
/* The Azure CLI: what it is asked, and what comes of what it says. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "identity/tool/azure_cli_credential.h"
#include "unit/identity/tool_fixture.h"
#include "unit/unit.h"

static void
test_missing(void **state)
{
    (void) state;
    (void) setenv("PATH", folder, 1);
    ask(NULL);
    expect_failure(CREDENTIAL_UNAVAILABLE, "Azure CLI not found on the PATH",
                   NULL);

    /* Not what lies in the working directory, nor a folder, nor a file that
     * may not be run. */
    az_is("echo '" TOKEN_JSON "'");
    assert_int_equal(chdir(folder), 0);
    static const char *const relative[] = { ".::bin:", "bin:", ":bin", "" };
    for (size_t i = 0; i < ARRAY_LENGTH(relative); i++) {
        (void) setenv("PATH", relative[i], 1);
        ask(NULL);
        expect_failure(CREDENTIAL_FAILED,
                       "az is not run: only a relative entry of PATH has it "
                       "(./az)",
                       "write the whole path of its folder into PATH");
    }
    assert_int_equal(chdir("/"), 0);
    (void) setenv("PATH", folder, 1);
    assert_int_equal(chmod(in_folder("az"), 0644), 0);
    ask(NULL);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    (void) unlink(in_folder("az"));
    assert_int_equal(mkdir(in_folder("az"), 0755), 0);
    ask(NULL);
    assert_int_equal(rmdir(in_folder("az")), 0);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
}

static void
test_interpreter_missing(void **state)
{
    static const char script[] = "#!/no/such/python\n";
    const char *preloaded = getenv("LD_PRELOAD");

    (void) state;
    /* Valgrind ends a child whose exec fails. */
    if (preloaded != NULL && strstr(preloaded, "vgpreload") != NULL)
        skip();
    assert_int_equal(
        file_replace(in_folder("az"), script, strlen(script), 0755, NULL), 0);
    assert_int_equal(chmod(in_folder("az"), 0755), 0);
    ask(NULL);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    assert_non_null(strstr(error_message(&last.err), "start "));
}

static void
test_not_found_by_script(void **state)
{
    (void) state;
    az_is("exec no-such-python-at-all");
    ask(NULL);
    expect_failure(CREDENTIAL_UNAVAILABLE, "Azure CLI not found on the PATH",
                   NULL);
}

/* What az finds: arguments, directory, files, a group of its own. */
static void
test_surroundings(void **state)
{
    AUTOCLOSE int leak = open("/dev/null", O_RDONLY); /* not close-on-exec */

    (void) state;
    (void) setenv("AZURE_CONFIG_DIR", "kept", 1);
    (void) setenv("AZURE_CLIENT_SECRET", "dropped", 1);
    assert_int_equal(chdir(folder), 0);
    az_is("for one in \"$@\"; do echo \"$one\"; done >$DIR/args\n"
          "{ pwd; echo $AZURE_CONFIG_DIR$AZURE_CLIENT_SECRET; readlink "
          "/proc/$$/fd/0;\n"
          "cut -d' ' -f5 /proc/$$/stat >$DIR/leader; } >$DIR/place\n"
          "ls /proc/$$/fd >$DIR/files\n"
          "echo '" TOKEN_JSON "'");
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
    assert_string_equal(
        written("args"),
        "account\nget-access-token\n-o\njson\n--resource\n" AUDIENCE "\n");
    assert_string_equal(written("place"), "/\nkept\n/dev/null\n");
    const long group = strtol(written("leader"), NULL, 10);
    assert_true(group > 1);
    assert_int_not_equal(group, getpgrp());
    /* 0, 1, 2, and what the shell reads its script from. */
    assert_null(strstr(written("files"), "\n3\n"));
    assert_true(leak >= 0);

    context.tenant = "contoso.nl";
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
    assert_string_equal(
        written("args"),
        "account\nget-access-token\n-o\njson\n--resource\n" AUDIENCE
        "\n--tenant\ncontoso.nl\n");
}

static void
test_hostile_tenant(void **state)
{
    (void) state;
    az_is("touch $DIR/args; echo '" TOKEN_JSON "'");
    context.tenant = "--debug";
    ask(NULL);
    expect_failure(CREDENTIAL_FAILED,
                   "'--debug' is not a tenant: an id or a domain is needed",
                   NULL);
    assert_int_equal(access(in_folder("args"), F_OK), -1);
}

static void
test_answers(void **state)
{
    static const struct {
        const char *script;
        int64_t expires_at;
    } answers[] = {
        { "echo '" TOKEN_JSON "'", INT64_C(4102444800000) },
        { "echo '{\"accessToken\":\"T\",\"expires_on\":\"4102444800\"}'",
          INT64_C(4102444800000) },
        { "echo '{\"accessToken\":\"T\","
          "\"expiresOn\":\"2100-01-01 01:00:00.000000\"}'",
          INT64_C(4102444800000) },
        { "echo 'A new version {2.99} is there'; echo 'WARNING' >&2\n"
          "echo '" TOKEN_JSON "'; echo 'Bye'",
          INT64_C(4102444800000) },
        { "dd if=/dev/zero bs=1024 count=300 2>/dev/null >&2\n"
          "echo '" TOKEN_JSON "'",
          INT64_C(4102444800000) },
        { "printf '{\"accessToken\":'; sleep 0.1\n"
          "echo '\"T\",\"expires_on\":4102444800}'",
          INT64_C(4102444800000) },
    };

    (void) state;
    (void) setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++) {
        az_is(answers[i].script);
        ask(NULL);
        expect_token("T", answers[i].expires_at);
    }
}

static void
test_failures(void **state)
{
    static const struct {
        const char *script, *message, *advice;
    } failures[] = {
        { "echo 'WARNING: x' >&2\n"
          "echo \"ERROR: Please run 'az login' to setup account.\" >&2\n"
          "exit 1",
          "Azure CLI is not signed in: Please run 'az login' to setup "
          "account.",
          "run az login" },
        { "echo 'ERROR: first' >&2; echo 'ERROR: The thing broke' >&2\n"
          "echo 'To learn more, see the web' >&2; exit 1",
          "az account get-access-token: The thing broke",
          "see what az account get-access-token says" },
        { "printf 'Traceback:\\n  File x\\nKeyError: 5\\n' >&2; exit 1",
          "az account get-access-token: KeyError: 5", NULL },
        { "printf 'ERROR: \\033[2Jhello\\n' >&2; exit 3",
          "az account get-access-token: \xef\xbf\xbd[2Jhello", NULL },
        { "echo 'ERROR: bad token=SECRET in eyJSECRET.SECRET' >&2; exit 1",
          "az account get-access-token: bad token=REDACTED in REDACTED",
          NULL },
        { "exit 7", "az account get-access-token ended with status 7", NULL },
        { "kill -9 $$", "az account get-access-token ended with status 137",
          NULL },
        { ":", "az account get-access-token: the answer holds no accessToken",
          "see what az account get-access-token prints" },
        { "echo SECRET",
          "az account get-access-token: the answer holds no accessToken",
          NULL },
        { "echo '{\"accessToken\":\"SECRET\"}'",
          "az account get-access-token: the answer does not say when its "
          "token ends",
          NULL },
        { "yes SECRET", "az printed more than 262144 bytes", NULL },
        { "yes SECRET >&2", "az complained more than 4194304 bytes",
          "see what az account get-access-token says" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(failures); i++) {
        az_is(failures[i].script);
        ask(NULL);
        expect_failure(CREDENTIAL_FAILED, failures[i].message,
                       failures[i].advice);
    }
}

/* Half a token is not known as one. */
static void
test_token_across_the_cut(void **state)
{
    (void) state;
    az_is("{ printf 'ERROR: '; yes x | head -n 198 | tr '\\n' ' '\n"
          "echo eyJSECRETSECRET; } >&2; exit 1");
    ask(NULL);
    assert_non_null(strstr(error_message(&last.err), "x x REDA"));
    assert_null(strstr(error_message(&last.err), "eyJ"));
}

static void
test_login_of_tenant(void **state)
{
    (void) state;
    context.tenant = "contoso.nl";
    az_is("echo 'Run az login' >&2; exit 1");
    ask(NULL);
    assert_string_equal(last.err.advice, "run az login --tenant contoso.nl");
}

/* az cannot pass claims on: a person must sign in with them. */
static void
test_claims(void **state)
{
    (void) state;
    az_is("touch $DIR/args; echo '" TOKEN_JSON "'");
    ask("{\"a\":1}");
    expect_failure(CREDENTIAL_FAILED,
                   "the tenant asks for another sign-in (claims challenge)",
                   "run az login --claims-challenge eyJhIjoxfQ==");
    assert_int_equal(access(in_folder("args"), F_OK), -1);
}

static void
test_timeout(void **state)
{
    (void) state;
    context.tool_timeout = 1000;
    az_is("sleep 1000 & echo $! >$DIR/child\necho $$ >$DIR/leader\nwait");
    ask(NULL);
    expect_failure(CREDENTIAL_FAILED, "az gave no token within 1 seconds",
                   NULL);
    expect_dead("leader");
    expect_dead("child");

    /* And the next request is a new one. */
    context.tool_timeout = 60 * 1000;
    az_is("echo '" TOKEN_JSON "'");
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
}

/* Both outputs are closed, and az runs on. */
static void
test_silent_timeout(void **state)
{
    (void) state;
    context.tool_timeout = 1000;
    az_is("echo $$ >$DIR/leader; exec sleep 1000 >&- 2>&-");
    ask(NULL);
    expect_failure(CREDENTIAL_FAILED, "az gave no token within 1 seconds",
                   NULL);
    expect_dead("leader");
}

/* A process that az leaves behind holds its outputs open: its end is seen
 * all the same, and that process does not outlive it. */
static void
test_output_held_open(void **state)
{
    (void) state;
    az_is("sleep 1000 & echo $! >$DIR/child\necho '" TOKEN_JSON "'");
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
    expect_dead("child");
}

/* The same where it holds nothing open. */
static void
test_left_behind(void **state)
{
    (void) state;
    az_is("sleep 1000 >/dev/null 2>&1 & echo $! >$DIR/child\n"
          "echo '" TOKEN_JSON "'");
    ask(NULL);
    expect_token("T", INT64_C(4102444800000));
    expect_dead("child");
}

static void
stop_later(void *data)
{
    struct loop_timer **timer = data;

    *timer = NULL;
    if (*written("leader") == '\0') {
        *timer = loop_timer_start(loop, 10, stop_later, timer);
        return;
    }
    loop_stop(loop);
}

static void
test_freed_under_way(void **state)
{
    (void) state;
    az_is("sleep 1000 & echo $! >$DIR/child\n"
          "echo $$ >$DIR/next; mv $DIR/next $DIR/leader\nwait");
    assert_int_equal(azure_cli_credential.create(&credential, &context, NULL),
                     0);
    azure_cli_credential.request(credential, NULL, on_answer, &last);
    struct loop_timer *timer = NULL;
    timer = loop_timer_start(loop, 10, stop_later, &timer);
    assert_int_equal(loop_run(loop, NULL), 0);
    azure_cli_credential.free(credential);
    credential = NULL;
    assert_int_equal(last.count, 0);
    expect_dead("leader");
    expect_dead("child");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define TEST_WITHOUT_PIDFD(name_)                                           \
    {                                                                       \
#name_ "_without_pidfd", name_, setup_without_pidfd, teardown, NULL \
    }

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_missing),
        TEST(test_interpreter_missing),
        TEST(test_not_found_by_script),
        TEST(test_surroundings),
        TEST(test_hostile_tenant),
        TEST(test_answers),
        TEST(test_failures),
        TEST(test_token_across_the_cut),
        TEST(test_login_of_tenant),
        TEST(test_claims),
        TEST(test_timeout),
        TEST(test_silent_timeout),
        TEST(test_output_held_open),
        TEST(test_left_behind),
        TEST(test_freed_under_way),
        TEST_WITHOUT_PIDFD(test_answers),
        TEST_WITHOUT_PIDFD(test_timeout),
        TEST_WITHOUT_PIDFD(test_output_held_open),
        TEST_WITHOUT_PIDFD(test_left_behind),
        TEST_WITHOUT_PIDFD(test_freed_under_way),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
