/* SPDX-License-Identifier: Apache-2.0 */
/* The exit statuses that scripts rely on. */
#ifndef PIKET_CLI_TERMINAL_EXIT_STATUS_H
#define PIKET_CLI_TERMINAL_EXIT_STATUS_H

enum exit_status {
    EXIT_STATUS_COMPLIANT = 0,
    EXIT_STATUS_NON_COMPLIANT = 1,
    EXIT_STATUS_INCOMPLETE = 2, /* something is unknown */
    EXIT_STATUS_IMPOSSIBLE = 3, /* could not run */
    EXIT_STATUS_USAGE = 64,     /* as EX_USAGE of sysexits.h */
    EXIT_STATUS_SIGNAL = 128,   /* plus the number: 130, 143 */
};

#endif
