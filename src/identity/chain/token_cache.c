/* SPDX-License-Identifier: Apache-2.0 */
/* The token in use for one tenant and audience. */
#include "identity/chain/token_cache.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "identity/token/access_token.h"
#include "identity/token/claims_challenge.h"

enum {
    /* The Azure SDKs refresh five minutes before the end, and wait half a
     * minute after a refresh that failed. */
    TOKEN_CACHE_MARGIN = 5 * 60 * 1000,
    TOKEN_CACHE_PAUSE = 30 * 1000,
    /* Tokens that may be refused one after the other, each within a pause
     * of its making. After these, a 401 says more about the request than
     * about the token, and one subscription of another tenant must not make
     * a token request of every read. */
    TOKEN_CACHE_REPLACEMENTS = 5,
    /* WWW-Authenticate headers of one answer that are looked at. */
    TOKEN_CACHE_CHALLENGES = 8,
};

struct token_cache {
    struct loop *loop;              /* borrowed */
    struct credential_chain *chain; /* borrowed */
    token_cache_ready *ready;
    void *data;
    struct loop_timer *notice; /* ready is due */

    struct access_token token; /* value is NULL while there is none */
    int64_t refresh_at;        /* clock_now */
    int64_t made_at;           /* clock_monotonic */
    unsigned generation;       /* of the token; 0 before the first */
    bool accepted;             /* some answer took this generation */
    struct access_token spare; /* refused by one answer, and good enough where
                                  no other comes; value NULL: none */
    unsigned replacements;     /* see TOKEN_CACHE_REPLACEMENTS */
    char *refused;             /* owned secret: the last token dropped */
    bool stubborn;             /* the credential gave that one again */
    char *claims;              /* owned; asked for, and not yet given */

    bool requested;      /* the chain is at work */
    bool claims_sent;    /* with the claims above */
    bool awaited;        /* somebody was told to wait */
    bool over;           /* no further token will come */
    bool warned;         /* that the spare token came back */
    bool paused;         /* the last request failed, at failed_at */
    int64_t failed_at;   /* clock_monotonic */
    struct error reason; /* why there is no token */
};

static void token_request(struct token_cache *cache);

int
token_cache_new(struct token_cache **ret_cache, struct loop *loop,
                struct credential_chain *chain, token_cache_ready *ready,
                void *data, struct error *err)
{
    struct token_cache *cache = calloc(1, sizeof(*cache));

    if (cache == NULL)
        return error_set_memory(err);
    cache->loop = loop;
    cache->chain = chain;
    cache->ready = ready;
    cache->data = data;
    *ret_cache = cache;
    return 0;
}

void
token_cache_free(struct token_cache *cache)
{
    if (cache == NULL)
        return;
    if (cache->requested)
        credential_chain_cancel(cache->chain);
    loop_timer_cancel(cache->loop, cache->notice);
    access_token_done(&cache->token);
    access_token_done(&cache->spare);
    secret_free(cache->refused);
    free(cache->claims);
    error_done(&cache->reason);
    free(cache);
}

static bool
is_static(const struct token_cache *cache)
{
    const struct credential_type *type = credential_chain_chosen(cache->chain);

    return type != NULL && type->group == CREDENTIAL_STATIC;
}

static void
on_notice(void *data)
{
    struct token_cache *cache = data;

    cache->notice = NULL;
    cache->ready(cache->data);
}

/* Lets the waiting ones go on, but not before the credential that answers
 * has returned: they may end the whole run. */
static void
waiters_wake(struct token_cache *cache)
{
    if (!cache->awaited)
        return;
    cache->awaited = false;
    if (cache->notice == NULL)
        cache->notice = loop_timer_start(cache->loop, 0, on_notice, cache);
    if (cache->notice == NULL)
        cache->ready(cache->data);
}

/* When to refresh a token that has just come. */
static int64_t
refresh_time(const struct access_token *token, int64_t now)
{
    if (token->expires_at == INT64_MAX)
        return INT64_MAX;
    if (token->refresh_at > 0 && token->refresh_at < token->expires_at)
        return token->refresh_at;
    const int64_t half = (token->expires_at - now) / 2;
    return token->expires_at
           - (half < TOKEN_CACHE_MARGIN ? half : TOKEN_CACHE_MARGIN);
}

