/* SPDX-License-Identifier: Apache-2.0 */
/* piket history: runs and changes, and what differs between them. */
#include "cli/command/history_command.h"

#include <popt.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "cli/terminal/exit_status.h"
#include "cli/flow/history_show.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/store_options.h"
#include "store/store.h"

enum {
    HISTORY_OPTION_FORMAT = STORE_OPTION_LAST,
    HISTORY_OPTION_KEEP,
    HISTORY_OPTION_LIMIT,
    HISTORY_OPTION_NO_COLOR,
    HISTORY_OPTION_OUTPUT,
    HISTORY_OPTION_ROWS,
    HISTORY_OPTION_SUBSCRIPTION,
};

enum {
    HISTORY_LIMIT = 50, /* runs that are shown, unless told */
    HISTORY_ROWS_ON_TERMINAL = 20,
    HISTORY_CEILING = 1000000,
    HISTORY_WORDS = 3,
};

static struct {
    struct store_options store;
    const struct history_format *format;
    const char *output;
    const char *subscription; /* NULL: none was asked for */
    const char *words[HISTORY_WORDS];
    size_t word_count;
    size_t limit, rows, keep;
    bool keep_given, rows_given, no_colour;
} arg;

static const struct poptOption options[] = {
    { "subscription", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_SUBSCRIPTION,
      N_("its assessments and changes"), N_("ID|NAME") },
    { "limit", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_LIMIT,
      N_("runs at most (default 50)"), N_("N|all") },
    { "keep", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_KEEP,
      N_("with prune: the newest runs that stay"), "N" },
    { "format", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_FORMAT,
      N_("text (default) or json"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_OUTPUT,
      N_("write the page here, whole or not at all"), N_("FILE") },
    { "rows", '\0', POPT_ARG_STRING, NULL, HISTORY_OPTION_ROWS,
      N_("of each group (default 20 on a terminal, else all)"), N_("N|all") },
    { "no-color", '\0', POPT_ARG_NONE, NULL, HISTORY_OPTION_NO_COLOR,
      N_("plain text on a terminal, too"), NULL },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) store_options_table, 0, N_("Store:"), NULL },
    POPT_TABLEEND
};

/* "all" is 0. */
static int
take_count(const char *option, const char *text, size_t *ret_count,
           struct error *err)
{
    uint64_t count = 0;

    if (strcmp(text, "all") != 0
        && option_number(option, text, 1, HISTORY_CEILING, &count, err) < 0)
        return error_advise(err, _("%s all shows them all"), option);
    *ret_count = (size_t) count;
    return 0;
}

static int
take_format(const char *name, struct error *err)
{
    arg.format = history_format_by_name(name);
    if (arg.format != NULL)
        return 0;
    error_set(err, _("--format: there is no format '%s'"), name);
    return error_advise(err, "%s",
                        _("there are text and json; piket report "
                          "RUN writes a run in any other"));
}

static int
take_keep(const char *text, struct error *err)
{
    uint64_t keep;

    if (option_number("--keep", text, 1, HISTORY_CEILING, &keep, err) < 0)
        return -1;
    arg.keep = (size_t) keep;
    arg.keep_given = true;
    return 0;
}

