/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the file with a client's certificate and key, with a password
 * and without. */
#include <openssl/err.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "identity/certificate/client_assertion.h"
#include "identity/certificate/client_certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* When the certificates of the corpus hold. */
static const int64_t now = INT64_C(1800000000000);

/* What was taken can be used: it has a key, and its own certificate first. */
static void
certificate_use(const struct client_certificate *certificate)
{
    AUTOBUFFER assertion = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    const struct client_assertion_request request = { "c", "https://x", now,
                                                      true };
    AUTOERROR err = ERROR_INIT;

    if (certificate->key == NULL
        || X509_check_private_key(client_certificate_leaf(certificate),
                                  certificate->key)
               != 1)
        abort();
    if (client_assertion_make(&assertion, certificate, &request, &err) < 0
        && err.message == NULL)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const passwords[] = { NULL, "geheim" };

    for (size_t i = 0; i < ARRAY_LENGTH(passwords); i++) {
        AUTOCLIENTCERTIFICATE certificate = CLIENT_CERTIFICATE_INIT;
        AUTOERROR err = ERROR_INIT;
        if (client_certificate_parse(&certificate, (const char *) bytes,
                                     length, passwords[i], now, &err)
            == 0)
            certificate_use(&certificate);
        else if (err.message == NULL)
            abort();
        if (ERR_peek_error() != 0)
            abort();
    }
    return 0;
}
