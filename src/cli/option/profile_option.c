/* SPDX-License-Identifier: Apache-2.0 */
/* --profile: what to demand. */
#include "cli/option/profile_option.h"

#include "base/cleanup.h"
#include "cli/terminal/language_option.h"
#include "cli/option/option.h"

enum { PROFILE_OPTION_CEILING = 32 /* names that an error lists */ };

int
profile_option_take(const char *name, const struct profile **ret_profile,
                    struct error *err)
{
    const struct profile *profile = profile_by_name(name);
    const char *names[PROFILE_OPTION_CEILING];
    size_t count = 0;

    if (*ret_profile != NULL)
        return error_set(err, _("%s: one per run"), "--profile");
    if (profile != NULL) {
        *ret_profile = profile;
        return 0;
    }
    for (; count < profile_table_length && count < ARRAY_LENGTH(names);
         count++)
        names[count] = profile_table[count].name;
    error_set(err, _("--profile: there is no profile '%s'"), name);
    return option_offer(err, name, names, count);
}
