/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments in, exit status out. */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/command_table.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/output.h"
#include "identity/token/json_memory.h"

static const char help_head[] =
    N_("Usage: piket COMMAND [OPTION...]\n"
       "\n"
       "piket answers one question for every Azure subscription of an\n"
       "organisation: when Microsoft Defender for Cloud raises the alarm,\n"
       "does it reach somebody?\n"
       "\n"
       "Commands:\n");

static const char help_foot[] =
    N_("\n"
       "  help [COMMAND]   show this text, or a command's options\n"
       "\n"
       "Options:\n"
       "  --help           show this text\n"
       "  --lang en|nl     answer in this language (default: the locale's);\n"
       "                   of every command, too\n"
       "  --version        show the version\n"
       "\n"
       "piket COMMAND --help shows a command's options. man piket explains\n"
       "them all.\n");

static int
print_help(FILE *stream)
{
    (void) fputs(_(help_head), stream);
    for (size_t i = 0; i < command_table_length; i++)
        (void) fprintf(stream, "  %-16s %s\n", command_table[i]->name,
                       _(command_table[i]->summary));
    (void) fputs(_(help_foot), stream);
    return stream == stdout ? output_flush() : EXIT_STATUS_USAGE;
}

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < command_table_length; i++)
        if (strcmp(command_table[i]->name, name) == 0)
            return command_table[i];
    return NULL;
}

static int
unknown_command(const char *name)
{
    AUTOFREE const char **names =
        calloc(command_table_length + 1, sizeof(*names));
    AUTOERROR err = ERROR_INIT;
    const char *nearest = NULL;

    if (names != NULL) {
        for (size_t i = 0; i < command_table_length; i++)
            names[i] = command_table[i]->name;
        names[command_table_length] = "help";
        nearest = text_nearest(name, names, command_table_length + 1);
    }
    error_set(&err,
              name[0] == '-' ? _("'%s' is not an option of piket itself")
                             : _("there is no command '%s'"),
              name);
    if (nearest != NULL)
        error_advise(&err, _("did you mean 'piket %s'?"), nearest);
    else if (name[0] == '-')
        error_advise(
            &err, _("options stand behind the command: piket check %s"), name);
    else
        error_advise(&err, _("piket --help lists the commands"));
    message_error(&err);
    return EXIT_STATUS_USAGE;
}

static int
run_command(const struct command *command, int argc, const char **argv)
{
    AUTOFREE char *name = NULL;

    if (asprintf(&name, "piket %s", command->name) < 0) {
        name = NULL;
        message_error_text("%s", _("out of memory"));
        return EXIT_STATUS_IMPOSSIBLE;
    }
    argv[0] = name;
    return command->run(argc, argv);
}

/* piket help COMMAND: the same as piket COMMAND --help. */
static int
help_on(const char *name)
{
    const struct command *command = find_command(name);
    const char *argv[] = { NULL, "--help", NULL };

    return command != NULL ? run_command(command, 2, argv)
                           : unknown_command(name);
}

/* --lang may stand ahead of the command, too. Returns how many words that
 * takes, or -1 with an error. */
static int
take_leading_language(int argc, const char **argv, struct error *err)
{
    static const char option[] = "--lang";
    const size_t length = sizeof(option) - 1;

    if (argc < 2 || strncmp(argv[1], option, length) != 0)
        return 0;
    if (argv[1][length] == '=')
        return language_option_take(argv[1] + length + 1, err) < 0 ? -1 : 1;
    if (argv[1][length] != '\0')
        return 0;
    if (argc < 3)
        return error_set(err, _("%s: needs a value"), option);
    return language_option_take(argv[2], err) < 0 ? -1 : 2;
}

static int
run_words(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    const int taken = take_leading_language(argc, argv, &err);

    if (taken < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    argc -= taken;
    argv += taken;
    if (argc < 2)
        return print_help(stderr);
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) {
        (void) printf("piket %s\n", PIKET_VERSION);
        return output_flush();
    }
    if (strcmp(word, "help") == 0 && argc > 2 && argv[2][0] != '-')
        return help_on(argv[2]);
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0
        || strcmp(word, "help") == 0)
        return print_help(stdout);
    const struct command *command = find_command(word);
    if (command == NULL)
        return unknown_command(word);
    return run_command(command, argc - 1, argv + 1);
}

/* A standard stream that the caller closed would be given to the next file
 * or socket that is opened. What stands in for it can be neither read nor
 * written, so that its use fails as it should. */
static void
occupy_standard_streams(void)
{
    static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

    for (int stream = 0; stream < 3; stream++)
        if (fcntl(stream, F_GETFD) < 0)
            (void) open("/dev/null", modes[stream]);
}

int
cli_main(int argc, char **argv)
{
    /* popt wants the words const, and run_command replaces the first. */
    AUTOFREE const char **words = calloc((size_t) argc + 1, sizeof(*words));

    if (words == NULL) {
        message_error_text("%s", _("out of memory"));
        return EXIT_STATUS_IMPOSSIBLE;
    }
    for (int i = 0; i < argc; i++)
        words[i] = argv[i];
    occupy_standard_streams();
    output_begin();
    /* A reader that went away, and a file that may not grow, are write
     * errors like others. */
    (void) signal(SIGPIPE, SIG_IGN);
    (void) signal(SIGXFSZ, SIG_IGN);
    interrupt_tell_cut_off();
    json_memory_wipe();
    message_log_to_stderr(LOG_LEVEL_WARNING, false);
    language_option_begin(argc, words);
    return run_words(argc, words);
}
