/* SPDX-License-Identifier: Apache-2.0 */
/* A command: its words for help, and what runs it. */
#ifndef PIKET_CLI_COMMAND_COMMAND_H
#define PIKET_CLI_COMMAND_COMMAND_H

struct command {
    const char *name;
    const char *summary; /* one line, for the list of commands */
    /* argv[0] is "piket NAME". Returns the exit status. */
    int (*run)(int argc, const char **argv);
};

#endif
