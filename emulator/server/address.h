/* SPDX-License-Identifier: Apache-2.0 */
/* HOST:PORT, where to listen. */
#ifndef EMULATOR_SERVER_ADDRESS_H
#define EMULATOR_SERVER_ADDRESS_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/error.h"

struct address {
    char *host; /* owned; as it goes into a URL: [::1] keeps its brackets */
    struct sockaddr_storage socket;
};

/* Reads text such as localhost:0 or [::1]:8443. */
int address_parse(const char *text, struct address *ret_address,
                  struct error *err);

void address_done(struct address *address);

#endif
