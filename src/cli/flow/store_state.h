/* SPDX-License-Identifier: Apache-2.0 */
/* What the store is like, for a command that only tells it. */
#ifndef PIKET_CLI_FLOW_STORE_STATE_H
#define PIKET_CLI_FLOW_STORE_STATE_H

#include "base/error.h"
#include "cli/option/store_options.h"
#include "engine/doctor/doctor.h"

struct store_state {
    struct doctor_store seen; /* points into this struct */
    char *path;
    struct error error;
};

/* Looks at the store that was asked for, or at the default one, as check
 * would open it: an older one is brought up to date; none is made. What is
 * wrong with it is part of the state. */
void store_state_look(struct store_state *state,
                      const struct store_options *options);

void store_state_done(struct store_state *state);

#endif
