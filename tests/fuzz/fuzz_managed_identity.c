/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a source of a machine's tokens answers, with or without
 * one, and as the challenge of Azure Arc. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "identity/token/access_token.h"
#include "identity/managed/arc_challenge.h"
#include "identity/managed/managed_identity_answer.h"
#include "identity/managed/managed_identity_error.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { LINE_CEILING = 4096 };

/* What every token that was taken must be. */
static void
answer_check(const char *text, size_t length)
{
    const struct managed_identity_id id = {
        MANAGED_IDENTITY_CLIENT_ID, "c11e4715-0000-4000-8000-00000000abcd", "x"
    };
    const int64_t now = INT64_C(1800000000000);
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    if (managed_identity_answer_read(&arc_source, &id, text, length, now,
                                     &token, &err)
        < 0)
        return;
    if (!access_token_is_sane(token.value, strlen(token.value))
        || (token.refresh_at != 0 && token.refresh_at >= token.expires_at)
        || memmem(text, length, "client_id", 9) == NULL)
        abort();
    (void) managed_identity_answer_check_tenant(&token, id.value, &err);
    access_token_done(&token);
}

/* One line, without what acts on a terminal. */
static void
error_check(const char *text, size_t length)
{
    AUTOBUFFER line = BUFFER_INIT(LINE_CEILING);

    if (managed_identity_error_read(&line, text, length) < 0)
        abort();
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char) line.data[i] < ' ' || line.data[i] == 0x7f)
            abort();
}

/* Whatever is asked for, only the agent's own keys may be opened. */
static void
challenge_check(const char *header)
{
    const size_t folder = strlen(arc_challenge_folder);
    AUTOERROR err = ERROR_INIT;
    char *path = arc_challenge_path(header, arc_challenge_folder, &err);

    if (path != NULL
        && (strncmp(path, arc_challenge_folder, folder) != 0
            || strrchr(path, '/') != path + folder
            || strlen(path) < folder + strlen("/x.key")
            || strcmp(path + strlen(path) - 4, ".key") != 0))
        abort();
    free(path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *) bytes;
    char *header = strndup(text, length);

    if (header == NULL)
        return 0;
    answer_check(text, length);
    error_check(text, length);
    challenge_check(header);
    free(header);
    return 0;
}
