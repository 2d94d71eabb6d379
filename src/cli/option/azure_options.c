/* SPDX-License-Identifier: Apache-2.0 */
/* The options of every command that talks to Azure. */
#include "cli/option/azure_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/option/sign_in.h"
#include "cli/terminal/trust.h"
#include "net/http/ca_file.h"
#include "net/http/limits.h"
#include "identity/entra/authority.h"
#include "identity/chain/credential_table.h"
#include "identity/managed/managed_identity_credential.h"
#include "identity/managed/managed_identity_id.h"

enum {
    AZURE_CONCURRENCY = 32,
    AZURE_TIMEOUT = 60, /* seconds for one try, as the SDKs' */
    AZURE_TIMEOUT_CEILING = 3600,
};

#define TEXT(name, val, help, argument)                        \
    {                                                          \
        name, '\0', POPT_ARG_STRING, NULL, val, help, argument \
    }

const struct poptOption azure_options_table[] = {
    TEXT("cloud", AZURE_OPTION_CLOUD,
         N_("AzureCloud (default), AzureUSGovernment, AzureChinaCloud, "
            "AzureBleuCloud, AzureGermanyCloud"),
         N_("NAME")),
    TEXT("tenant", AZURE_OPTION_TENANT,
         N_("sign in to this tenant instead of the credential's own; "
            "check, remediate and revert take several"),
         N_("ID|DOMAIN")),
    TEXT("credential", AZURE_OPTION_CREDENTIAL,
         N_("sign in only with this one, such as AzureCli or Environment"),
         N_("NAME")),
    TEXT("managed-identity", AZURE_OPTION_MANAGED_IDENTITY,
         N_("sign in as this identity of the machine: client-id=, object-id= "
            "or resource-id="),
         "ID"),
    TEXT("token-cache", AZURE_OPTION_TOKEN_CACHE,
         N_("keep the sign-in of DeviceCode here, for the next time"),
         N_("FILE")),
    TEXT("concurrency", AZURE_OPTION_CONCURRENCY,
         N_("requests under way at once (default 32)"), "N"),
    TEXT("timeout", AZURE_OPTION_TIMEOUT,
         N_("for one try of a request (default 60)"), N_("SECONDS")),
    TEXT("arm-endpoint", AZURE_OPTION_ARM_ENDPOINT,
         N_("instead of the cloud's Azure Resource Manager"), "URL"),
    TEXT("authority-host", AZURE_OPTION_AUTHORITY_HOST,
         N_("instead of the cloud's token authority"), "URL"),
    TEXT("ca-file", AZURE_OPTION_CA_FILE,
         N_("trust these certificates instead of the system's"), N_("FILE")),
    { "quiet", 'q', POPT_ARG_NONE, NULL, AZURE_OPTION_QUIET,
      N_("neither progress nor warnings"), NULL },
    { "verbose", 'v', POPT_ARG_NONE, NULL, AZURE_OPTION_VERBOSE,
      N_("say what is chosen; -vv: each request; -vvv: its headers, redacted"),
      NULL },
    POPT_TABLEEND
};

/* Unset and empty are the same. */
static const char *
environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

void
azure_options_init(struct azure_options *options)
{
    *options = (struct azure_options) {
        .session = {
            .cloud = cloud_default(),
            .endpoint = environment("PIKET_ARM_ENDPOINT"),
            .endpoint_origin = "PIKET_ARM_ENDPOINT",
            .authority = environment("AZURE_AUTHORITY_HOST"),
            .authority_origin = "AZURE_AUTHORITY_HOST",
            .credential_selection = environment("AZURE_TOKEN_CREDENTIALS"),
            .concurrency = AZURE_CONCURRENCY,
            .try_timeout = AZURE_TIMEOUT * 1000,
            .show = sign_in_show,
        },
    };
}

static int
take_endpoint(struct session_options *session, const char *url,
              struct error *err)
{
    AUTOFREE char *checked =
        cloud_check_endpoint(url, "--arm-endpoint", true, err);

    session->endpoint = url;
    session->endpoint_origin = "--arm-endpoint";
    session->endpoint_trusted = true;
    return checked != NULL ? 0 : -1;
}

static int
take_authority(struct session_options *session, const char *url,
               struct error *err)
{
    AUTOFREE char *checked =
        authority_check(url, "--authority-host", true, err);

    session->authority = url;
    session->authority_origin = "--authority-host";
    session->authority_trusted = true;
    return checked != NULL ? 0 : -1;
}

/* A person who names an identity of the machine means to sign in as it. */
static int
identity_fits(const struct session_options *session, struct error *err)
{
    AUTOERROR unknown = ERROR_INIT;

    if (session->managed_identity == NULL || session->credential == NULL
        || credential_by_name(session->credential, "--credential", &unknown)
               == &managed_identity_credential)
        return 0;
    return error_set(err, "--managed-identity goes with --credential "
                          "ManagedIdentity only");
}

static int
take_credential(struct session_options *session, const char *name,
                struct error *err)
{
    session->credential = name;
    return credential_by_name(name, "--credential", err) != NULL
               ? identity_fits(session, err)
               : -1;
}

static int
take_managed_identity(struct session_options *session, const char *text,
                      struct error *err)
{
    struct managed_identity_id id;

