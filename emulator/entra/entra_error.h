/* SPDX-License-Identifier: Apache-2.0 */
/* Errors as Entra answers them. */
#ifndef EMULATOR_ENTRA_ENTRA_ERROR_H
#define EMULATOR_ENTRA_ENTRA_ERROR_H

#include "server/exchange.h"

/* One kind of error: its AADSTS number decides all but the text. */
struct entra_error {
    unsigned status;
    const char *error; /* such as invalid_client */
    unsigned number;   /* AADSTS... */
};

extern const struct entra_error entra_no_tenant;
extern const struct entra_error entra_no_application;
extern const struct entra_error entra_bad_secret;
extern const struct entra_error entra_no_credential;
extern const struct entra_error entra_missing_parameter;
extern const struct entra_error entra_repeated_parameter;
extern const struct entra_error entra_bad_grant;
extern const struct entra_error entra_bad_scope;
extern const struct entra_error entra_no_resource;
extern const struct entra_error entra_bad_request;

/* Of assertions: the client's own, and those of other issuers. */
extern const struct entra_error entra_bad_token;
extern const struct entra_error entra_bad_algorithm;
extern const struct entra_error entra_no_thumbprint;
extern const struct entra_error entra_bad_signature;
extern const struct entra_error entra_assertion_client;
extern const struct entra_error entra_assertion_audience;
extern const struct entra_error entra_assertion_time;
extern const struct entra_error entra_not_federated;
extern const struct entra_error entra_federated_issuer;
extern const struct entra_error entra_federated_subject;
extern const struct entra_error entra_federated_audience;
extern const struct entra_error entra_issuer_unreachable;

/* Answers with it; the text stands behind "AADSTSnnn: ". */
void entra_refuse(struct exchange *exchange, const struct entra_error *kind,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
