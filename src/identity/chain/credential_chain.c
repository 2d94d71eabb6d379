/* SPDX-License-Identifier: Apache-2.0 */
/* Tries credentials in order. */
#include "identity/chain/credential_chain.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/log.h"

/* A line for each kind, with what a tool said. */
enum { CREDENTIAL_CHAIN_MESSAGE_CEILING = 16 * 1024 };

struct link {
    const struct credential_type *type; /* borrowed */
    struct credential *credential;      /* NULL until it is tried */
    char *reason;                       /* owned; NULL where not tried */
    bool failed;                        /* configured, and refused */
};

struct credential_chain {
    struct credential_context context;
    struct link *links;
    size_t count;
    struct link *chosen;       /* NULL before the first success */
    struct link *asked;        /* NULL while none is */
    char *claims;              /* owned; of the request under way */
    bool failed;               /* one was configured, and refused */
    char *advice;              /* owned; of the first that was refused */
    credential_answer *answer; /* of the request under way */
    void *data;
};

int
credential_chain_new(struct credential_chain **ret_chain,
                     const struct credential_type *const *types, size_t count,
                     const struct credential_context *context,
                     struct error *err)
{
    AUTOFREE struct credential_chain *chain = calloc(1, sizeof(*chain));
    /* One more than needed: calloc(0) may be NULL without a failure. */
    AUTOFREE struct link *links = calloc(count + 1, sizeof(*links));

    if (chain == NULL || links == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        links[i].type = types[i];
    chain->context = *context;
    chain->context.alone = count == 1;
    chain->links = take_pointer(links);
    chain->count = count;
    *ret_chain = take_pointer(chain);
    return 0;
}

/* Forgets what one request left behind. */
static void
request_done(struct credential_chain *chain)
{
    free(chain->claims);
    free(chain->advice);
    chain->claims = chain->advice = NULL;
    chain->failed = false;
    chain->asked = NULL;
}

void
credential_chain_free(struct credential_chain *chain)
{
    if (chain == NULL)
        return;
    for (size_t i = 0; i < chain->count; i++) {
        struct link *link = &chain->links[i];
        link->type->free(link->credential);
        free(link->reason);
    }
    request_done(chain);
    free(chain->links);
    free(chain);
}

void
credential_chain_cancel(struct credential_chain *chain)
{
    if (chain->asked == NULL)
        return;
    chain->asked->type->free(chain->asked->credential);
    chain->asked->credential = NULL;
    request_done(chain);
}

static void link_ask(struct credential_chain *chain, struct link *link);

static void
answer_give(struct credential_chain *chain, enum credential_outcome outcome,
            struct access_token *token, struct error *err)
{
    request_done(chain);
    chain->answer(outcome, token, err, chain->data);
}

/* Keeps why a credential gave no token, and the advice of the first one that
 * was configured, or half so: it is the one that was meant. */
static int
reason_note(struct credential_chain *chain, struct link *link,
            enum credential_outcome outcome, const struct error *err)
{
    char *reason = strdup(error_message(err));

    if (reason == NULL)
        return -1;
    free(link->reason);
    link->reason = reason;
    link->failed = outcome == CREDENTIAL_FAILED;
    log_info("%s: %s", link->type->name, reason);
    chain->failed = chain->failed || link->failed;
    if (outcome == CREDENTIAL_UNAVAILABLE || chain->advice != NULL
        || err->advice == NULL)
        return 0;
    chain->advice = strdup(err->advice);
    return chain->advice != NULL ? 0 : -1;
}

/* A line for each of these that was asked. */
static void
reasons_append(const struct credential_chain *chain, bool failed,
               struct buffer *message)
{
    for (size_t i = 0; i < chain->count; i++) {
        const struct link *link = &chain->links[i];
        if (link->reason != NULL && link->failed == failed
            && (chain->chosen == NULL || chain->chosen == link))
            buffer_printf(message, "%s%s: %s", message->length > 0 ? "\n" : "",
                          link->type->name, link->reason);
    }
}

/* What would sign in with one of the group's kinds; "" where none is tried. */
static const char *
way_of(const struct credential_chain *chain, enum credential_group group,
       const char *way)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->links[i].type->group == group)
            return way;
    return "";
}

