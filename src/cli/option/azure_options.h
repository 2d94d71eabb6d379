/* SPDX-License-Identifier: Apache-2.0 */
/* The options, and the environment variables, of every command that talks
 * to Azure. */
#ifndef PIKET_CLI_OPTION_AZURE_OPTIONS_H
#define PIKET_CLI_OPTION_AZURE_OPTIONS_H

#include <popt.h>
#include <stdbool.h>

#include "base/error.h"
#include "cli/terminal/path_list.h"
#include "engine/session/session.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE. */
extern const struct poptOption azure_options_table[];

/* The vals of that table; a command's own begin above the last. */
enum azure_option {
    AZURE_OPTION_FIRST = 1,
    AZURE_OPTION_ARM_ENDPOINT = AZURE_OPTION_FIRST,
    AZURE_OPTION_AUTHORITY_HOST,
    AZURE_OPTION_CA_FILE,
    AZURE_OPTION_CLOUD,
    AZURE_OPTION_CONCURRENCY,
    AZURE_OPTION_CREDENTIAL,
    AZURE_OPTION_MANAGED_IDENTITY,
    AZURE_OPTION_TENANT,
    AZURE_OPTION_TIMEOUT,
    AZURE_OPTION_TOKEN_CACHE,
    AZURE_OPTION_VERBOSE,
    AZURE_OPTION_QUIET,
    AZURE_OPTION_LAST,
};

enum { AZURE_TENANTS_CEILING = 64 };

struct azure_options {
    struct session_options session; /* of the first tenant, or the only */
    const char *tenants[AZURE_TENANTS_CEILING];
    size_t tenant_count; /* 0: the credential's own */
    unsigned verbosity;  /* how often -v was given */
    bool quiet;
    bool writes; /* set by a command that changes something in Azure */
};

/* The defaults, and what the environment says. */
void azure_options_init(struct azure_options *options);

/* An option_handler's work for vals of azure_options_table: returns 1 where
 * val is none of these. Names and addresses are checked at once, so that a
 * wrong one is a usage error. argument must outlive the options. */
int azure_options_take(struct azure_options *options, int val, char *argument,
                       struct error *err);

/* Judges the file of the CAs, which decides who Azure is: see trust_file. The
 * system's own is not judged. */
int azure_options_judge(const struct azure_options *options,
                        struct error *err);

/* Judges, and opens a session with each tenant, or with the credential's own.
 * They share the requests that may be under way at once. ret_sessions has room
 * for AZURE_TENANTS_CEILING; none is open after a failure. */
int azure_options_open(const struct azure_options *options, struct loop *loop,
                       struct session **ret_sessions, size_t *ret_count,
                       struct error *err);

/* For a command that looks at one tenant: fails where several are given. */
int azure_options_check_single(const struct azure_options *options,
                               struct error *err);

/* Adds the files by which somebody is signed in, and servers are known. */
void azure_options_list_paths(const struct azure_options *options,
                              struct path_list *list);

/* Sends log lines where verbosity and quiet want them. */
void azure_options_apply_logging(const struct azure_options *options);

#endif
