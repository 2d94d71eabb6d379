/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what a security contact should be. */
#include "cli/option/contact_options.h"

#include <string.h>

#include "azure/contact/contact_template.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/option/option.h"
#include "cli/terminal/trust.h"
#include "control/config/config_value.h"
#include "control/value/email.h"
#include "control/value/phone.h"

/* Addresses as Azure joins them, and as the portal shows them. */
static const char separators[] = ";,";

enum { CONTACT_WORDS_CEILING = 16 /* that an error lists */ };

const struct poptOption contact_options_table[] = {
    { "email", '\0', POPT_ARG_STRING, NULL, CONTACT_OPTION_EMAIL,
      N_("to be mailed; repeatable, or several with commas between"),
      N_("ADDRESS") },
    { "phone", '\0', POPT_ARG_STRING, NULL, CONTACT_OPTION_PHONE,
      N_("such as \"+31 20 123 4567\""), N_("NUMBER") },
    { "minimal-severity", '\0', POPT_ARG_STRING, NULL,
      CONTACT_OPTION_MINIMAL_SEVERITY,
      N_("mail alerts from this one on: High, Medium or Low"), N_("LEVEL") },
    { "minimal-risk-level", '\0', POPT_ARG_STRING, NULL,
      CONTACT_OPTION_MINIMAL_RISK_LEVEL,
      N_("mail attack paths from this one on: Critical, High, Medium or Low"),
      N_("LEVEL") },
    { "role", '\0', POPT_ARG_STRING, NULL, CONTACT_OPTION_ROLE,
      N_("mail those who have it, such as Owner; repeatable"), N_("ROLE") },
    { "contact", '\0', POPT_ARG_STRING, NULL, CONTACT_OPTION_CONTACT,
      N_("take what is not given from this JSON of a security contact"),
      N_("FILE") },
    POPT_TABLEEND
};

const struct poptOption contact_options_removal_table[] = {
    { "remove-email", '\0', POPT_ARG_STRING, NULL, CONTACT_OPTION_REMOVE_EMAIL,
      N_("take out the addresses that fit, such as \"*@supplier.example\"; "
         "repeatable"),
      N_("GLOB") },
    { "replace-emails", '\0', POPT_ARG_NONE, NULL,
      CONTACT_OPTION_REPLACE_EMAILS,
      N_("take out every address that is not given"), NULL },
    POPT_TABLEEND
};

/* What somebody who typed this most likely did not know. */
static int
advise_address(const char *address, struct error *err)
{
    const char *at = strrchr(address, '@');

    if (strpbrk(address, " \t") != NULL)
        return error_advise(err, "%s",
                            _("several addresses stand with commas or "
                              "semicolons between"));
    if (at == NULL || at == address || at[1] == '\0')
        return error_advise(err, "%s", _("an address reads name@domain"));
    if (strchr(at, '.') == NULL)
        return error_advise(
            err, _("the domain '%s' has no dot: write it whole"), at + 1);
    return error_advise(
        err, "%s",
        _("allowed are: letters without accents, digits, dots, and "
          "!#$%&'*+-/=?^_`{|}~ before the @, a domain behind it"));
}

static int
check_address(const char *address, struct error *err)
{
    bool valid;

    if (email_valid(address, &valid) < 0)
        return error_set_memory(err);
    if (valid)
        return 0;
    error_set(err, _("%s: '%s' is not a valid e-mail address"), "--email",
              address);
    return advise_address(address, err);
}

/* Texts that an option collects. */
struct collection {
    const char *option;
    const char **items;
    size_t *count;
    size_t ceiling;
};

static int
collect(const struct collection *collection, const char *text,
        struct error *err)
{
    for (size_t i = 0; i < *collection->count; i++)
        if (text_equal_ignoring_case(collection->items[i], text))
            return error_set(err, _("%s: '%s' is given twice"),
                             collection->option, text);
    if (*collection->count == collection->ceiling)
        return error_set(err, _("%s: at most %zu"), collection->option,
                         collection->ceiling);
    collection->items[(*collection->count)++] = text;
    return 0;
}

/* Splits a list where it stands; blanks around a text, and empty ones, do not
 * count, as in Azure. */
static int
collect_list(const struct collection *collection, char *list,
             int (*check)(const char *text, struct error *err),
             struct error *err)
{
    const size_t before = *collection->count;

    for (char *next = list; next != NULL;) {
        char *item = strsep(&next, separators);
        const char *text = item;
        size_t length = strlen(item);
        text_trim(&text, &length);
        if (length == 0)
            continue;
        item[(text - item) + (ptrdiff_t) length] = '\0';
        if (check != NULL && check(text, err) < 0)
            return -1;
        if (collect(collection, text, err) < 0)
            return -1;
    }
    if (*collection->count == before)
        return error_set(err, _("%s: must not be empty"), collection->option);
    return 0;
}