static void
token_keep(struct token_cache *cache, struct access_token *token, int64_t now)
{
    const char *name = credential_chain_chosen(cache->chain)->name;

    cache->stubborn =
        cache->refused != NULL && strcmp(cache->refused, token->value) == 0;
    access_token_done(&cache->token);
    access_token_done(&cache->spare);
    cache->accepted = false;
    cache->token = *token;
    token->value = NULL;
    cache->refresh_at = refresh_time(&cache->token, now);
    cache->made_at = clock_monotonic();
    cache->generation++;
    cache->paused = false;
    free(cache->claims);
    cache->claims = NULL;
    error_done(&cache->reason);
    log_info("token %u from %s%s", cache->generation, name,
             cache->stubborn ? ": the one that was refused" : "");
}

/* The clock is wrong here or there; asking again would not help. */
static void
token_refuse(struct access_token *token, struct error *err)
{
    char text[CLOCK_TEXT_SIZE];

    error_set(err, "the new token had ended already, at %s",
              clock_format(token->expires_at, text));
    error_advise(err, "check this machine's clock");
    access_token_done(token);
}

static void
spare_use(struct token_cache *cache)
{
    cache->token = cache->spare;
    cache->spare.value = NULL;
}

/* The token that one answer refused and others took is better than none.
 * What the challenge asked for is not to be had here. */
static void
spare_return(struct token_cache *cache, const struct error *err)
{
    spare_use(cache);
    free(cache->claims);
    cache->claims = NULL;
    if (!cache->warned)
        log_warning("a token was refused, and there is no other: %s%s%s",
                    error_message(err), err->advice != NULL ? "; " : "",
                    err->advice != NULL ? err->advice : "");
    cache->warned = true;
}

/* A refresh that fails is no loss while the old token lives. */
static void
failure_keep(struct token_cache *cache, struct error *err)
{
    cache->paused = true;
    cache->failed_at = clock_monotonic();
    if (cache->spare.value != NULL && cache->spare.expires_at > clock_now())
        spare_return(cache, err);
    else if (cache->token.value != NULL)
        log_info("the token could not be refreshed: %s", error_message(err));
    else
        error_move(&cache->reason, err);
}

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    struct token_cache *cache = data;
    const int64_t now = clock_now();

    cache->requested = false;
    if (outcome != CREDENTIAL_TOKEN) {
        failure_keep(cache, err);
    } else if (cache->claims != NULL && !cache->claims_sent) {
        /* They were asked for while this token was being made. */
        access_token_done(token);
        token_request(cache);
        return;
    } else if (token->expires_at > now) {
        token_keep(cache, token, now);
    } else {
        AUTOERROR ended = ERROR_INIT;
        token_refuse(token, &ended);
        failure_keep(cache, &ended);
    }
    waiters_wake(cache);
}

static void
token_request(struct token_cache *cache)
{
    cache->requested = true;
    cache->claims_sent = cache->claims != NULL;
    error_done(&cache->reason);
    credential_chain_request(cache->chain, cache->claims, on_answer, cache);
}

static bool
is_pausing(const struct token_cache *cache)
{
    return cache->paused
           && clock_monotonic() - cache->failed_at < TOKEN_CACHE_PAUSE;
}

/* Starts a request where one is due. */
static void
token_renew(struct token_cache *cache, int64_t now)
{
    const bool alive = cache->token.value != NULL;

    if (cache->requested || cache->over)
        return;
    if (alive && (is_static(cache) || now < cache->refresh_at))
        return;
    if (is_pausing(cache))
        return;
    token_request(cache);
}

