/* SPDX-License-Identifier: Apache-2.0 */
/* One JSON line per request, for tests to assert on. Each line is written
 * at once, so that a killed emulator leaves whole lines. No secret is in it:
 * tokens are named by a hash, and of forms only harmless fields are kept. */
#ifndef EMULATOR_SERVER_REQUEST_LOG_H
#define EMULATOR_SERVER_REQUEST_LOG_H

#include "base/error.h"
#include "server/exchange.h"

struct request_log;

/* Appends to the file at path; NULL where it cannot be opened. */
struct request_log *request_log_open(const char *path, struct error *err);
void request_log_close(struct request_log *log);

/* log may be NULL. */
void request_log_write(struct request_log *log, struct exchange *exchange);

#endif