/* The word of a list, in any letter case. */
static int
find_word(const char *option, const char *text, config_words *word,
          const char **ret_word, struct error *err)
{
    const char *words[CONTACT_WORDS_CEILING];
    size_t count = 0;

    for (; count < ARRAY_LENGTH(words) && word(count) != NULL; count++) {
        words[count] = word(count);
        if (text_equal_ignoring_case(words[count], text)) {
            *ret_word = words[count];
            return 0;
        }
    }
    error_set(err, _("%s: Azure knows no '%s'"), option, text);
    return option_offer(err, text, words, count);
}

static int
take_level(const char *option, const char *text, config_words *word,
           enum contact_level *ret_level, struct error *err)
{
    const char *name = NULL;

    if (*ret_level != CONTACT_LEVEL_UNSEEN)
        return error_set(err, _("%s: one per run"), option);
    if (find_word(option, text, word, &name, err) < 0)
        return -1;
    *ret_level = contact_level_parse(name);
    return 0;
}

static int
take_role(struct contact_options *options, const char *text, struct error *err)
{
    const struct collection roles = { "--role", options->roles,
                                      &options->role_count,
                                      ARRAY_LENGTH(options->roles) };
    const char *role = NULL;

    if (find_word(roles.option, text, config_value_role, &role, err) < 0)
        return -1;
    return collect(&roles, role, err);
}

static int
take_phone(struct contact_options *options, const char *text,
           struct error *err)
{
    if (options->phone != NULL)
        return error_set(err, _("%s: one per run"), "--phone");
    if (!phone_valid(text)) {
        error_set(err, _("--phone: '%s' is not a phone number"), text);
        return error_advise(err, "%s",
                            _("write it with the country: a plus sign, then "
                              "7 to 15 digits"));
    }
    options->phone = text;
    return 0;
}

static int
take_file(struct contact_options *options, const char *path, struct error *err)
{
    if (options->file != NULL)
        return error_set(err, _("%s: one per run"), "--contact");
    if (text_is_blank(path))
        return error_set(err, _("%s: must not be empty"), "--contact");
    options->file = path;
    return 0;
}

int
contact_options_take(struct contact_options *options, int val, char *argument,
                     struct error *err)
{
    const struct collection emails = { "--email", options->emails,
                                       &options->email_count,
                                       ARRAY_LENGTH(options->emails) };
    const struct collection removals = { "--remove-email", options->removals,
                                         &options->removal_count,
                                         ARRAY_LENGTH(options->removals) };

    switch ((enum contact_option) val) {
    case CONTACT_OPTION_CONTACT:
        return take_file(options, argument, err);
    case CONTACT_OPTION_EMAIL:
        return collect_list(&emails, argument, check_address, err);
    case CONTACT_OPTION_MINIMAL_RISK_LEVEL:
        return take_level("--minimal-risk-level", argument, config_value_risk,
                          &options->minimal_risk_level, err);
    case CONTACT_OPTION_MINIMAL_SEVERITY:
        return take_level("--minimal-severity", argument,
                          config_value_severity, &options->minimal_severity,
                          err);
    case CONTACT_OPTION_PHONE:
        return take_phone(options, argument, err);
    case CONTACT_OPTION_REMOVE_EMAIL:
        return collect_list(&removals, argument, NULL, err);
    case CONTACT_OPTION_REPLACE_EMAILS:
        options->replace_emails = true;
        return 0;
    case CONTACT_OPTION_ROLE:
        return take_role(options, argument, err);
    case CONTACT_OPTION_LAST:
        break;
    }
    return 1;
}

/* Lays the document of --contact over what is there. */
static int
overlay_file(const struct contact_options *options, struct arena *arena,
             struct desired_contact *desired, struct error *err)
{
    const char *path = options->file;
    AUTOBUFFER bytes = BUFFER_INIT(CONTACT_TEMPLATE_CEILING);
    struct desired_contact document = { .emails = NULL };

    if (path == NULL)
        return 0;
    if (trust_read(path, options->writes, &bytes, err) < 0)
        return error_wrap(err, "--contact");
    if (contact_template_read(buffer_text(&bytes), bytes.length, arena,
                              &document, err)
        < 0) {
        error_wrap(err, "%s", path);
        return error_wrap(err, "--contact");
    }
    desired_contact_overlay(desired, &document);
    return 0;
}

int
contact_options_resolve(const struct contact_options *options,
                        const struct config_contact *config,
                        struct arena *arena,
                        struct desired_contact *ret_desired, struct error *err)
{
    const struct desired_contact given = {
        .emails = options->emails,
        .email_count = options->email_count,
        .phone = options->phone,
        .minimal_severity = options->minimal_severity,
        .minimal_risk_level = options->minimal_risk_level,
        .roles = options->roles,
        .role_count = options->role_count,
        .removals = options->removals,
        .removal_count = options->removal_count,
        .replace_emails = options->replace_emails,
    };

    desired_contact_from_config(ret_desired, config);
    if (overlay_file(options, arena, ret_desired, err) < 0)
        return -1;
    desired_contact_overlay(ret_desired, &given);
    if (ret_desired->replace_emails && ret_desired->email_count == 0) {
        error_set(err, "%s",
                  _("--replace-emails: no address is given that would stay"));
        return error_advise(err, "%s",
                            _("give --email, or contact: emails: in "
                              "piket.yaml"));
    }
    return desired_contact_check(ret_desired, err);
}
