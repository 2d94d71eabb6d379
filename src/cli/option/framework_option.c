/* SPDX-License-Identifier: Apache-2.0 */
/* --framework and --list-frameworks. */
#include "cli/option/framework_option.h"

#include "cli/terminal/language_option.h"
#include "cli/terminal/output.h"

int
framework_option_take(struct framework_option *option, const char *id,
                      struct error *err)
{
    const struct framework *framework = framework_by_id(id);

    if (framework == NULL) {
        const char *nearest = framework_nearest(id);
        error_set(err, _("--framework: there is no framework '%s'"), id);
        if (nearest != NULL)
            return error_advise(err, _("did you mean '%s'?"), nearest);
        return error_advise(err,
                            _("piket check --list-frameworks lists them"));
    }
    for (size_t i = 0; i < option->count; i++)
        if (option->chosen[i] == framework)
            return 0;
    if (option->count == FRAMEWORK_OPTION_CEILING)
        return error_set(err, _("--framework: at most %d at once"),
                         FRAMEWORK_OPTION_CEILING);
    option->chosen[option->count++] = framework;
    return 0;
}

static int
write_list(struct buffer *target, const void *data, struct error *err)
{
    (void) data;
    for (size_t i = 0; i < framework_table_length; i++)
        buffer_printf(target, "%-17s %s %s\n", framework_table[i].id,
                      _(framework_table[i].title),
                      _(framework_table[i].version));
    return buffer_failed(target) ? error_set_memory(err) : 0;
}

int
framework_option_list(const char *path, struct error *err)
{
    if (output_write(path, write_list, NULL, err) < 0)
        return error_wrap(err, "%s", _("write the list"));
    return 0;
}
