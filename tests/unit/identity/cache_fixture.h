/* SPDX-License-Identifier: Apache-2.0 */
/* A token cache among fakes: a clock that stands still but for what a test
 * adds to it, the loop's timers, the headers of answers, and a credential
 * that answers as the test says. They take the place of the rooms' own
 * functions of these names. */
#ifndef PIKET_TESTS_IDENTITY_CACHE_FIXTURE_H
#define PIKET_TESTS_IDENTITY_CACHE_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "identity/token/credential.h"
#include "identity/chain/token_cache.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

#define READY HTTP_AUTHORIZATION_READY
#define WAIT HTTP_AUTHORIZATION_WAIT
#define REFUSED HTTP_AUTHORIZATION_REFUSED

struct fake_credential {
    const char *value; /* NULL: it fails */
    int64_t lifetime, refresh_in;
    bool later; /* answers when fake_answer is called */
    unsigned asked;
    char claims[128]; /* of the last request; "" for none */
    credential_answer *answer;
    void *data;
};

extern int64_t elapsed; /* milliseconds since the test began */
extern unsigned woken;  /* times that the cache said it is ready */
extern struct token_cache *cache;
extern struct fake_credential fake;

/* The token is T1 and lives for an hour; with setup_static it is one that
 * cannot be refreshed. */
int setup(void **state);
int setup_static(void **state);
int teardown(void **state);

void fake_answer(void);

/* Lets the cache's timer run out, where there is one. */
void timer_fire(void);

/* Asks for a header, and compares what comes with text: the token, or the
 * reason where it is refused. Returns the generation. */
unsigned expect(enum http_authorization expected, const char *text);

/* A 401 answer with these WWW-Authenticate headers, or NULL. */
void reject(unsigned generation, const char *first, const char *second);

#endif
