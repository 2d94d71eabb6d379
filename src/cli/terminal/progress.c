/* SPDX-License-Identifier: Apache-2.0 */
/* One line on stderr that redraws. */
#include "cli/terminal/progress.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/output.h"

enum { PROGRESS_INTERVAL = 100 /* milliseconds */ };

static struct {
    bool wanted;
    bool drawn;
    int64_t drawn_at;
} line;

static void
clear_line(void)
{
    if (!line.drawn)
        return;
    (void) fputs("\r\033[K", stderr);
    line.drawn = false;
}

void
progress_begin(bool quiet)
{
    line.wanted =
        !quiet && isatty(STDERR_FILENO) == 1 && output_terminal_is_able();
    message_before_each(clear_line);
}

/* Whether it is time to draw again; if so, the line is the caller's to
 * write. */
static bool
begin_line(void)
{
    const int64_t now = clock_monotonic();

    if (!line.wanted || now - line.drawn_at < PROGRESS_INTERVAL)
        return false;
    line.drawn = true;
    line.drawn_at = now;
    (void) fputs("\r", stderr);
    return true;
}

static void
end_line(void)
{
    (void) fputs("\033[K", stderr);
    (void) fflush(stderr);
}

void
progress_show(size_t done, size_t found, void *data)
{
    (void) data;
    if (!begin_line())
        return;
    if (found == 0)
        (void) fputs(_("signing in and listing subscriptions"), stderr);
    else
        (void) fprintf(stderr, _("assessed %zu of %zu subscriptions"), done,
                       found);
    end_line();
}

void
progress_show_changes(size_t ended, size_t planned, void *data)
{
    (void) data;
    if (!begin_line())
        return;
    (void) fprintf(stderr, _("made %zu of %zu changes"), ended, planned);
    end_line();
}

void
progress_end(void)
{
    clear_line();
    line.wanted = false;
    message_before_each(NULL);
}
