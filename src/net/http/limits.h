/* SPDX-License-Identifier: Apache-2.0 */
/* The ceilings of the room, each with its reason. */
#ifndef PIKET_NET_HTTP_LIMITS_H
#define PIKET_NET_HTTP_LIMITS_H

enum {
    /* A page of 1,000 subscriptions with their tags is below 2 MiB; ARM's
     * own limit on an answer is 4 MiB in the batch API. */
    HTTP_BODY_CEILING = 8 * 1024 * 1024,
    /* ARM sends 2 to 3 KiB; libcurl itself stops at 300 KiB for all. */
    HTTP_HEADERS_CEILING = 64 * 1024,
    /* Tokens of users with many groups reach 16 KiB. */
    HTTP_AUTHORIZATION_CEILING = 64 * 1024,
    /* ARM's $skiptoken can reach a few KiB. */
    HTTP_URL_CEILING = 64 * 1024,
    /* Of one request, the caller's; the longest list so far has four. */
    HTTP_REQUEST_HEADERS_CEILING = 16,
    /* The body of a request: a contact, a token form, a client assertion. */
    HTTP_REQUEST_BODY_CEILING = 4 * 1024 * 1024,
    HTTP_CONCURRENCY_CEILING = 256,
    HTTP_CONNECT_TIMEOUT = 10 * 1000,
    /* Unanswered bytes on a connection: it is dead, whatever TCP hopes. */
    HTTP_UNACKNOWLEDGED_TIMEOUT = 30 * 1000,
    /* The Azure SDKs' guideline: three retries, 0.8 s doubling to 60 s. */
    HTTP_RETRIES = 3,
    HTTP_BACKOFF_BASE = 800,
    HTTP_BACKOFF_CEILING = 60 * 1000,
    /* A scan of a whole tenant must outwait a throttle that a single call
     * would give up on. */
    HTTP_THROTTLE_RETRIES = 10,
    HTTP_RETRY_AFTER_CEILING = 5 * 60 * 1000,
};

#endif
