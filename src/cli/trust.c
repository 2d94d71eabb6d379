/* SPDX-License-Identifier: Apache-2.0 */
/* Files that decide what piket does. */
#include "cli/trust.h"

#include "base/file.h"
#include "base/log.h"
#include "cli/language_option.h"

int
trust_read(const char *path, bool writes, struct buffer *target,
           struct error *err)
{
    AUTOERROR doubt = ERROR_INIT;

    if (file_read_judged(path, target, &doubt, err) < 0)
        return -1;
    if (doubt.message == NULL)
        return 0;
    if (!writes) {
        log_warning("others can change what this is read from: %s; %s",
                    error_message(&doubt), doubt.advice);
        return 0;
    }
    error_move(err, &doubt);
    return error_wrap(err, "%s",
                      _("what others can change must not decide what is "
                        "written to Azure"));
}