    if (managed_identity_id_read(text, "--managed-identity", &id, err) < 0)
        return -1;
    session->managed_identity = text;
    if (session->credential == NULL)
        session->credential = managed_identity_credential.name;
    return identity_fits(session, err);
}

static int
take_tenant(struct azure_options *options, const char *tenant,
            struct error *err)
{
    if (!authority_valid_tenant(tenant))
        return error_set(
            err, _("--tenant: '%s' is neither an id nor a domain"), tenant);
    for (size_t i = 0; i < options->tenant_count; i++)
        if (text_equal_ignoring_case(options->tenants[i], tenant))
            return error_set(err, _("--tenant: '%s' is given twice"), tenant);
    if (options->tenant_count == AZURE_TENANTS_CEILING)
        return error_set(err, _("--tenant: at most %d tenants in a run"),
                         AZURE_TENANTS_CEILING);
    if (options->tenant_count == 0)
        options->session.tenant = tenant;
    options->tenants[options->tenant_count++] = tenant;
    return 0;
}

int
azure_options_check_single(const struct azure_options *options,
                           struct error *err)
{
    if (options->tenant_count < 2)
        return 0;
    return error_set(err, "%s",
                     _("--tenant: this command takes one tenant only"));
}

int
azure_options_judge(const struct azure_options *options, struct error *err)
{
    const char *chosen = options->session.ca_file;
    const char *origin;
    const char *file = ca_file_choose(chosen, &origin);

    if (file == NULL || strcmp(origin, "system") == 0)
        return 0;
    return trust_file(file, file == chosen ? "--ca-file" : "SSL_CERT_FILE",
                      options->writes, err);
}

int
azure_options_open(const struct azure_options *options, struct loop *loop,
                   struct session **ret_sessions, size_t *ret_count,
                   struct error *err)
{
    const size_t count = options->tenant_count > 0 ? options->tenant_count : 1;
    struct session_options session = options->session;
    const unsigned share = options->session.concurrency / (unsigned) count;

    if (azure_options_judge(options, err) < 0)
        return -1;
    session.concurrency = share > 0 ? share : 1;
    for (size_t i = 0; i < count; i++) {
        if (options->tenant_count > 0)
            session.tenant = options->tenants[i];
        if (session_open(&ret_sessions[i], loop, &session, err) < 0) {
            while (i > 0)
                session_close(ret_sessions[--i]);
            return -1;
        }
    }
    *ret_count = count;
    return 0;
}

int
azure_options_take(struct azure_options *options, int val, char *argument,
                   struct error *err)
{
    struct session_options *session = &options->session;
    uint64_t number;

    switch ((enum azure_option) val) {
    case AZURE_OPTION_ARM_ENDPOINT:
        return take_endpoint(session, argument, err);
    case AZURE_OPTION_AUTHORITY_HOST:
        return take_authority(session, argument, err);
    case AZURE_OPTION_CA_FILE:
        session->ca_file = argument;
        return 0;
    case AZURE_OPTION_CLOUD:
        session->cloud = cloud_by_name(argument, err);
        return session->cloud != NULL ? 0 : error_wrap(err, "--cloud");
    case AZURE_OPTION_CONCURRENCY:
        if (option_number("--concurrency", argument, 1,
                          HTTP_CONCURRENCY_CEILING, &number, err)
            < 0)
            return -1;
        session->concurrency = (unsigned) number;
        return 0;
    case AZURE_OPTION_CREDENTIAL:
        return take_credential(session, argument, err);
    case AZURE_OPTION_MANAGED_IDENTITY:
        return take_managed_identity(session, argument, err);
    case AZURE_OPTION_TENANT:
        return take_tenant(options, argument, err);
    case AZURE_OPTION_TIMEOUT:
        if (option_number("--timeout", argument, 1, AZURE_TIMEOUT_CEILING,
                          &number, err)
            < 0)
            return -1;
        session->try_timeout = (int64_t) number * 1000;
        return 0;
    case AZURE_OPTION_TOKEN_CACHE:
        session->token_cache = argument;
        return 0;
    case AZURE_OPTION_VERBOSE:
        options->verbosity++;
        return 0;
    case AZURE_OPTION_QUIET:
        options->quiet = true;
        return 0;
    case AZURE_OPTION_LAST:
        break;
    }
    return 1;
}

void
azure_options_apply_logging(const struct azure_options *options)
{
    static const enum log_level levels[] = {
        LOG_LEVEL_WARNING,
        LOG_LEVEL_INFO,
        LOG_LEVEL_DEBUG,
        LOG_LEVEL_TRACE,
    };
    const size_t last = ARRAY_LENGTH(levels) - 1;

    message_log_to_stderr(
        levels[options->verbosity < last ? options->verbosity : last],
        options->quiet);
}

void
azure_options_list_paths(const struct azure_options *options,
                         struct path_list *list)
{
    static const char *const variables[] = {
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_FEDERATED_TOKEN_FILE",
        "SSL_CERT_FILE",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(variables); i++)
        path_list_add(list, PATH_READ, variables[i],
                      environment(variables[i]));
    path_list_add(list, PATH_READ, "--ca-file", options->session.ca_file);
    path_list_add(list, PATH_KEPT, "--token-cache",
                  options->session.token_cache);
}
