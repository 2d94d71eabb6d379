/* SPDX-License-Identifier: Apache-2.0 */
/* Any text of a tool around secrets as tools write them: none of them is left,
 * and what holds none stays as it is. */
#include "identity/token/redaction.h"

#include "base/cleanup.h"
#include "fuzz.h"

enum { TEXT_CEILING = 256 * 1024 };

#define SECRET "5f3c-hunter2"

/* Each as a word of its own. */
static const char *const forms[] = {
    "client_secret=" SECRET,
    "\"accessToken\": \"" SECRET "\"",
    "\\\"refresh_token\\\":\\\"" SECRET "\\\"",
    "password='" SECRET "'",
    "client_assertion=" SECRET "&scope=x",
    "eyJhbGciOiJub25lIn0.e30." SECRET,
    "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB" SECRET,
};

static void
secret_check(const char *before, const char *form, const char *behind)
{
    AUTOBUFFER text = BUFFER_INIT(TEXT_CEILING);
    AUTOBUFFER shown = BUFFER_INIT(TEXT_CEILING);

    buffer_printf(&text, "%s %s %s", before, form, behind);
    fuzz_expect(redaction_append(&shown, buffer_text(&text), text.length)
                == 0);
    if (strstr(before, SECRET) == NULL && strstr(behind, SECRET) == NULL)
        fuzz_expect(strstr(buffer_text(&shown), SECRET) == NULL);
}

/* Words that are short and name nothing secret. */
static void
harmless_check(const char *text)
{
    AUTOBUFFER shown = BUFFER_INIT(TEXT_CEILING);

    if (strpbrk(text, "=:") != NULL || strstr(text, "eyJ") != NULL)
        return;
    for (const char *word = text; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        if (length > 30)
            return;
        word += length + (word[length] == ' ' ? 1 : 0);
    }
    fuzz_expect(redaction_append(&shown, text, strlen(text)) == 0
                && strcmp(buffer_text(&shown), text) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *before = fuzz_text(&input);
    AUTOFREE char *behind = fuzz_text(&input);
    AUTOBUFFER shown = BUFFER_INIT(8 * TEXT_CEILING);

    for (size_t i = 0; i < ARRAY_LENGTH(forms); i++)
        secret_check(before, forms[i], behind);
    harmless_check(before);
    /* As it comes, with NUL in it. */
    fuzz_expect(redaction_append(&shown, (const char *) bytes, length) == 0);
    return 0;
}
