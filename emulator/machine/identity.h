/* SPDX-License-Identifier: Apache-2.0 */
/* The identities of the machine that the emulator stands for: clients of the
 * first tenant, as their managedIdentity says. */
#ifndef EMULATOR_MACHINE_IDENTITY_H
#define EMULATOR_MACHINE_IDENTITY_H

#include "base/buffer.h"
#include "estate/estate.h"
#include "server/exchange.h"

/* What a request asks for; all NULL: whichever is there. */
struct identity_choice {
    const char *client;   /* client id */
    const char *object;   /* object id */
    const char *resource; /* resource id */
};

enum identity_outcome {
    IDENTITY_FOUND,
    IDENTITY_ABSENT,
    IDENTITY_AMBIGUOUS, /* several are assigned, and none was named */
};

/* Without a choice it is the system-assigned identity, or else the only one
 * that is assigned. */
enum identity_outcome identity_find(const struct exchange *exchange,
                                    const struct identity_choice *choice,
                                    const struct client **ret_identity);

/* A token for the resource, with its times in seconds. */
struct identity_token {
    struct buffer text;
    int64_t now;
    int64_t lifetime;
};

#define IDENTITY_TOKEN_INIT                     \
    {                                           \
        .text = BUFFER_INIT(TOKEN_TEXT_MAXIMUM) \
    }

/* Signs one. Returns false, and fails the exchange, where that cannot be.
 * The caller releases ret_token->text. */
bool identity_sign(struct exchange *exchange, const struct client *identity,
                   const char *resource, struct identity_token *ret_token);

#endif
