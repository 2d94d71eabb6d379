/* SPDX-License-Identifier: Apache-2.0 */
/* The token of another issuer. */
#include "identity/federated/federated_token.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/access_token.h"

/* Subjects of GitHub name a repository and a branch: some 300 letters. */
enum { CLAIM_CEILING = 1024 };

char *
federated_token_copy(const char *bytes, size_t length, struct error *err)
{
    text_trim(&bytes, &length);
    if (length == 0) {
        error_set(err, "it is empty");
        return NULL;
    }
    if (!access_token_is_sane(bytes, length)) {
        error_set(err, "it is too long, or holds characters that a token may "
                       "not have");
        return NULL;
    }
    AUTOSECRET char *copy = secret_copy_part(bytes, length);
    if (copy == NULL) {
        error_set_memory(err);
        return NULL;
    }
    json_auto_t *claims = access_token_claims(copy);
    if (!json_is_object(claims)) {
        error_set(err, "it is no JWT");
        return NULL;
    }
    return take_pointer(copy);
}

/* The audience may be a list (RFC 7519, 4.1.3); the first is what counts. */
static const char *
claim_text(const json_t *claims, const char *name)
{
    const json_t *value = json_object_get(claims, name);

    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_string_value(value);
}

static void
claim_append(struct buffer *target, const char *label, const char *text)
{
    AUTOBUFFER shown = BUFFER_INIT(4 * CLAIM_CEILING);

    if (text != NULL && strlen(text) <= CLAIM_CEILING)
        (void) text_append_printable(&shown, text);
    buffer_printf(target, "%s%s '%s'", target->length > 0 ? ", " : "", label,
                  buffer_text(&shown));
}

int
federated_token_describe(struct buffer *target, const char *token)
{
    json_auto_t *claims = access_token_claims(token);

    claim_append(target, "issuer", claim_text(claims, "iss"));
    claim_append(target, "subject", claim_text(claims, "sub"));
    claim_append(target, "audience", claim_text(claims, "aud"));
    return buffer_failed(target) ? -1 : 0;
}
