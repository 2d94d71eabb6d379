/* SPDX-License-Identifier: Apache-2.0 */
/* Trust by subject name and issuer. */
#include "entra/certificate_chain.h"

#include <string.h>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "token/base64url.h"

enum { CERTIFICATE_MAXIMUM = 64 * 1024, NAME_MAXIMUM = 256 };

static void
certificate_clear(X509 **certificate)
{
    X509_free(*certificate);
}

static void
certificates_clear(STACK_OF(X509) * *certificates)
{
    sk_X509_pop_free(*certificates, X509_free);
}

static void
store_clear(X509_STORE **store)
{
    X509_STORE_free(*store);
}

static void
context_clear(X509_STORE_CTX **context)
{
    X509_STORE_CTX_free(*context);
}

static void
bio_clear(BIO **bio)
{
    BIO_free(*bio);
}

X509 *
certificate_chain_read(const char *text)
{
    CLEANUP(bio_clear) BIO *bio = BIO_new_mem_buf(text, -1);

    return bio != NULL ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
}

/* Standard base64. MSAL for Python leaves PEM's line breaks in. */
static X509 *
sent_read(const char *text)
{
    AUTOBUFFER url = BUFFER_INIT(CERTIFICATE_MAXIMUM);
    AUTOBUFFER der = BUFFER_INIT(CERTIFICATE_MAXIMUM);

    for (; *text != '\0' && *text != '='; text++)
        if (*text == '+' || *text == '/')
            buffer_append_byte(&url, *text == '+' ? '-' : '_');
        else if (*text != '\n')
            buffer_append_byte(&url, *text);
    if (buffer_failed(&url)
        || base64url_decode(&der, buffer_text(&url), url.length) < 0)
        return NULL;
    const unsigned char *next = (const unsigned char *) buffer_text(&der);
    return d2i_X509(NULL, &next, (long) der.length);
}

/* NULL where there are none, or one cannot be read. */
static STACK_OF(X509) * sent_read_all(const json_t *list)
{
    CLEANUP(certificates_clear)
    STACK_OF(X509) *all = sk_X509_new_null();
    size_t index;
    const json_t *value;

    json_array_foreach(list, index, value)
    {
        const char *text = json_string_value(value);
        X509 *one = text != NULL ? sent_read(text) : NULL;
        if (one == NULL || sk_X509_push(all, one) == 0) {
            X509_free(one);
            return NULL;
        }
    }
    return sk_X509_num(all) > 0 ? take_pointer(all) : NULL;
}

static bool
has_name(X509 *certificate, const char *name)
{
    char text[NAME_MAXIMUM];

    return X509_NAME_get_text_by_NID(X509_get_subject_name(certificate),
                                     NID_commonName, text, sizeof(text))
               > 0
           && text_equal_ignoring_case(text, name);
}

static bool
leads_to(X509 *leaf, STACK_OF(X509) * others, const char *authority)
{
    CLEANUP(certificate_clear)
    X509 *trusted = certificate_chain_read(authority);
    CLEANUP(store_clear) X509_STORE *store = X509_STORE_new();
    CLEANUP(context_clear) X509_STORE_CTX *context = X509_STORE_CTX_new();

    return trusted != NULL && store != NULL && context != NULL
           && X509_STORE_add_cert(store, trusted) == 1
           && X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN) == 1
           && X509_STORE_CTX_init(context, store, leaf, others) == 1
           && X509_verify_cert(context) == 1;
}

X509 *
certificate_chain_trusted(const struct client *client,
                          const struct json_web_token *token)
{
    CLEANUP(certificates_clear)
    STACK_OF(X509) *sent =
        sent_read_all(json_object_get(token->header, "x5c"));
    X509 *leaf = sent != NULL ? sk_X509_value(sent, 0) : NULL;

    for (size_t i = 0; leaf != NULL && i < client->trusted_count; i++)
        if (has_name(leaf, client->trusted[i].name)
            && leads_to(leaf, sent, client->trusted[i].authority))
            return X509_up_ref(leaf) == 1 ? leaf : NULL;
    return NULL;
}