static void
ways_advise(const struct credential_chain *chain, struct error *err)
{
    const char *person = way_of(chain, CREDENTIAL_DEVELOPMENT, "run az login");
    const char *program = way_of(chain, CREDENTIAL_PRODUCTION,
                                 "set AZURE_TENANT_ID, AZURE_CLIENT_ID and "
                                 "AZURE_CLIENT_SECRET");

    if (*person != '\0' || *program != '\0')
        error_advise(err, "%s%s%s", person,
                     *person != '\0' && *program != '\0' ? ", or " : "",
                     program);
}

/* Another credential is advised only where none was chosen or configured:
 * what was configured is what was meant. Nor is one that is not tried. */
static void
advice_give(const struct credential_chain *chain, struct error *err)
{
    if (chain->advice != NULL)
        error_advise(err, "%s", chain->advice);
    else if (chain->failed || chain->chosen != NULL)
        return;
    else if (chain->count == 1)
        error_advise(err, "%s needs %s", chain->links[0].type->name,
                     chain->links[0].type->needs);
    else
        ways_advise(chain, err);
}

/* Tells why there is no token, and what to do. What was configured comes
 * first, what is merely not set behind it. */
static void
failure_give(struct credential_chain *chain)
{
    AUTOBUFFER message = BUFFER_INIT(CREDENTIAL_CHAIN_MESSAGE_CEILING);
    AUTOERROR err = ERROR_INIT;

    reasons_append(chain, true, &message);
    reasons_append(chain, false, &message);
    if (message.length > 0)
        error_set(&err, "%s", buffer_text(&message));
    else
        error_set(&err, "there is no credential to try");
    advice_give(chain, &err);
    answer_give(chain,
                chain->failed ? CREDENTIAL_FAILED : CREDENTIAL_UNAVAILABLE,
                NULL, &err);
}

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    struct credential_chain *chain = data;
    struct link *link = chain->asked;

    if (outcome == CREDENTIAL_TOKEN) {
        chain->chosen = link;
        answer_give(chain, outcome, token, NULL);
        return;
    }
    if (reason_note(chain, link, outcome, err) < 0) {
        AUTOERROR memory = ERROR_INIT;
        error_set_memory(&memory);
        answer_give(chain, CREDENTIAL_FAILED, NULL, &memory);
        return;
    }
    const bool refused = outcome == CREDENTIAL_FAILED
                         && link->type->group != CREDENTIAL_DEVELOPMENT;
    const bool last = link + 1 == chain->links + chain->count;
    if (refused || last || chain->chosen != NULL)
        failure_give(chain);
    else
        link_ask(chain, link + 1);
}

static void
link_ask(struct credential_chain *chain, struct link *link)
{
    AUTOERROR err = ERROR_INIT;

    chain->asked = link;
    if (link->credential == NULL
        && link->type->create(&link->credential, &chain->context, &err) < 0) {
        on_answer(CREDENTIAL_FAILED, NULL, &err, chain);
        return;
    }
    link->type->request(link->credential, chain->claims, on_answer, chain);
}

void
credential_chain_request(struct credential_chain *chain, const char *claims,
                         credential_answer *answer, void *data)
{
    chain->answer = answer;
    chain->data = data;
    chain->claims = claims != NULL ? strdup(claims) : NULL;
    if (claims != NULL && chain->claims == NULL) {
        AUTOERROR err = ERROR_INIT;
        error_set_memory(&err);
        answer_give(chain, CREDENTIAL_FAILED, NULL, &err);
    } else if (chain->count == 0) {
        failure_give(chain);
    } else {
        link_ask(chain, chain->chosen != NULL ? chain->chosen : chain->links);
    }
}

const struct credential_type *
credential_chain_chosen(const struct credential_chain *chain)
{
    return chain->chosen != NULL ? chain->chosen->type : NULL;
}

const struct credential_type *
credential_chain_type(const struct credential_chain *chain, size_t index)
{
    return index < chain->count ? chain->links[index].type : NULL;
}

const char *
credential_chain_reason(const struct credential_chain *chain, size_t index)
{
    return index < chain->count ? chain->links[index].reason : NULL;
}
