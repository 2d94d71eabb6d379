/* SPDX-License-Identifier: Apache-2.0 */
/* Sign-ins that a person finishes on another device. */
#include "entra/device_codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/random.h"
#include "base/text.h"
#include "token/base64url.h"

enum { REMEMBERED = 256, CODE_BYTES = 33 };

struct device_codes {
    uint64_t interval;
    size_t next; /* to be overwritten */
    struct device_code codes[REMEMBERED];
};

struct device_codes *
device_codes_new(uint64_t interval)
{
    struct device_codes *codes = calloc(1, sizeof(*codes));

    if (codes != NULL)
        codes->interval = interval;
    return codes;
}

void
device_codes_free(struct device_codes *codes)
{
    free(codes);
}

uint64_t
device_codes_interval(const struct device_codes *codes)
{
    return codes->interval;
}

/* Letters that are not mistaken for one another. */
static void
user_code_make(char text[DEVICE_USER_CODE_SIZE])
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    for (size_t i = 0; i < DEVICE_USER_CODE_SIZE - 1; i++)
        text[i] = letters[random_below(strlen(letters))];
    text[DEVICE_USER_CODE_SIZE - 1] = '\0';
}

static void
code_make(char text[DEVICE_CODE_SIZE])
{
    struct buffer encoded = BUFFER_INIT(DEVICE_CODE_SIZE - 1);
    unsigned char bytes[CODE_BYTES];

    random_fill(bytes, sizeof(bytes));
    base64url_encode(&encoded, bytes, sizeof(bytes));
    snprintf(text, DEVICE_CODE_SIZE, "%s", buffer_text(&encoded));
    buffer_done(&encoded);
}

const struct device_code *
device_codes_issue(struct device_codes *codes, const struct tenant *tenant,
                   const char *client, int64_t now)
{
    struct device_code *code = &codes->codes[codes->next];

    codes->next = (codes->next + 1) % REMEMBERED;
    *code = (struct device_code){ .tenant = tenant,
                                  .ends = now + DEVICE_CODE_LIFETIME,
                                  .state = DEVICE_CODE_PENDING };
    snprintf(code->client, sizeof(code->client), "%s", client);
    code_make(code->code);
    user_code_make(code->user_code);
    return code;
}

struct device_code *
device_codes_find(struct device_codes *codes, const char *code)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (codes->codes[i].code[0] != '\0'
            && strcmp(codes->codes[i].code, code) == 0)
            return &codes->codes[i];
    return NULL;
}

struct device_code *
device_codes_find_user(struct device_codes *codes, const char *user_code)
{
    char plain[DEVICE_USER_CODE_SIZE] = "";
    size_t length = 0;

    for (; *user_code != '\0' && length < sizeof(plain) - 1; user_code++)
        if (*user_code != '-' && *user_code != ' ')
            plain[length++] = *user_code;
    for (size_t i = 0; i < REMEMBERED; i++)
        if (codes->codes[i].code[0] != '\0'
            && text_equal_ignoring_case(codes->codes[i].user_code, plain))
            return &codes->codes[i];
    return NULL;
}
