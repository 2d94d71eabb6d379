/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef EMULATOR_OPTIONS_H
#define EMULATOR_OPTIONS_H

#include <stdint.h>

/* Texts are owned, and NULL where the option was not given. */
struct options {
    char *estate;
    char *write_estate;
    char *listen;
    char *identity_listen;
    char *arc_folder;
    char *faults;
    char *log;
    char *ready_file;
    uint64_t generate; /* subscriptions */
    uint64_t seed;
    uint64_t latency;              /* milliseconds */
    uint64_t token_lifetime;       /* seconds */
    uint64_t device_code_interval; /* seconds */
    uint64_t page_size;            /* 0 is that of the estate */
    uint64_t contact_budget;       /* reads per minute; 0 is without end */
    int sign_in_files;             /* whether to make them; an int for popt */
    double rate_limit;             /* reads per second; 0 is without end */
};

/* What is to be done with the command line. */
enum options_outcome { OPTIONS_RUN, OPTIONS_DONE, OPTIONS_WRONG };

/* Prints help, version or what is wrong itself. */
enum options_outcome options_parse(int argc, char **argv,
                                   struct options *ret_options);

void options_done(struct options *options);

#endif
