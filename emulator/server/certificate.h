/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate authority and the server's certificate, made at start. */
#ifndef EMULATOR_SERVER_CERTIFICATE_H
#define EMULATOR_SERVER_CERTIFICATE_H

#include "base/error.h"

struct certificate {
    char *authority; /* PEM, all three; owned */
    char *leaf;
    char *key;
};

/* ECDSA P-256, for a year, good for localhost, 127.0.0.1, ::1 and the hosts
 * of the public cloud that some clients insist on. */
int certificate_make(struct certificate *ret_certificate, struct error *err);

void certificate_done(struct certificate *certificate);

/* RSA of 2048 bits, signed by itself, for a client that signs in with it;
 * authority stays NULL. */
int certificate_make_client(struct certificate *ret_certificate,
                            struct error *err);

#endif
