/* SPDX-License-Identifier: Apache-2.0 */
/* What every command begins with that judges an estate: signing in to its
 * tenants, and reading all that is in scope into a run, with progress shown
 * and signals heeded. */
#ifndef PIKET_CLI_FLOW_CHECK_FLOW_H
#define PIKET_CLI_FLOW_CHECK_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/option/azure_options.h"
#include "cli/config/configuration.h"
#include "cli/terminal/interrupt.h"
#include "control/run/run.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"

struct check_flow {
    const struct azure_options *azure;
    struct configuration *configuration;
    struct loop *loop;
    struct session *sessions[AZURE_TENANTS_CEILING];
    size_t session_count;
    struct run *run;  /* sorted, once it has been read */
    bool keep_images; /* each reading keeps its own, for a plan */
    struct interrupt *interrupt;
    const int64_t *moment; /* borrowed; NULL: now */
};

#define CHECK_FLOW_INIT \
    {                   \
        .azure = NULL   \
    }

/* Opens the sessions; sends nothing yet. moment, in milliseconds since 1970,
 * stands for the present where it is not NULL: then two runs on the same
 * estate are the same. All is borrowed. */
int check_flow_open(struct check_flow *check_flow,
                    const struct azure_options *azure,
                    struct configuration *configuration, const int64_t *moment,
                    struct error *err);

/* Reads and judges everything in scope. From here on a signal is heeded, not
 * died of, until check_flow_release_signals or check_flow_close: so that what
 * follows is not cut off. A signal that comes meanwhile ends the reading, and
 * check_flow_signal says which; it may be why this fails. */
int check_flow_read(struct check_flow *check_flow, struct error *err);

/* Says on standard error what could not be read and belongs to no
 * subscription, for a document that has no place for it: it may be why one is
 * missing there. */
void check_flow_say_what_was_not_read(const struct run *run);

/* The signal that came, 0 for none. */
int check_flow_signal(const struct check_flow *check_flow);

/* Gives signals their usual meaning back. */
void check_flow_release_signals(struct check_flow *check_flow);

/* Half-made and closed ones are allowed. */
void check_flow_close(struct check_flow *check_flow);

#endif
