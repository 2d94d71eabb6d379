/* SPDX-License-Identifier: Apache-2.0 */
/* One request without a token, to see whether and how an endpoint answers. */
#ifndef PIKET_ENGINE_PROBE_H
#define PIKET_ENGINE_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "http/http_client.h"

/* What is expected to answer. */
enum probe_kind { PROBE_ARM, PROBE_AUTHORITY };

enum probe_answer {
    PROBE_ANSWER_NONE,      /* failure says why */
    PROBE_ANSWER_EXPECTED,  /* it speaks as it should */
    PROBE_ANSWER_FOREIGN,   /* something else answers, such as a proxy */
    PROBE_ANSWER_BUSY,      /* it says that it cannot answer now */
    PROBE_ANSWER_NO_TENANT, /* the authority knows no such tenant */
};

struct probe {
    enum probe_kind kind;
    bool done;
    enum probe_answer answer;
    enum http_failure failure;
    int status;           /* HTTP's; 0 where there was no answer */
    char *host;           /* owned */
    struct error error;   /* why there is no answer, or what stands in it */
    int64_t sent_at;      /* clock_monotonic */
    int64_t milliseconds; /* until the answer, connection included; -1: not
                             known, as it took several tries */
    int64_t skew;         /* this machine's clock less the service's, in
                             milliseconds */
    bool dated;           /* skew is known */
};

/* GETs the URL, once. The probe is borrowed until it is done or the client
 * gone. */
int probe_send(struct probe *probe, enum probe_kind kind,
               struct http_client *client, const char *url, struct error *err);

void probe_done(struct probe *probe);

#endif
