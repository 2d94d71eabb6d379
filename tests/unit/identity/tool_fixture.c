/* SPDX-License-Identifier: Apache-2.0 */
/* Tools made of scripts. */
#include "unit/identity/tool_fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "identity/tool/azure_cli_credential.h"
#include "unit/unit.h"

static bool no_pidfd; /* as on a kernel without it */

int
pidfd_open(pid_t process, unsigned int flags)
{
    if (no_pidfd) {
        errno = ENOSYS;
        return -1;
    }
    return (int) syscall(SYS_pidfd_open, process, flags);
}

char folder[] = "/tmp/piket-test-tool-XXXXXX";
const struct credential_type *tested;
struct loop *loop;
struct credential_context context;
struct credential *credential;
struct last_answer last;

const char *
in_folder(const char *name)
{
    static char path[256];

    assert_true(snprintf(path, sizeof(path), "%s/%s", folder, name)
                < (int) sizeof(path));
    return path;
}

void
tool_is(const char *program, const char *script)
{
    AUTOBUFFER text = BUFFER_INIT(4096);

    buffer_printf(&text, "#!/bin/sh\nDIR=%s\n%s\n", folder, script);
    assert_int_equal(
        file_replace(in_folder(program), text.data, text.length, 0755, NULL),
        0);
    assert_int_equal(chmod(in_folder(program), 0755), 0);
}

void
az_is(const char *script)
{
    tool_is("az", script);
}

const char *
written(const char *name)
{
    static char text[4096];
    FILE *stream = fopen(in_folder(name), "re");

    text[0] = '\0';
    if (stream == NULL)
        return text;
    const size_t length = fread(text, 1, sizeof(text) - 1, stream);
    text[length] = '\0';
    (void) fclose(stream);
    return text;
}

void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    assert_ptr_equal(data, &last);
    last.count++;
    last.outcome = outcome;
    if (outcome == CREDENTIAL_TOKEN) {
        last.token = *token;
        assert_null(err->message);
    } else {
        assert_null(token);
        error_move(&last.err, err);
    }
}

static void
forget(void)
{
    access_token_done(&last.token);
    error_done(&last.err);
    memset(&last, 0, sizeof(last));
}

void
ask(const char *claims)
{
    forget();
    if (credential == NULL)
        assert_int_equal(tested->create(&credential, &context, NULL), 0);
    tested->request(credential, claims, on_answer, &last);
    assert_int_equal(loop_run(loop, NULL), 0);
    assert_int_equal(last.count, 1);
}

void
expect_token(const char *value, int64_t expires_at)
{
    if (last.outcome != CREDENTIAL_TOKEN)
        fail_msg("%s", error_message(&last.err));
    assert_string_equal(last.token.value, value);
    assert_int_equal(last.token.expires_at, expires_at);
}

void
expect_failure(enum credential_outcome outcome, const char *message,
               const char *advice)
{
    assert_int_equal(last.outcome, outcome);
    assert_string_equal(error_message(&last.err), message);
    if (advice != NULL)
        assert_string_equal(last.err.advice, advice);
}

bool
runs(const char *name)
{
    const long process = strtol(written(name), NULL, 10);
    char path[64], text[512];

    assert_true(process > 1);
    (void) snprintf(path, sizeof(path), "/proc/%ld/stat", process);
    FILE *stream = fopen(path, "re");
    if (stream == NULL)
        return false;
    const size_t length = fread(text, 1, sizeof(text) - 1, stream);
    text[length] = '\0';
    (void) fclose(stream);
    const char *state = strrchr(text, ')');
    return state != NULL && state[2] != 'Z' && state[2] != 'X';
}

/* SIGKILL is on its way; the kernel takes a moment. */
void
expect_dead(const char *name)
{
    const struct timespec moment = { 0, 10 * 1000 * 1000 };

    for (int i = 0; i < 500 && runs(name); i++)
        (void) nanosleep(&moment, NULL);
    assert_false(runs(name));
}

static void
files_remove(void)
{
    static const char *const names[] = { "az",    "azd",   "pwsh",
                                         "args",  "place", "leader",
                                         "child", "files", "guard" };

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        (void) unlink(in_folder(names[i]));
}

int
setup(void **state)
{
    char path[256];

    (void) state;
    files_remove();
    (void) snprintf(path, sizeof(path), "%s:/usr/bin:/bin", folder);
    (void) setenv("PATH", path, 1);
    no_pidfd = false;
    tested = &azure_cli_credential;
    context = (struct credential_context){
        .audience = AUDIENCE,
        .tool_timeout = 60 * 1000,
    };
    assert_int_equal(loop_new(&loop, NULL), 0);
    context.loop = loop;
    return 0;
}

int
setup_without_pidfd(void **state)
{
    const int result = setup(state);

    no_pidfd = true;
    return result;
}

int
teardown(void **state)
{
    (void) state;
    forget();
    tested->free(credential);
    credential = NULL;
    loop_free(loop);
    return 0;
}

int
folder_make(void **state)
{
    (void) state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

int
folder_remove(void **state)
{
    (void) state;
    files_remove();
    return rmdir(folder);
}