static int
take_option(int val, char *argument, struct error *err)
{
    const int taken = store_options_take(&arg.store, val, argument, err);

    if (taken <= 0)
        return taken;
    switch (val) {
    case HISTORY_OPTION_FORMAT:
        return take_format(argument, err);
    case HISTORY_OPTION_KEEP:
        return take_keep(argument, err);
    case HISTORY_OPTION_LIMIT:
        return take_count("--limit", argument, &arg.limit, err);
    case HISTORY_OPTION_NO_COLOR:
        arg.no_colour = true;
        return 0;
    case HISTORY_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case HISTORY_OPTION_ROWS:
        arg.rows_given = true;
        return take_count("--rows", argument, &arg.rows, err);
    case HISTORY_OPTION_SUBSCRIPTION:
        arg.subscription = argument;
        return 0;
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
take_word(const char *word, struct error *err)
{
    if (arg.word_count == HISTORY_WORDS)
        return error_set(err, _("'%s': more words than any page takes"), word);
    arg.words[arg.word_count++] = word;
    return 0;
}

static int
prune(const struct history_show *show, struct error *err)
{
    return history_show_pruned(show, arg.keep, err);
}

static int
show_drift(const struct history_show *show, struct error *err)
{
    return history_show_drift(show, arg.words[1], arg.words[2], err);
}

static int
show_contacts(const struct history_show *show, struct error *err)
{
    return history_show_contacts(show, arg.words[1], err);
}

static int
show_one(const struct history_show *show, struct error *err)
{
    return history_show_one(show, arg.words[0], err);
}

static int
show_list(const struct history_show *show, struct error *err)
{
    return history_show_list(show, err);
}

static int
show_subscription(const struct history_show *show, struct error *err)
{
    return history_show_subscription(show, arg.subscription, err);
}

/* What a first word asks for, and how many words may stand behind it. */
struct page {
    const char *word;
    size_t least, most;
    enum store_access access;
    int (*show)(const struct history_show *show, struct error *err);
    const char *usage;
};

static const struct page pages[] = {
    { "diff", 2, 2, STORE_READ, show_drift, "piket history diff RUN RUN" },
    { "prune", 0, 0, STORE_ALTER, prune, "piket history prune --keep N" },
    { "contacts", 0, 1, STORE_READ, show_contacts,
      "piket history contacts [RUN]" },
};

static const struct page page_one = { NULL,     0,
                                      0,        STORE_READ,
                                      show_one, "piket history [ID]" };
static const struct page page_list = {
    NULL, 0, 0, STORE_READ, show_list, "piket history"
};
static const struct page page_subscription = {
    NULL,
    0,
    0,
    STORE_READ,
    show_subscription,
    "piket history --subscription ID"
};

static const struct page *
page_asked_for(void)
{
    if (arg.word_count == 0)
        return arg.subscription != NULL ? &page_subscription : &page_list;
    for (size_t i = 0; i < ARRAY_LENGTH(pages); i++)
        if (strcmp(pages[i].word, arg.words[0]) == 0)
            return &pages[i];
    return &page_one;
}

/* An id begins with a year. What does not is a page's word, misspelt. */
static int
check_word(const char *word, struct error *err)
{
    const char *names[ARRAY_LENGTH(pages)];

    if (*word >= '0' && *word <= '9')
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(pages); i++)
        names[i] = pages[i].word;
    error_set(err, _("'%s': is neither an id nor a page"), word);
    return option_offer(err, word, names, ARRAY_LENGTH(pages));
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    path_list_add(&paths, PATH_PRINTED, "--output", arg.output);
    store_options_list_paths(&arg.store, &paths);
    return path_list_check(&paths, err);
}

/* Returns -1 with an error of usage. */
static int
check_usage(const struct page *page, struct error *err)
{
    const size_t behind = arg.word_count > 0 ? arg.word_count - 1 : 0;

    if (store_options_require(&arg.store, err) < 0
        || (page == &page_one && check_word(arg.words[0], err) < 0))
        return -1;
    if (behind < page->least || behind > page->most) {
        error_set(err, "%s",
                  behind < page->least ? _("a word is missing")
                                       : _("a word too many"));
        return error_advise(err, "%s", page->usage);
    }
    if (page->show == prune && !arg.keep_given) {
        error_set(err, "%s", _("prune: how many runs are kept must be said"));
        return error_advise(err, "%s", page->usage);
    }
    if (page->show != prune && arg.keep_given)
        return error_set(err, "%s", _("--keep: belongs to prune"));
    if (arg.subscription != NULL && arg.word_count > 0)
        return error_set(err, "%s",
                         _("--subscription: stands alone, without a word"));
    return check_paths(err);
}

static int
show(const struct page *page, struct error *err)
{
    const bool terminal = output_is_terminal(arg.output);
    struct history_show shown = {
        .format = arg.format,
        .view = { .language = language_option_chosen(),
                  .colour =
                      terminal && !arg.no_colour && output_wants_colour(),
                  .rows = arg.rows_given ? arg.rows
                          : terminal     ? HISTORY_ROWS_ON_TERMINAL
                                         : 0 },
        .output = arg.output,
        .limit = arg.limit,
    };

    if (output_check(arg.output, err) < 0)
        return error_wrap(err, "--output");
    if (store_options_open(&arg.store, page->access, &shown.store, err) < 0)
        return -1;
    const int status = page->show(&shown, err);
    store_close(shown.store);
    return status;
}

static int
run_history(int argc, const char **argv)
{
    static const struct option_words words = {
        N_("[OPTION...] [ID | diff RUN RUN | contacts [RUN] | prune]"),
        take_word,
    };
    AUTOERROR err = ERROR_INIT;

    store_options_init(&arg.store);
    arg.format = history_format_by_name("text");
    arg.limit = HISTORY_LIMIT;
    switch (option_parse_words(argc, argv, options, take_option, &words)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    const struct page *page = page_asked_for();
    if (check_usage(page, &err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    if (show(page, &err) == 0)
        return output_flush();
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}

const struct command history_command = {
    .name = "history",
    .summary = N_("list runs and changes; show one; compare two"),
    .run = run_history,
};
