/* SPDX-License-Identifier: Apache-2.0 */
/* Judges who is signed in, where, and for how long. Claims are only for
 * display: nobody here can verify them. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "engine/doctor/doctor_check.h"

enum {
    MINUTE = 60 * 1000,
    /* A run over thousands of subscriptions that are throttled takes this
     * long; a token that is refreshed has nothing to fear. */
    TOKEN_WARN = 10 * MINUTE,
};

/* A line for each credential that was tried before the one that signed
 * in. */
static void
add_passed_over(const struct doctor_facts *facts, struct doctor_report *report,
                struct doctor_report_line *line)
{
    const struct credential_chain *chain = session_chain(facts->session);
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
                arena_printf(report->arena, "%s: %s", type->name, reason);
        if (filled > 0 && reasons[filled - 1] == NULL)
            report->failed = true;
    }
    if (reasons == NULL || report->failed)
        report->failed = true;
    else
        doctor_report_add_texts(report, line, "passedOver", reasons, filled);
}

void
doctor_check_credential(const struct doctor_facts *facts,
                        struct doctor_report *report)
{
    const struct error *reason = session_sign_in_error(facts->session);
    const char *credential = session_credential(facts->session);
    const struct doctor_facts_list *list = &facts->list;
    struct doctor_report_line *line;

    if (reason != NULL || credential == NULL) {
        reason = reason != NULL ? reason : &list->error;
        line = doctor_report_conclude(report, DOCTOR_REPORT_CREDENTIAL,
                                      DOCTOR_REPORT_FAIL,
                                      DOCTOR_REASON_NOT_SIGNED_IN);
        doctor_report_add_text(report, line, "error", error_message(reason));
        doctor_report_add_text(report, line, "advice", reason->advice);
        return;
    }
    const bool refused = list->failed && list->http_status == 401;
    line = doctor_report_conclude(
        report, DOCTOR_REPORT_CREDENTIAL,
        refused ? DOCTOR_REPORT_FAIL : DOCTOR_REPORT_PASS,
        refused ? DOCTOR_REASON_TOKEN_REFUSED : DOCTOR_REASON_SIGNED_IN);
    doctor_report_add_text(report, line, "credential", credential);
    if (refused)
        doctor_report_add_text(report, line, "error",
                               error_message(&list->error));
    add_passed_over(facts, report, line);
}

/* The tenant's id in the arena: that of the token, or, where it is opaque,
 * that of what is visible. NULL where nobody says. */
static const char *
tenant_of(const struct doctor_facts *facts, struct doctor_report *report)
{
    AUTOFREE char *claim = session_claim(facts->session, "tid");
    const struct doctor_facts_list *list = &facts->list;

    if (text_is_uuid(claim))
        return arena_copy(report->arena, claim);
    return list->count > 0 && *list->items[0]->tenant_id != '\0'
               ? list->items[0]->tenant_id
               : NULL;
}

void
doctor_check_tenant(const struct doctor_facts *facts,
                    struct doctor_report *report)
{
    const char *tenant = tenant_of(facts, report);
    const bool named = !text_is_blank(facts->tenant_name)
                       || !text_is_blank(facts->tenant_domain);
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_TENANT, DOCTOR_REPORT_PASS,
        tenant == NULL ? DOCTOR_REASON_TENANT_UNTOLD
        : named        ? DOCTOR_REASON_TENANT
                       : DOCTOR_REASON_TENANT_UNNAMED);

    doctor_report_add_text(report, line, "tenant", tenant);
    if (tenant == NULL || !named)
        return;
    doctor_report_add_text(report, line, "name",
                           !text_is_blank(facts->tenant_name)
                               ? facts->tenant_name
                               : facts->tenant_domain);
    doctor_report_add_text(report, line, "domain", facts->tenant_domain);
}

void
doctor_check_configured_tenant(const struct doctor_facts *facts,
                               struct doctor_report *report)
{
    const struct doctor_options *options = facts->options;
    const char *configured = options->config->tenant;
    const char *tenant = tenant_of(facts, report);
    enum doctor_report_status status = DOCTOR_REPORT_PASS;
    enum doctor_reason reason = DOCTOR_REASON_TENANT_AS_CONFIGURED;

    if (options->config_path == NULL) {
        reason = DOCTOR_REASON_TENANT_NO_FILE;
    } else if (configured == NULL) {
        reason = DOCTOR_REASON_TENANT_FREE;
    } else if (tenant == NULL) {
        reason = DOCTOR_REASON_TENANT_UNTOLD;
        status = DOCTOR_REPORT_WARN;
    } else if (!text_equal_ignoring_case(configured, tenant)) {
        reason = DOCTOR_REASON_TENANT_DIFFERS;
        status = DOCTOR_REPORT_WARN;
    }
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_CONFIGURED_TENANT, status, reason);
    doctor_report_add_text(report, line, "file", options->config_path);
    if (reason == DOCTOR_REASON_TENANT_DIFFERS)
        doctor_report_add_text(report, line, "configured", configured);
    doctor_report_add_text(report, line, "tenant", tenant);
}

void
doctor_check_identity(const struct doctor_facts *facts,
                      struct doctor_report *report)
{
    static const char *const names[] = { "upn", "unique_name",
                                         "app_displayname", "appid", "oid" };
    AUTOFREE char *name = NULL;
    AUTOFREE char *object = session_claim(facts->session, "oid");
    AUTOFREE char *application = session_claim(facts->session, "appid");
    struct doctor_report_line *line;

    for (size_t i = 0; i < ARRAY_LENGTH(names) && name == NULL; i++)
        name = session_claim(facts->session, names[i]);
    if (name == NULL) {
        line = doctor_report_conclude(report, DOCTOR_REPORT_IDENTITY,
                                      DOCTOR_REPORT_PASS,
                                      DOCTOR_REASON_IDENTITY_OPAQUE);
        doctor_report_add_text(report, line, "credential",
                               session_credential(facts->session));
        return;
    }
    line = doctor_report_conclude(report, DOCTOR_REPORT_IDENTITY,
                                  DOCTOR_REPORT_PASS, DOCTOR_REASON_IDENTITY);
    doctor_report_add_text(report, line, "name", name);
    doctor_report_add_text(report, line, "objectId", object);
    doctor_report_add_text(report, line, "applicationId", application);
}

/* The other credentials give another token in time. */
static bool
is_static(const struct doctor_facts *facts)
{
    return credential_chain_chosen(session_chain(facts->session))->group
           == CREDENTIAL_STATIC;
}

void
doctor_check_token(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const int64_t end = session_token_expires_at(facts->session);
    const int64_t left = end - clock_now();
    char text[CLOCK_TEXT_SIZE];

    if (end == INT64_MAX || end == 0) {
        doctor_report_conclude(report, DOCTOR_REPORT_TOKEN, DOCTOR_REPORT_PASS,
                               DOCTOR_REASON_TOKEN_UNTOLD);
        return;
    }
    const bool soon = left < TOKEN_WARN;
    struct doctor_report_line *line =
        doctor_report_conclude(report, DOCTOR_REPORT_TOKEN,
                               soon ? DOCTOR_REPORT_WARN : DOCTOR_REPORT_PASS,
                               soon ? DOCTOR_REASON_TOKEN_ENDS_SOON
                               : is_static(facts) ? DOCTOR_REASON_TOKEN_STATIC
                                                  : DOCTOR_REASON_TOKEN_LASTS);
    doctor_report_add_number(line, "minutes", left > 0 ? left / MINUTE : 0);
    doctor_report_add_text(report, line, "expiresAt", clock_format(end, text));
}
