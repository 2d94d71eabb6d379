/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong on purpose.
 *
 * A fault file is a JSON array of rules. Of each request the first rule
 * applies that fits:
 *
 *   { "when": {                      all members optional, all must fit
 *       "subscription": "UUID",
 *       "path": "*securityContacts*",  glob over the path, ignoring case
 *       "method": "GET",
 *       "apiVersion": "2023-12-01-preview",
 *       "chance": 0.1,               by the generator seeded with --seed
 *       "after": 2,                  not the first 2 that fit the above
 *       "first": 3 },                only 3 times
 *     "then": {                      all members optional
 *       "delay": 250,                milliseconds, beside --latency
 *       "status": 503,               answered instead of being handled
 *       "code": "...", "message": "...",  of its body; ARM's by default
 *       "body": any JSON,            instead of that
 *       "bodyText": "...", "bodyFile": "...",
 *       "contentType": "text/html",
 *       "headers": { "name": "value" },
 *       "retryAfter": 2,             seconds, or text such as an HTTP date
 *       "retryAfterMs": 100, "xMsRetryAfterMs": 100,
 *       "redirect": "URL",           307, or the status given
 *       "cut": "before-processing" | "before-answer" | "in-body",
 *       "reset": true,               a cut is a TCP reset
 *       "truncate": "length" | "close",
 *       "padding": 20971520,         bytes of blanks behind the JSON
 *       "nextLink": "URL",           instead of the real one
 *       "loopNextLink": true,        the link of this very page
 *       "replace": { "old": "new" }, texts in the body
 *       "echo": "none" | "another",  of the client's request id
 *       "dateSkew": -90,             seconds that the Date header is off
 *       "revokeTokens": true,        all issued so far, before the check
 *       "write": "lost" | "later" | "changed",
 *       "visibleAfter": 500,         milliseconds, with "later"
 *       "visibleAfterReads": 3,      looks at the old state, with "later"
 *       "properties": { } } }        with "changed": merged over the write
 *
 * "length" sends half of the body with a Content-Length that says so,
 * "close" sends half without a length and closes. The members of "then" that
 * alter an answer also apply where the request was handled. */
#ifndef EMULATOR_FAULT_FAULT_H
#define EMULATOR_FAULT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"

enum fault_cut {
    CUT_NONE,
    CUT_BEFORE_PROCESSING,
    CUT_BEFORE_ANSWER,
    CUT_IN_BODY
};
enum fault_truncation { TRUNCATE_NONE, TRUNCATE_LENGTH, TRUNCATE_CLOSE };
enum fault_echo { ECHO_OWN, ECHO_NONE, ECHO_ANOTHER };
enum fault_write { WRITE_KEPT, WRITE_LOST, WRITE_LATER, WRITE_CHANGED };

struct fault {
    /* when */
    const char *subscription;
    const char *path;
    const char *method;
    const char *api_version;
    double chance;
    uint64_t after;
    uint64_t first; /* UINT64_MAX is always */

    /* then */
    uint64_t delay;
    uint64_t status; /* 0: the request is handled */
    const char *code;
    const char *message;
    const char *body; /* NULL is the one of code and message */
    size_t body_length;
    const char *content_type;
    json_t *headers; /* or NULL; borrowed from faults */
    const char *retry_after;
    uint64_t retry_after_ms; /* both: UINT64_MAX is none */
    uint64_t x_ms_retry_after_ms;
    const char *redirect;
    enum fault_cut cut;
    bool reset;
    enum fault_truncation truncation;
    uint64_t padding;
    const char *next_link;
    bool loop_next_link;
    json_t *replace; /* or NULL; borrowed from faults */
    enum fault_echo echo;
    bool revoke_tokens;
    double date_skew; /* seconds; 0: the real time */
    enum fault_write write;
    uint64_t visible_after;
    uint64_t visible_after_reads;
    json_t *properties; /* or NULL; borrowed from faults */

    /* so far */
    uint64_t fitted;
    uint64_t applied;
    size_t number; /* its place in the file, from 0 */
};

/* What a rule is held against. */
struct fault_request {
    const char *method;
    const char *path;
    const char *api_version; /* or NULL */
};

struct faults {
    struct arena *arena;
    json_t *root;
    struct fault *items;
    size_t count;
    uint64_t dice;
};

/* Reads a fault file; NULL where it is none. */
struct faults *faults_read(const char *path, uint64_t seed, struct error *err);

/* The same from JSON, whose reference it takes over; name is for messages. */
struct faults *faults_from_json(json_t *root, uint64_t seed, const char *name,
                                struct error *err);

void faults_free(struct faults *faults);

/* The rule that applies to a request, or NULL; it counts as applied. */
struct fault *faults_match(struct faults *faults,
                           const struct fault_request *request);

#endif
