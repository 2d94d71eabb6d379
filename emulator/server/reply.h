/* SPDX-License-Identifier: Apache-2.0 */
/* Answers on their way out. */
#ifndef EMULATOR_SERVER_REPLY_H
#define EMULATOR_SERVER_REPLY_H

#include <microhttpd.h>

#include "server/exchange.h"

/* Sends exchange->answer with its ending. MHD_NO closes the connection. */
enum MHD_Result reply_send(struct exchange *exchange,
                           struct MHD_Connection *connection);

#endif
