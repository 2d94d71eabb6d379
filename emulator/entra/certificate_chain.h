/* SPDX-License-Identifier: Apache-2.0 */
/* Trust by subject name and issuer: the certificates that an assertion brings
 * along (x5c) stand in for one that is registered. */
#ifndef EMULATOR_ENTRA_CERTIFICATE_CHAIN_H
#define EMULATOR_ENTRA_CERTIFICATE_CHAIN_H

#include <openssl/x509.h>

#include "token/json_web_token.h"
#include "estate/estate.h"

/* The first of them, where its subject is one that the client trusts and the
 * others lead to that subject's authority; else NULL. The caller frees it. */
X509 *certificate_chain_trusted(const struct client *client,
                                const struct json_web_token *token);

/* A certificate in PEM, which the caller frees; NULL where it is none. */
X509 *certificate_chain_read(const char *text);

#endif
