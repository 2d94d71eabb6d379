/* SPDX-License-Identifier: Apache-2.0 */
/* Where runs and the journal are kept. */
#include "cli/option/store_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "store/store.h"

const struct poptOption store_options_table[] = {
    { "store", '\0', POPT_ARG_STRING, NULL, STORE_OPTION_STORE,
      N_("instead of piket.db in the folder of piket's state"), N_("FILE") },
    { "no-store", '\0', POPT_ARG_NONE, NULL, STORE_OPTION_NONE,
      N_("keep nothing"), NULL },
    POPT_TABLEEND
};

void
store_options_init(struct store_options *options)
{
    const char *path = getenv("PIKET_STORE");

    *options = (struct store_options){
        .path = path != NULL && *path != '\0' ? path : NULL,
    };
}

/* PostgreSQL is to come, and must not be taken for a file until then. */
static int
refuse_url(const char *origin, const char *path, struct error *err)
{
    if (strstr(path, "://") == NULL)
        return 0;
    if (text_starts_with_ignoring_case(path, "postgres"))
        error_set(err, _("%s: PostgreSQL is not supported yet"), origin);
    else
        error_set(err, _("%s: a store is a file, not a URL"), origin);
    return error_advise(err, "%s", _("give the name of a file"));
}

static int
take_store(struct store_options *options, const char *path, struct error *err)
{
    if (text_is_blank(path))
        return error_set(err, _("%s: must not be empty"), "--store");
    if (options->given != NULL)
        return error_set(err, _("%s: one per run"), "--store");
    if (refuse_url("--store", path, err) < 0)
        return -1;
    options->given = path;
    options->path = path;
    return 0;
}

/* Which of the two was meant, nobody knows. */
static int
refuse_both(const struct store_options *options, struct error *err)
{
    if (!options->none || options->given == NULL)
        return 0;
    return error_set(err, "%s",
                     _("--store and --no-store exclude each other"));
}

int
store_options_take(struct store_options *options, int val,
                   const char *argument, struct error *err)
{
    switch ((enum store_option) val) {
    case STORE_OPTION_NONE:
        options->none = true;
        return refuse_both(options, err);
    case STORE_OPTION_STORE:
        return take_store(options, argument, err) < 0
                   ? -1
                   : refuse_both(options, err);
    case STORE_OPTION_LAST:
        break;
    }
    return 1;
}

int
store_options_require(const struct store_options *options, struct error *err)
{
    if (!options->none)
        return 0;
    return error_set(err, "%s",
                     _("--no-store: all that there is to show is in the "
                       "store"));
}

int
store_options_path(const struct store_options *options, char **ret_path,
                   struct error *err)
{
    if (options->path == NULL)
        return store_default_path(ret_path, err);
    if (options->given == NULL
        && refuse_url("PIKET_STORE", options->path, err) < 0)
        return -1;
    *ret_path = strdup(options->path);
    return *ret_path != NULL ? 0 : error_set_memory(err);
}

void
store_options_list_paths(const struct store_options *options,
                         struct path_list *list)
{
    AUTOFREE char *path = NULL;
    AUTOERROR unknown = ERROR_INIT;

    /* Where none is known, opening it says so. */
    if (!options->none && store_options_path(options, &path, &unknown) == 0)
        path_list_add_store(list,
                            options->given != NULL  ? "--store"
                            : options->path != NULL ? "PIKET_STORE"
                                                    : N_("the store"),
                            path);
}

int
store_options_open(const struct store_options *options,
                   enum store_access access, struct store **ret_store,
                   struct error *err)
{
    AUTOFREE char *path = NULL;

    if (store_options_path(options, &path, err) < 0)
        return -1;
    return store_open(ret_store, path, access, err);
}

int
store_options_open_or_warn(const struct store_options *options,
                           struct store **ret_store, struct error *err)
{
    AUTOERROR failure = ERROR_INIT;

    *ret_store = NULL;
    if (options->none)
        return 0;
    if (store_options_open(options, STORE_WRITE, ret_store, &failure) == 0) {
        log_info("store: %s", store_path(*ret_store));
        return 0;
    }
    return store_options_warn(options, &failure, err);
}

int
store_options_warn(const struct store_options *options, struct error *failure,
                   struct error *err)
{
    if (options->path != NULL) {
        error_move(err, failure);
        return -1;
    }
    log_warning("this run is not kept: %s%s%s", error_message(failure),
                failure->advice != NULL ? "; " : "",
                failure->advice != NULL ? failure->advice : "");
    return 0;
}
