/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments in, exit status out. */
#ifndef PIKET_CLI_CLI_H
#define PIKET_CLI_CLI_H

/* Finds the command and runs it. Returns the process's exit status. */
int cli_main(int argc, char **argv);

#endif