enum http_authorization
token_cache_authorize(struct buffer *header, unsigned *ret_generation,
                      void *data)
{
    struct token_cache *cache = data;
    const int64_t now = clock_now();

    if (cache->token.value != NULL && cache->token.expires_at <= now)
        access_token_done(&cache->token);
    token_renew(cache, now);
    if (cache->token.value != NULL) {
        buffer_append_text(header, "Authorization: Bearer ");
        buffer_append_text(header, cache->token.value);
        *ret_generation = cache->generation;
        return HTTP_AUTHORIZATION_READY;
    }
    if (cache->requested) {
        cache->awaited = true;
        return HTTP_AUTHORIZATION_WAIT;
    }
    buffer_append_text(header, error_message(&cache->reason));
    return HTTP_AUTHORIZATION_REFUSED;
}

/* Keeps the claims that the answer asks for. Returns whether there are
 * any. */
static bool
claims_note(struct token_cache *cache, const struct http_response *response)
{
    for (size_t i = 0; i < TOKEN_CACHE_CHALLENGES; i++) {
        const char *header =
            http_response_header_at(response, "WWW-Authenticate", i);
        char *claims = claims_challenge_read(header);
        if (claims == NULL && header != NULL)
            continue;
        if (claims == NULL)
            return false;
        free(cache->claims);
        cache->claims = claims;
        return true;
    }
    return false;
}

/* Whether another token would be refused like this one: the credential has
 * no other, or tokens are refused as fast as they come. The token stays
 * then, and the 401 is about the request. */
static bool
replacing_is_vain(struct token_cache *cache, bool claims)
{
    if (cache->stubborn && !claims)
        return true;
    if (clock_monotonic() - cache->made_at >= TOKEN_CACHE_PAUSE)
        cache->replacements = 0;
    return cache->replacements++ >= TOKEN_CACHE_REPLACEMENTS;
}

/* Nobody gives another, so it is this one's end, unless answers that are
 * still under way take it. */
static void
static_token_end(struct token_cache *cache, bool claims)
{
    cache->over = true;
    error_set(&cache->reason,
              "Azure Resource Manager refused the token of %s (HTTP 401)%s",
              credential_chain_chosen(cache->chain)->name,
              claims ? ": the tenant asks for another sign-in" : "");
    error_advise(&cache->reason, "put a new token into %s",
                 credential_chain_chosen(cache->chain)->needs);
    cache->spare = cache->token;
    cache->token.value = NULL;
}

void
token_cache_rejected(const struct http_response *response, void *data)
{
    struct token_cache *cache = data;

    if (response->authorization != cache->generation
        || cache->token.value == NULL)
        return; /* replaced already, or being so */
    if (cache->accepted && (is_static(cache) || is_pausing(cache)))
        return; /* it is about the request */
    const bool claims = claims_note(cache, response);
    if (is_static(cache)) {
        static_token_end(cache, claims);
        return;
    }
    if (replacing_is_vain(cache, claims))
        return;
    log_info("token %u was refused%s", cache->generation,
             claims ? ": other claims are asked for" : "");
    secret_free(cache->refused);
    cache->refused = secret_copy(cache->token.value);
    if (cache->accepted) {
        cache->spare = cache->token;
        cache->token.value = NULL;
    }
    access_token_done(&cache->token);
    cache->paused = false;
}

void
token_cache_accepted(unsigned generation, void *data)
{
    struct token_cache *cache = data;

    if (generation == 0 || generation != cache->generation || cache->accepted)
        return;
    cache->accepted = true;
    if (cache->over && cache->spare.value != NULL) {
        /* The 401 that came first was about its own request. */
        cache->over = false;
        error_done(&cache->reason);
        spare_use(cache);
    }
}

const struct error *
token_cache_error(const struct token_cache *cache)
{
    const bool hope = cache->token.value != NULL || cache->requested
                      || cache->reason.message == NULL;

    return hope ? NULL : &cache->reason;
}

int64_t
token_cache_expires_at(const struct token_cache *cache)
{
    return cache->token.value != NULL ? cache->token.expires_at : 0;
}

char *
token_cache_claim(const struct token_cache *cache, const char *name)
{
    json_auto_t *claims = access_token_claims(cache->token.value);
    const char *text = json_string_value(json_object_get(claims, name));

    return text != NULL ? strdup(text) : NULL;
}
