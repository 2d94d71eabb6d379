/* SPDX-License-Identifier: Apache-2.0 */
/* All kinds of credential, in the chain's order. */
#include "identity/chain/credential_table.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "identity/credential/access_token_credential.h"
#include "identity/tool/azure_cli_credential.h"
#include "identity/tool/azure_developer_cli_credential.h"
#include "identity/credential/azure_pipelines_credential.h"
#include "identity/tool/azure_powershell_credential.h"
#include "identity/credential/device_code_credential.h"
#include "identity/credential/environment_credential.h"
#include "identity/credential/github_oidc_credential.h"
#include "identity/managed/managed_identity_credential.h"
#include "identity/credential/workload_identity_credential.h"

enum { CREDENTIAL_LIST_CEILING = 1024 };

/* clang-format off: a line for each, so that one can be found and added. */
const struct credential_type *const credential_table[] = {
    &access_token_credential,
    &environment_credential,
    &workload_identity_credential,
    &managed_identity_credential,
    &azure_cli_credential,
    &azure_powershell_credential,
    &azure_developer_cli_credential,
    /* These sign in only where they are named. */
    &github_oidc_credential,
    &azure_pipelines_credential,
    &device_code_credential,
};
const size_t credential_table_length = ARRAY_LENGTH(credential_table);

/* Names of the Azure SDKs that stand for nothing here yet. */
static const char *const unsupported[] = {
    "SharedTokenCacheCredential",
    "VisualStudioCredential",
    "VisualStudioCodeCredential",
    "InteractiveBrowserCredential",
    "BrokerCredential",
    "ClientSecretCredential",
    "ClientCertificateCredential",
    "ClientAssertionCredential",
    "DefaultAzureCredential",
};
/* clang-format on */

static const char ending[] = "Credential";

/* Whether [word, word + length) is this name, in any case, with or without
 * the ending. */
static bool
name_matches(const char *word, size_t length, const char *name)
{
    const size_t whole = strlen(name);

    return (length == whole || length == whole - strlen(ending))
           && strncasecmp(word, name, length) == 0;
}

static const struct credential_type *
name_find(const char *word, size_t length)
{
    for (size_t i = 0; i < credential_table_length; i++)
        if (name_matches(word, length, credential_table[i]->name))
            return credential_table[i];
    return NULL;
}

/* The SDKs' name that this is, or NULL. */
static const char *
unsupported_find(const char *word)
{
    size_t length = strlen(word);

    text_trim(&word, &length);
    for (size_t i = 0; i < ARRAY_LENGTH(unsupported); i++)
        if (name_matches(word, length, unsupported[i]))
            return unsupported[i];
    return NULL;
}

/* Says that word is none of the names, nor, where they are allowed, prod
 * or dev. */
static void
word_refuse(const char *word, const char *origin, bool groups,
            struct error *err)
{
    AUTOBUFFER words = BUFFER_INIT(CREDENTIAL_LIST_CEILING);
    AUTOBUFFER shown = BUFFER_INIT(CREDENTIAL_LIST_CEILING);
    const char *names[ARRAY_LENGTH(credential_table)];

    if (groups)
        buffer_append_text(&words, "prod, dev");
    for (size_t i = 0; i < credential_table_length; i++) {
        names[i] = credential_table[i]->name;
        buffer_printf(&words, "%s%s", words.length > 0 ? ", " : "", names[i]);
    }
    const char *known = unsupported_find(word);
    if (known != NULL) {
        error_set(err, "%s: %s is not supported yet", origin, known);
        error_advise(err, "use one of %s", buffer_text(&words));
        return;
    }
    (void) text_append_printable(&shown, word);
    error_set(err, "%s: '%s' is not one of %s", origin, buffer_text(&shown),
              buffer_text(&words));
    const char *nearest = text_nearest(word, names, credential_table_length);
    if (nearest != NULL)
        error_advise(err, "did you mean %s?", nearest);
}

const struct credential_type *
credential_by_name(const char *name, const char *origin, struct error *err)
{
    const char *word = name;
    size_t length = strlen(name);

    text_trim(&word, &length);
    const struct credential_type *type = name_find(word, length);
    if (type == NULL)
        word_refuse(name, origin, false, err);
    return type;
}

static size_t
group_collect(enum credential_group group,
              const struct credential_type **ret_types)
{
    size_t count = 0;

    for (size_t i = 0; i < credential_table_length; i++)
        if (credential_table[i]->group == group)
            ret_types[count++] = credential_table[i];
    return count;
}

static size_t
chain_collect(const struct credential_type **ret_types)
{
    size_t count = 0;

    for (size_t i = 0; i < credential_table_length; i++)
        if (credential_table[i]->group != CREDENTIAL_BY_NAME)
            ret_types[count++] = credential_table[i];
    return count;
}

int
credential_select(const char *name, const char *selection,
                  const struct credential_type **ret_types, size_t *ret_count,
                  struct error *err)
{
    static const char origin[] = "AZURE_TOKEN_CREDENTIALS";
    const char *word = selection;
    size_t length = word != NULL ? strlen(word) : 0;

    if (name != NULL) {
        const struct credential_type *type =
            credential_by_name(name, "--credential", err);
        if (type == NULL)
            return -1;
        ret_types[0] = type;
        *ret_count = 1;
        return 0;
    }
    if (word != NULL)
        text_trim(&word, &length);
    if (length == 0) {
        *ret_count = chain_collect(ret_types);
        return 0;
    }
    if (length == 4 && strncasecmp(word, "prod", length) == 0) {
        *ret_count = group_collect(CREDENTIAL_PRODUCTION, ret_types);
        return 0;
    }
    if (length == 3 && strncasecmp(word, "dev", length) == 0) {
        *ret_count = group_collect(CREDENTIAL_DEVELOPMENT, ret_types);
        return 0;
    }
    const struct credential_type *type = name_find(word, length);
    if (type == NULL) {
        word_refuse(selection, origin, true, err);
        return -1;
    }
    ret_types[0] = type;
    *ret_count = 1;
    return 0;
}
