/* SPDX-License-Identifier: Apache-2.0 */
/* A request and its answer. */
#ifndef EMULATOR_SERVER_EXCHANGE_H
#define EMULATOR_SERVER_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buffer.h"

enum {
    EXCHANGE_BODY_MAXIMUM = 4 * 1024 * 1024, /* that of ARM */
    EXCHANGE_ANSWER_MAXIMUM = 256 * 1024 * 1024,
    EXCHANGE_HEADERS = 40,
    EXCHANGE_PARAMETERS = 4
};

/* Where a request came in. */
enum plane {
    PLANE_CLOUD,  /* TLS: ARM and Entra */
    PLANE_MACHINE /* plain http: what runs on a machine or beside it */
};

/* How an answer ends. */
enum ending {
    ENDING_WHOLE,
    ENDING_NEVER,   /* the connection is closed without an answer */
    ENDING_CUT,     /* closed halfway the announced length */
    ENDING_UNMARKED /* closed behind what there is, no length announced */
};

struct header {
    const char *name;
    const char *value;
};

struct answer {
    unsigned status;
    const char *content_type;
    struct buffer body;
    struct header headers[EXCHANGE_HEADERS];
    size_t header_count;
    enum ending ending;
    bool reset; /* with ENDING_NEVER and _CUT: TCP RST instead of FIN */
};

struct exchange {
    struct world *world; /* borrowed */
    struct arena *arena; /* lives as long as the exchange */
    void *connection;    /* of the server; for exchange_header only */
    uint64_t connection_number;
    enum plane plane;
    const char *method;
    const char *path;  /* percent-decoded */
    const char *query; /* as sent, without the question mark */
    struct buffer body;
    bool held;      /* it has been asked how long to wait */
    bool too_large; /* the body was; it is not kept */
    bool failed;    /* memory ran out: nothing can be answered */

    /* Filled in on the way. */
    const char *parameters[EXCHANGE_PARAMETERS]; /* of the route's pattern */
    const struct route *route;
    const char *api_version;
    const struct token *token;
    char token_hash[17]; /* hexadecimal; "" without a token */
    struct subscription *subscription;
    struct fault *fault; /* the rule that applies, or NULL */
    struct answer answer;
};

/* NULL where memory runs out. uri is the request's target as sent. */
struct exchange *exchange_new(struct world *world, const char *uri);
void exchange_free(struct exchange *exchange);

/* A request header, or a member of the query (percent-decoded); NULL where
 * it is absent. Borrowed. */
const char *exchange_header(const struct exchange *exchange, const char *name);
const char *exchange_argument(const struct exchange *exchange,
                              const char *name);

/* The scheme and host that the client used, such as https://localhost:8443:
 * what it is sent back to must lie there. */
const char *exchange_origin(struct exchange *exchange);

/* Each of these sets exchange->failed where memory runs out. */
void exchange_add_header(struct exchange *exchange, const char *name,
                         const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Answers with JSON, and releases it; NULL is memory that ran out. */
void exchange_answer(struct exchange *exchange, unsigned status, json_t *body);

/* The same with text that is JSON already; it is put behind what the body
 * holds. */
void exchange_answer_text(struct exchange *exchange, unsigned status,
                          const char *text);

#endif
