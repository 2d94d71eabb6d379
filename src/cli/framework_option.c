/* SPDX-License-Identifier: Apache-2.0 */
/* --framework and --list-frameworks. */
#include "cli/framework_option.h"

#include <stdio.h>

#include "cli/language_option.h"
#include "cli/output.h"

int
framework_option_take(struct framework_option *option, const char *id,
                      struct error *err)
{
    const struct framework *framework = framework_by_id(id);

    if (framework == NULL) {
        const char *nearest = framework_nearest(id);
        error_set(err, _("--framework: there is no framework '%s'"), id);
        if (nearest != NULL)
            return error_advise(err, _("did you mean '%s'?"), nearest);
        return error_advise(err,
                            _("piket check --list-frameworks lists them"));
    }
    for (size_t i = 0; i < option->count; i++)
        if (option->chosen[i] == framework)
            return 0;
    if (option->count == FRAMEWORK_OPTION_CEILING)
        return error_set(err, _("--framework: at most %d at once"),
                         FRAMEWORK_OPTION_CEILING);
    option->chosen[option->count++] = framework;
    return 0;
}

int
framework_option_list(void)
{
    for (size_t i = 0; i < framework_table_length; i++)
        (void) printf("%-17s %s %s\n", framework_table[i].id,
                      _(framework_table[i].title),
                      _(framework_table[i].version));
    return output_flush();
}
