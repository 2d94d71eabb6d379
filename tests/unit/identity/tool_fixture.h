/* SPDX-License-Identifier: Apache-2.0 */
/* Tools made of scripts, in a folder that is the PATH, and the credential that
 * runs one of them. */
#ifndef PIKET_TESTS_IDENTITY_TOOL_FIXTURE_H
#define PIKET_TESTS_IDENTITY_TOOL_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "identity/token/credential.h"

#define AUDIENCE "https://management.core.windows.net/"
#define TOKEN_JSON "{\"accessToken\":\"T\",\"expires_on\":4102444800}"

struct last_answer {
    unsigned count;
    enum credential_outcome outcome;
    struct access_token token;
    struct error err;
};

extern char folder[];
extern const struct credential_type *tested; /* the Azure CLI's at first */
extern struct loop *loop;
extern struct credential_context context;
extern struct credential *credential; /* NULL until ask makes it */
extern struct last_answer last;

/* Of the whole program. */
int folder_make(void **state);
int folder_remove(void **state);

/* Of each test; the second as on a kernel without pidfd_open. */
int setup(void **state);
int setup_without_pidfd(void **state);
int teardown(void **state);

/* The path of a file in the folder, until the next call. */
const char *in_folder(const char *name);

/* Puts a program into the folder. $DIR is the folder in it. */
void tool_is(const char *program, const char *script);
void az_is(const char *script);

/* What a script wrote into the folder, "" where there is no such file;
 * until the next call. */
const char *written(const char *name);

/* Whether a process still runs whose number a script wrote. One that nobody
 * has reaped yet does not. */
bool runs(const char *name);
void expect_dead(const char *name);

/* Keeps the answer in last; data is &last. */
credential_answer on_answer;

/* Asks for a token, and waits for the one answer. */
void ask(const char *claims);

/* What the last answer must be; advice may be NULL. */
void expect_token(const char *value, int64_t expires_at);
void expect_failure(enum credential_outcome outcome, const char *message,
                    const char *advice);

#endif
