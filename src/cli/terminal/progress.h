/* SPDX-License-Identifier: Apache-2.0 */
/* One line on stderr that redraws, where stderr is a terminal. */
#ifndef PIKET_CLI_TERMINAL_PROGRESS_H
#define PIKET_CLI_TERMINAL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Shows progress from here on, unless quiet or no terminal is there to show
 * it. */
void progress_begin(bool quiet);

/* A check_progress: draws at most ten times a second. */
void progress_show(size_t done, size_t found, void *data);

/* The same for changes that have ended, of those planned: an
 * apply_progress. */
void progress_show_changes(size_t ended, size_t planned, void *data);

/* Clears the line and shows nothing more. */
void progress_end(void);

#endif
