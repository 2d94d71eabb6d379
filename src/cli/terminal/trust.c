/* SPDX-License-Identifier: Apache-2.0 */
/* Files that decide what piket does. */
#include "cli/terminal/trust.h"

#include "base/file.h"
#include "base/log.h"
#include "cli/terminal/language_option.h"

/* What a doubt means to a command that writes by it, or only reads. */
static int
answer(struct error *doubt, bool writes, struct error *err)
{
    if (doubt->message == NULL)
        return 0;
    if (!writes) {
        log_warning("others can change what this is read from: %s; %s",
                    error_message(doubt), doubt->advice);
        return 0;
    }
    error_move(err, doubt);
    return error_wrap(err, "%s",
                      _("what others can change must not decide what is "
                        "written to Azure"));
}

int
trust_read(const char *path, bool writes, struct buffer *target,
           struct error *err)
{
    AUTOERROR doubt = ERROR_INIT;

    if (file_read_judged(path, target, &doubt, err) < 0)
        return -1;
    return answer(&doubt, writes, err);
}

int
trust_file(const char *path, const char *name, bool writes, struct error *err)
{
    AUTOERROR doubt = ERROR_INIT, failure = ERROR_INIT;

    if (file_judge(path, &doubt, &failure) < 0) {
        if (!writes)
            return 0; /* whoever opens it says why it cannot be */
        error_move(err, &failure);
        return error_wrap(err, "%s", name);
    }
    if (doubt.message != NULL)
        error_wrap(&doubt, "%s", name);
    return answer(&doubt, writes, err);
}

int
trust_absence(const char *path, const char *option, struct error *err)
{
    AUTOERROR doubt = ERROR_INIT;

    if (file_judge(path, &doubt, err) < 0)
        return -1;
    if (doubt.message == NULL)
        return 0;
    error_set(err, "%s: %s",
              _("others can have removed what decides what is written to "
                "Azure"),
              error_message(&doubt));
    return error_advise(err, _("name it with %s FILE; or %s"), option,
                        doubt.advice);
}
