/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <popt.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "estate/estate.h"

enum { OPTION_VERSION = 1 };

/* Numbers as popt leaves them: as text, to be read without its leniency. */
struct numbers {
    char *generate;
    char *seed;
    char *latency;
    char *token_lifetime;
    char *device_code_interval;
    char *page_size;
    char *contact_budget;
    char *rate_limit;
};

static void
numbers_done(struct numbers *numbers)
{
    free(numbers->generate);
    free(numbers->seed);
    free(numbers->latency);
    free(numbers->token_lifetime);
    free(numbers->device_code_interval);
    free(numbers->page_size);
    free(numbers->contact_budget);
    free(numbers->rate_limit);
}

static void
context_clear(poptContext *context)
{
    poptFreeContext(*context);
}

static int
wrong(const char *option, const char *wanted)
{
    fprintf(stderr, "piket-emulator: --%s: must be %s\n", option, wanted);
    return -1;
}

static int
read_number(const char *option, const char *text, uint64_t maximum,
            uint64_t *number)
{
    if (text == NULL || text_to_unsigned(text, maximum, number) == 0)
        return 0;
    fprintf(stderr,
            "piket-emulator: --%s: must be a whole number, at most %llu\n",
            option, (unsigned long long) maximum);
    return -1;
}

static int
read_rate(const char *text, double *rate)
{
    char *end;

    if (text == NULL)
        return 0;
    *rate = strtod(text, &end);
    if (*end != '\0' || end == text || !(*rate > 0.0 && *rate < 1e9))
        return wrong("rate-limit", "a number of reads per second above 0");
    return 0;
}

static int
read_numbers(const struct numbers *numbers, struct options *options)
{
    if (read_number("generate", numbers->generate,
                    ESTATE_SUBSCRIPTIONS_MAXIMUM, &options->generate)
            < 0
        || read_number("seed", numbers->seed, UINT32_MAX, &options->seed) < 0
        || read_number("latency", numbers->latency, 600 * 1000,
                       &options->latency)
               < 0
        || read_number("token-lifetime", numbers->token_lifetime,
                       100 * 24 * 3600, &options->token_lifetime)
               < 0
        || read_number("device-code-interval", numbers->device_code_interval,
                       3600, &options->device_code_interval)
               < 0
        || read_number("page-size", numbers->page_size, 100 * 1000,
                       &options->page_size)
               < 0
        || read_number("contact-budget", numbers->contact_budget, UINT32_MAX,
                       &options->contact_budget)
               < 0)
        return -1;
    return read_rate(numbers->rate_limit, &options->rate_limit);
}

static int
fill_in(const struct numbers *numbers, struct options *options)
{
    if (options->estate != NULL && numbers->generate != NULL)
        return wrong("generate", "given without --estate");
    if (options->listen == NULL)
        options->listen = strdup("127.0.0.1:8443");
    if (options->identity_listen == NULL)
        options->identity_listen = strdup("127.0.0.1:8480");
    if (options->listen == NULL || options->identity_listen == NULL) {
        fputs("piket-emulator: out of memory\n", stderr);
        return -1;
    }
    return read_numbers(numbers, options);
}

/* A row of the table below. */
#define TEXT(name, target, help, value)                             \
    {                                                               \
        (name), '\0', POPT_ARG_STRING, (target), 0, (help), (value) \
    }

static enum options_outcome
parse(poptContext context, const struct numbers *numbers,
      struct options *options)
{
    const int code = poptGetNextOpt(context);

    if (code == OPTION_VERSION) {
        puts("piket-emulator " PIKET_VERSION);
        return OPTIONS_DONE;
    }
    if (code < -1) {
        fprintf(stderr, "piket-emulator: %s: %s\n",
                poptBadOption(context, POPT_BADOPTION_NOALIAS),
                poptStrerror(code));
        return OPTIONS_WRONG;
    }
    const char *rest = poptPeekArg(context);
    if (rest != NULL) {
        fprintf(stderr, "piket-emulator: %s: unexpected argument\n", rest);
        return OPTIONS_WRONG;
    }
    return fill_in(numbers, options) < 0 ? OPTIONS_WRONG : OPTIONS_RUN;
}

enum options_outcome
options_parse(int argc, char **argv, struct options *ret_options)
{
    struct options *to = ret_options;
    CLEANUP(numbers_done) struct numbers numbers = { .generate = NULL };
    const struct poptOption table[] = {
        TEXT("estate", &to->estate, "what this Azure holds", "FILE"),
        TEXT("generate", &numbers.generate, "make N subscriptions (10)", "N"),
        TEXT("seed", &numbers.seed, "of what is made, and of chances (1)",
             "S"),
        TEXT("write-estate", &to->write_estate,
             "write the estate as it is at start", "FILE"),
        TEXT("listen", &to->listen, "ARM and Entra, over TLS (127.0.0.1:8443)",
             "HOST:PORT"),
        TEXT("identity-listen", &to->identity_listen,
             "managed identities, plain http (127.0.0.1:8480)", "HOST:PORT"),
        TEXT("arc-folder", &to->arc_folder,
             "where the keys of Azure Arc are written "
             "(/var/opt/azcmagent/tokens)",
             "DIR"),
        TEXT("latency", &numbers.latency, "of each answer, in milliseconds",
             "MS"),
        TEXT("faults", &to->faults, "what goes wrong on purpose", "FILE"),
        TEXT("rate-limit", &numbers.rate_limit,
             "reads a second before ARM answers 429", "READS/S"),
        TEXT("contact-budget", &numbers.contact_budget,
             "reads of contacts per subscription and minute (750); 0 is "
             "without end",
             "N"),
        TEXT("page-size", &numbers.page_size, "of lists", "N"),
        TEXT("token-lifetime", &numbers.token_lifetime, "3599 by default",
             "SECONDS"),
        TEXT("device-code-interval", &numbers.device_code_interval,
             "between questions whether a person has signed in (5)",
             "SECONDS"),
        TEXT("log", &to->log, "one JSON line per request", "FILE"),
        TEXT("ready-file", &to->ready_file,
             "JSON that says where it listens, written when it does", "FILE"),
        { "sign-in-files", '\0', POPT_ARG_NONE, &to->sign_in_files, 0,
          "make a certificate and a cluster's token for the first client",
          NULL },
        { "version", '\0', POPT_ARG_NONE, NULL, OPTION_VERSION,
          "print the version", NULL },
        POPT_AUTOHELP POPT_TABLEEND
    };

    *to = (struct options){ .generate = 10,
                            .seed = 1,
                            .token_lifetime = 3599,
                            .device_code_interval = 5,
                            .contact_budget = 750 };
    CLEANUP(context_clear)
    poptContext context = poptGetContext(
        "piket-emulator", argc, (const char **) (uintptr_t) argv, table, 0);
    return parse(context, &numbers, to);
}

void
options_done(struct options *options)
{
    free(options->estate);
    free(options->write_estate);
    free(options->listen);
    free(options->identity_listen);
    free(options->arc_folder);
    free(options->faults);
    free(options->log);
    free(options->ready_file);
}
