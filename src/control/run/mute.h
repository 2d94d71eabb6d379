/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody's decision that findings are no cause for alarm, for a reason and
 * for a time. */
#ifndef PIKET_CONTROL_RUN_MUTE_H
#define PIKET_CONTROL_RUN_MUTE_H

#include <stddef.h>

struct mute {
    const char *subscription; /* an id, a name, or a glob of either */
    const char *requirement;  /* an id, or a glob */
    const char *reason;
    const char *until; /* 2027-03-01: through that day, UTC */
    size_t line;       /* of the configuration */
};

#endif
