/* SPDX-License-Identifier: Apache-2.0 */
/* Judges who is signed in, where, and for how long. Claims are only for
 * display: nobody here can verify them. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "engine/examination.h"

enum {
    MINUTE = 60 * 1000,
    /* A run over thousands of subscriptions that are throttled takes this
     * long; a token that is refreshed has nothing to fear. */
    TOKEN_WARN = 10 * MINUTE,
};

/* A line for each credential that was tried before the one that signed
 * in. */
static void
add_passed_over(const struct evidence *evidence, struct diagnosis *diagnosis,
                struct diagnosis_line *line)
{
    const struct credential_chain *chain = session_chain(evidence->session);
    const struct credential_type *chosen = credential_chain_chosen(chain);
    const struct credential_type *type;
    size_t count = 0;

    while (credential_chain_type(chain, count) != NULL)
        count++;
    AUTOFREE const char **reasons = calloc(count + 1, sizeof(*reasons));
    size_t filled = 0;
    for (size_t i = 0; reasons != NULL && i < count; i++) {
        type = credential_chain_type(chain, i);
        const char *reason = credential_chain_reason(chain, i);
        if (type == chosen)
            break;
        if (reason != NULL)
            reasons[filled++] =
                arena_printf(diagnosis->arena, "%s: %s", type->name, reason);
        if (filled > 0 && reasons[filled - 1] == NULL)
            diagnosis->failed = true;
    }
    if (reasons == NULL || diagnosis->failed)
        diagnosis->failed = true;
    else
        diagnosis_add_texts(diagnosis, line, "passedOver", reasons, filled);
}

void
examine_credential(const struct evidence *evidence,
                   struct diagnosis *diagnosis)
{
    const struct error *reason = session_sign_in_error(evidence->session);
    const char *credential = session_credential(evidence->session);
    const struct evidence_list *list = &evidence->list;
    struct diagnosis_line *line;

    if (reason != NULL || credential == NULL) {
        reason = reason != NULL ? reason : &list->error;
        line =
            diagnosis_conclude(diagnosis, DIAGNOSIS_CREDENTIAL, DIAGNOSIS_FAIL,
                               DIAGNOSIS_REASON_NOT_SIGNED_IN);
        diagnosis_add_text(diagnosis, line, "error", error_message(reason));
        diagnosis_add_text(diagnosis, line, "advice", reason->advice);
        return;
    }
    const bool refused = list->failed && list->http_status == 401;
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_CREDENTIAL,
                              refused ? DIAGNOSIS_FAIL : DIAGNOSIS_PASS,
                              refused ? DIAGNOSIS_REASON_TOKEN_REFUSED
                                      : DIAGNOSIS_REASON_SIGNED_IN);
    diagnosis_add_text(diagnosis, line, "credential", credential);
    if (refused)
        diagnosis_add_text(diagnosis, line, "error",
                           error_message(&list->error));
    add_passed_over(evidence, diagnosis, line);
}

/* The tenant's id in the arena: that of the token, or, where it is opaque,
 * that of what is visible. NULL where nobody says. */
static const char *
tenant_of(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    AUTOFREE char *claim = session_claim(evidence->session, "tid");
    const struct evidence_list *list = &evidence->list;

    if (text_is_uuid(claim))
        return arena_copy(diagnosis->arena, claim);
    return list->count > 0 && *list->items[0]->tenant_id != '\0'
               ? list->items[0]->tenant_id
               : NULL;
}

void
examine_tenant(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const char *tenant = tenant_of(evidence, diagnosis);
    const bool named = !text_is_blank(evidence->tenant_name)
                       || !text_is_blank(evidence->tenant_domain);
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_TENANT, DIAGNOSIS_PASS,
                           tenant == NULL ? DIAGNOSIS_REASON_TENANT_UNTOLD
                           : named        ? DIAGNOSIS_REASON_TENANT
                                          : DIAGNOSIS_REASON_TENANT_UNNAMED);

    diagnosis_add_text(diagnosis, line, "tenant", tenant);
    if (tenant == NULL || !named)
        return;
    diagnosis_add_text(diagnosis, line, "name",
                       !text_is_blank(evidence->tenant_name)
                           ? evidence->tenant_name
                           : evidence->tenant_domain);
    diagnosis_add_text(diagnosis, line, "domain", evidence->tenant_domain);
}

