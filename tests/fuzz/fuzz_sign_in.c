/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what begins a sign-in on another device, and as a file of
 * sign-ins that were kept. What a person is shown is one word and an https
 * URL; a token fits into a header; and where the file can be read, another
 * sign-in kept in it comes back, beside those that were there, and goes
 * again. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "fuzz.h"
#include "identity/token/access_token.h"
#include "identity/entra/device_code.h"
#include "identity/entra/sign_in_file.h"

static void
code_check(const char *bytes, size_t length)
{
    struct device_code code;
    AUTOERROR err = ERROR_INIT;

    if (device_code_parse(bytes, length, &code, &err) < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    if (strncmp(code.url, "https://", 8) != 0
        || strpbrk(code.url, "\r\n\t \033") != NULL
        || strpbrk(code.user_code, "\r\n\t \033") != NULL || code.interval <= 0
        || code.remaining <= 0)
        abort();
    device_code_done(&code);
}

/* Below the folder in which the target runs. */
static const char folder[] = "sign_ins";
static const char path[] = "sign_ins/tokens.json";

static void
write_file(const char *bytes, size_t length)
{
    (void) mkdir(folder, 0700);
    AUTOCLOSE const int descriptor =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    fuzz_expect(descriptor >= 0
                && write(descriptor, bytes, length) == (ssize_t) length);
}

static char *
read_token(const struct sign_in_key *key)
{
    char *token = NULL;

    fuzz_expect(sign_in_file_read(path, key, &token, NULL) == 0);
    return token;
}

/* before is the token of the key in the file, or NULL. */
static void
keep_check(const char *bytes, size_t length, const struct sign_in_key *key,
           const char *before)
{
    static const struct sign_in_key other = { "https://login.example",
                                              "fabrikam.nl", "04b07795" };

    write_file(bytes, length);
    fuzz_expect(sign_in_file_write(path, &other, "0.kept", NULL) == 0);
    AUTOSECRET char *kept = read_token(&other);
    AUTOSECRET char *first = read_token(key);
    fuzz_expect(kept != NULL && strcmp(kept, "0.kept") == 0);
    fuzz_expect((first == NULL) == (before == NULL)
                && (first == NULL || strcmp(first, before) == 0));
    fuzz_expect(sign_in_file_write(path, &other, NULL, NULL) == 0);
    AUTOSECRET char *gone = read_token(&other);
    fuzz_expect(gone == NULL && unlink(path) == 0 && rmdir(folder) == 0);
}

static void
file_check(const char *bytes, size_t length)
{
    static const struct sign_in_key key = { "https://login.example",
                                            "contoso.nl", "c11e4715" };
    AUTOSECRET char *token = NULL;
    AUTOERROR err = ERROR_INIT;

    if (sign_in_file_parse(bytes, length, &key, &token, &err) < 0) {
        fuzz_expect(err.message != NULL);
        return;
    }
    fuzz_expect(token == NULL || access_token_is_sane(token, strlen(token)));
    keep_check(bytes, length, &key, token);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    code_check((const char *) bytes, length);
    file_check((const char *) bytes, length);
    return 0;
}
