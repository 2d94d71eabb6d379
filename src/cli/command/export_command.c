/* SPDX-License-Identifier: Apache-2.0 */
/* piket export: the desired contact in the languages of estates. Asks Azure
 * nothing. */
#include "cli/command/export_command.h"

#include <popt.h>

#include "base/cleanup.h"
#include "cli/option/config_options.h"
#include "cli/config/configuration.h"
#include "cli/option/contact_options.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/profile_option.h"
#include "control/run/assessment.h"
#include "control/plan/planned_contact.h"
#include "report/export/export.h"
#include "report/wording/phrase.h"

enum {
    EXPORT_OPTION_FORMAT = CONTACT_OPTION_LAST,
    EXPORT_OPTION_OUTPUT,
    EXPORT_OPTION_PROFILE,
};

enum { EXPORT_FORMATS_CEILING = 16, EXPORT_SENTENCE_CEILING = 64 * 1024 };

static struct {
    struct config_options config; /* its file alone */
    struct contact_options contact;
    const struct profile *profile; /* NULL: the configuration's */
    const struct export_format *format;
    const char *output;
} arg;

static const struct poptOption options[] = {
    { "format", '\0', POPT_ARG_STRING, NULL, EXPORT_OPTION_FORMAT,
      N_("bicep, terraform, arm, az, powershell or policy"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, EXPORT_OPTION_OUTPUT,
      N_("write it here, whole or not at all"), N_("FILE") },
    { "config", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_CONFIG,
      N_("instead of piket.yaml in the working directory"), N_("FILE") },
    PROFILE_OPTION_ROW(EXPORT_OPTION_PROFILE),
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) contact_options_table, 0, N_("Contact:"), NULL },
    POPT_TABLEEND
};

static int
offer_formats(const char *name, struct error *err)
{
    const char *names[EXPORT_FORMATS_CEILING];

    for (size_t i = 0; i < export_table_length; i++)
        names[i] = export_table[i].name;
    return option_offer(err, name, names, export_table_length);
}

static int
take_format(const char *name, struct error *err)
{
    if (arg.format != NULL)
        return error_set(err, _("%s: one per run"), "--format");
    arg.format = export_by_name(name);
    if (arg.format != NULL)
        return 0;
    error_set(err, _("--format: there is no format '%s'"), name);
    return offer_formats(name, err);
}

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = config_options_take(&arg.config, val, argument, err);

    if (taken > 0)
        taken = contact_options_take(&arg.contact, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case EXPORT_OPTION_FORMAT:
        return take_format(argument, err);
    case EXPORT_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case EXPORT_OPTION_PROFILE:
        return profile_option_take(argument, &arg.profile, err);
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
write_document(struct buffer *target, const void *data, struct error *err)
{
    return export_write(arg.format, data, target, err);
}

/* Tells what piket check would find once it is written: the document is made
 * all the same, since what it is for may be settled elsewhere. */
static int
tell_findings(const struct configuration *configuration,
              const struct contact_reading *reading, struct error *err)
{
    static const struct subscription written = {
        .id = "", .name = "", .tenant_id = "", .state = "Enabled"
    };
    struct assessment assessment;
    AUTOBUFFER sentence = BUFFER_INIT(EXPORT_SENTENCE_CEILING);

    if (assessment_make(&written, reading, configuration->profile,
                        configuration->arena, &assessment, err)
        < 0)
        return -1;
    for (size_t i = 0; i < assessment.finding_count; i++) {
        if (assessment.findings[i].status != FINDING_FAIL)
            continue;
        buffer_clear(&sentence);
        if (phrase_finding(&assessment.findings[i], language_option_chosen(),
                           &sentence)
            < 0)
            return error_set_memory(err);
        message_error_text(_("profile %s would not let this contact pass: "
                             "%s"),
                           configuration->profile->name,
                           buffer_text(&sentence));
    }
    return 0;
}

/* The contact as one that is new has it. */
static int
make_contact(const struct configuration *configuration,
             struct contact *ret_contact, struct error *err)
{
    static const struct contact_reading absent = {
        .kind = CONTACT_READING_DONE, .version = CONTACT_VERSION_2023_12_01
    };
    struct desired_contact desired;

    if (contact_options_resolve(&arg.contact, &configuration->config.contact,
                                configuration->arena, &desired, err)
        < 0)
        return -1;
    if (desired.email_count == 0) {
        error_set(err, "%s", _("no address is given that would be mailed"));
        return error_advise(err, "%s",
                            _("give --email, --contact, or contact: emails: "
                              "in piket.yaml"));
    }
    struct planned_contact draft = { .arena = configuration->arena,
                                     .desired = &desired };
    if (planned_contact_begin(&draft, &absent) < 0)
        return error_set_memory(err);
    *ret_contact = draft.contact;
    return 0;
}

static int
export_contact(const struct configuration *configuration, struct error *err)
{
    struct contact contact;

    if (make_contact(configuration, &contact, err) < 0)
        return -1;
    const struct contact_reading reading = {
        .kind = CONTACT_READING_DONE,
        .version = CONTACT_VERSION_2023_12_01,
        .contact = &contact,
    };
    if (output_write(arg.output, write_document, &contact, err) < 0)
        return error_wrap(err, "%s", _("export the contact"));
    return tell_findings(configuration, &reading, err);
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    path_list_add(&paths, PATH_PRINTED, "--output", arg.output);
    path_list_add(&paths, PATH_READ, "--contact", arg.contact.file);
    config_options_list_paths(&arg.config, &paths);
    return path_list_check(&paths, err);
}

static int
run_export(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    struct configuration configuration = { .arena = NULL };
    int result;

    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (arg.format == NULL) {
        (void) error_set(&err, "%s", _("--format: which one?"));
        (void) offer_formats("", &err);
    }
    if (arg.format == NULL || check_paths(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    result =
        configuration_load(&configuration, &arg.config, arg.profile, &err);
    if (result == 0)
        result = export_contact(&configuration, &err);
    if (result < 0)
        message_error(&err);
    configuration_done(&configuration);
    config_options_done(&arg.config);
    return result < 0 ? EXIT_STATUS_IMPOSSIBLE : EXIT_STATUS_COMPLIANT;
}

const struct command export_command = {
    .name = "export",
    .summary =
        N_("write the desired contact as Bicep, Terraform, az and more"),
    .run = run_export,
};
