/* SPDX-License-Identifier: Apache-2.0 */
/* The two listeners and the one loop that serves them. Nothing here knows
 * Azure. */
#ifndef EMULATOR_SERVER_SERVER_H
#define EMULATOR_SERVER_SERVER_H

#include "base/error.h"
#include "server/exchange.h"

struct certificate;
struct server;

/* What the server does with requests that are complete. */
struct server_handler {
    /* How many milliseconds the answer is held back. */
    int64_t (*delay)(struct exchange *exchange);
    /* Fills in exchange->answer. */
    void (*answer)(struct exchange *exchange);
};

/* Listens at both places, HOST:PORT each, port 0 for a free one. world and
 * certificate are borrowed; the handler is copied. */
struct server *server_new(const char *listen, const char *identity_listen,
                          const struct certificate *certificate,
                          const struct server_handler *handler,
                          struct world *world, struct error *err);

/* Where it listens, such as https://127.0.0.1:8443. */
const char *server_url(const struct server *server, enum plane plane);

/* Serves until SIGTERM or SIGINT, which must be blocked. */
int server_run(struct server *server, struct error *err);

void server_free(struct server *server);

#endif
