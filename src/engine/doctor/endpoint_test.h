/* SPDX-License-Identifier: Apache-2.0 */
/* One request without a token, to see whether and how an endpoint answers. */
#ifndef PIKET_ENGINE_DOCTOR_ENDPOINT_TEST_H
#define PIKET_ENGINE_DOCTOR_ENDPOINT_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_client.h"

/* What is expected to answer. */
enum endpoint_test_kind { ENDPOINT_TEST_ARM, ENDPOINT_TEST_AUTHORITY };

enum endpoint_test_answer {
    ENDPOINT_TEST_ANSWER_NONE,     /* failure says why */
    ENDPOINT_TEST_ANSWER_EXPECTED, /* it speaks as it should */
    ENDPOINT_TEST_ANSWER_FOREIGN, /* something else answers, such as a proxy */
    ENDPOINT_TEST_ANSWER_BUSY,    /* it says that it cannot answer now */
    ENDPOINT_TEST_ANSWER_NO_TENANT, /* the authority knows no such tenant */
};

struct endpoint_test {
    enum endpoint_test_kind kind;
    bool done;
    enum endpoint_test_answer answer;
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
int endpoint_test_send(struct endpoint_test *endpoint_test,
                       enum endpoint_test_kind kind,
                       struct http_client *client, const char *url,
                       struct error *err);

void endpoint_test_done(struct endpoint_test *endpoint_test);

#endif