void
examine_configured_tenant(const struct evidence *evidence,
                          struct diagnosis *diagnosis)
{
    const struct diagnose_options *options = evidence->options;
    const char *configured = options->config->tenant;
    const char *tenant = tenant_of(evidence, diagnosis);
    enum diagnosis_status status = DIAGNOSIS_PASS;
    enum diagnosis_reason reason = DIAGNOSIS_REASON_TENANT_AS_CONFIGURED;

    if (options->config_path == NULL) {
        reason = DIAGNOSIS_REASON_TENANT_NO_FILE;
    } else if (configured == NULL) {
        reason = DIAGNOSIS_REASON_TENANT_FREE;
    } else if (tenant == NULL) {
        reason = DIAGNOSIS_REASON_TENANT_UNTOLD;
        status = DIAGNOSIS_WARN;
    } else if (!text_equal_ignoring_case(configured, tenant)) {
        reason = DIAGNOSIS_REASON_TENANT_DIFFERS;
        status = DIAGNOSIS_WARN;
    }
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_CONFIGURED_TENANT, status, reason);
    diagnosis_add_text(diagnosis, line, "file", options->config_path);
    if (reason == DIAGNOSIS_REASON_TENANT_DIFFERS)
        diagnosis_add_text(diagnosis, line, "configured", configured);
    diagnosis_add_text(diagnosis, line, "tenant", tenant);
}

void
examine_identity(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    static const char *const names[] = { "upn", "unique_name",
                                         "app_displayname", "appid", "oid" };
    AUTOFREE char *name = NULL;
    AUTOFREE char *object = session_claim(evidence->session, "oid");
    AUTOFREE char *application = session_claim(evidence->session, "appid");
    struct diagnosis_line *line;

    for (size_t i = 0; i < ARRAY_LENGTH(names) && name == NULL; i++)
        name = session_claim(evidence->session, names[i]);
    if (name == NULL) {
        line =
            diagnosis_conclude(diagnosis, DIAGNOSIS_IDENTITY, DIAGNOSIS_PASS,
                               DIAGNOSIS_REASON_IDENTITY_OPAQUE);
        diagnosis_add_text(diagnosis, line, "credential",
                           session_credential(evidence->session));
        return;
    }
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_IDENTITY, DIAGNOSIS_PASS,
                              DIAGNOSIS_REASON_IDENTITY);
    diagnosis_add_text(diagnosis, line, "name", name);
    diagnosis_add_text(diagnosis, line, "objectId", object);
    diagnosis_add_text(diagnosis, line, "applicationId", application);
}

/* The other credentials give another token in time. */
static bool
is_static(const struct evidence *evidence)
{
    return credential_chain_chosen(session_chain(evidence->session))->group
           == CREDENTIAL_STATIC;
}

void
examine_token(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const int64_t end = session_token_expires_at(evidence->session);
    const int64_t left = end - clock_now();
    char text[CLOCK_TEXT_SIZE];

    if (end == INT64_MAX || end == 0) {
        diagnosis_conclude(diagnosis, DIAGNOSIS_TOKEN, DIAGNOSIS_PASS,
                           DIAGNOSIS_REASON_TOKEN_UNTOLD);
        return;
    }
    const bool soon = left < TOKEN_WARN;
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_TOKEN, soon ? DIAGNOSIS_WARN : DIAGNOSIS_PASS,
        soon                  ? DIAGNOSIS_REASON_TOKEN_ENDS_SOON
        : is_static(evidence) ? DIAGNOSIS_REASON_TOKEN_STATIC
                              : DIAGNOSIS_REASON_TOKEN_LASTS);
    diagnosis_add_number(line, "minutes", left > 0 ? left / MINUTE : 0);
    diagnosis_add_text(diagnosis, line, "expiresAt", clock_format(end, text));
}
