/* SPDX-License-Identifier: Apache-2.0 */
/* --framework and --list-frameworks. */
#ifndef PIKET_CLI_OPTION_FRAMEWORK_OPTION_H
#define PIKET_CLI_OPTION_FRAMEWORK_OPTION_H

#include "base/error.h"
#include "control/requirement/framework.h"

/* More at once than anybody reports by. */
enum { FRAMEWORK_OPTION_CEILING = 8 };

struct framework_option {
    const struct framework *chosen[FRAMEWORK_OPTION_CEILING];
    size_t count;
};

/* Adds the framework with this id, once. Returns -1 with an error where there
 * is none of that id, or no room. */
int framework_option_take(struct framework_option *option, const char *id,
                          struct error *err);

/* Writes all frameworks, a line each, to the path, as output_write does. */
int framework_option_list(const char *path, struct error *err);

#endif
