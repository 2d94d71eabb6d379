/* SPDX-License-Identifier: Apache-2.0 */
/* The journal's lock, and what was left unfinished. */
#include "cli/flow/journal_recovery.h"

#include "base/log.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "engine/apply/recovery.h"
#include "store/journal.h"

enum { JOURNAL_RECOVERY_WITHOUT_END = -1 };

static void
say_waiting(long process, void *data)
{
    (void) data;
    if (process > 0)
        message_error_text(_("waiting for another piket that makes changes: "
                             "process %ld"),
                           process);
    else
        message_error_text(_("waiting for another piket that makes changes"));
}

static void
say_settled(size_t settled, size_t left)
{
    if (settled > 0)
        message_error_text(
            language_plural(language_option_chosen(),
                            "%zu unfinished change of an earlier run is "
                            "settled",
                            "%zu unfinished changes of an earlier run are "
                            "settled",
                            settled),
            settled);
    if (left > 0)
        message_error_text(
            language_plural(language_option_chosen(),
                            "%zu unfinished change of an earlier run cannot "
                            "be settled yet: it could not be read, or is of "
                            "another tenant",
                            "%zu unfinished changes of an earlier run cannot "
                            "be settled yet: they could not be read, or are "
                            "of another tenant",
                            left),
            left);
}

int
journal_recovery_begin(struct store *store, struct check_flow *check_flow,
                       size_t *ret_settled, struct error *err)
{
    size_t settled = 0, left = 0;

    if (journal_lock(store, JOURNAL_RECOVERY_WITHOUT_END, say_waiting, NULL,
                     err)
        < 0)
        return -1;
    if (recovery_run(store, check_flow->sessions, check_flow->session_count,
                     check_flow->loop, &settled, &left, err)
        < 0) {
        journal_unlock(store);
        return error_wrap(err, "%s", _("settle what is unfinished"));
    }
    say_settled(settled, left);
    *ret_settled += settled;
    return 0;
}
