/* SPDX-License-Identifier: Apache-2.0 */
/* Everything a request can meet. */
#ifndef EMULATOR_SERVER_WORLD_H
#define EMULATOR_SERVER_WORLD_H

#include <stdint.h>

#include "base/random.h"
#include "server/bucket.h"

/* The parts are owned by whoever made them. */
struct world {
    struct estate *estate;
    struct authority *authority;
    struct oidc_issuers *issuers;
    struct device_codes *device_codes;
    struct refresh_tokens *refresh_tokens;
    struct faults *faults;      /* or NULL */
    struct request_log *log;    /* or NULL */
    int64_t latency;            /* of each answer, in milliseconds */
    struct bucket reads;        /* --rate-limit; rate 0 is none */
    struct bucket tenant_reads; /* for the header only */
    uint64_t contact_budget;    /* reads per subscription and minute; 0 is
                                   without end */
    struct arc *arc;            /* the agent's keys */
    char identity_header[RANDOM_UUID_SIZE]; /* the secret of App Service */
    uint64_t answers;                       /* so far */
};

#endif
