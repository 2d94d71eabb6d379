/* SPDX-License-Identifier: Apache-2.0 */
/* Where runs and the journal are kept. */
#include "cli/store_options.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/language_option.h"

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
take_store(struct store_options *options, const char *path, struct error *err)
{
    if (text_is_blank(path))
        return error_set(err, _("%s: must not be empty"), "--store");
    if (text_starts_with_ignoring_case(path, "postgres"))
        return error_set(err, "%s",
                         _("--store: PostgreSQL is not supported yet: give "
                           "the name of a file"));
    options->path = path;
    return 0;
}

int
store_options_take(struct store_options *options, int val,
                   const char *argument, struct error *err)
{
    switch ((enum store_option) val) {
    case STORE_OPTION_NONE:
        options->none = true;
        return 0;
    case STORE_OPTION_STORE:
        return take_store(options, argument, err);
    case STORE_OPTION_LAST:
        break;
    }
    return 1;
}

int
store_options_open(const struct store_options *options,
                   enum store_access access, struct store **ret_store,
                   struct error *err)
{
    AUTOFREE char *path = NULL;

    if (options->path != NULL)
        return store_open(ret_store, options->path, access, err);
    if (store_default_path(&path, err) < 0)
        return -1;
    return store_open(ret_store, path, access, err);
}
