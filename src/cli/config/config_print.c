/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration in effect, for a person. */
#include "cli/config/config_print.h"

#include "base/cleanup.h"
#include "base/logging_command.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "report/markup/column.h"

enum {
    PRINT_ORIGIN_COLUMN = 48,
    PRINT_LINE_CEILING = 2 * 1024 * 1024,
};

/* A mapping, whose key is printed when it turns out to hold something. */
struct section {
    struct buffer *target;
    const char *name; /* "" for the whole file */
    bool begun;
};

/* In double quotes, which both YAML and JSON understand. Characters that
 * could act on a terminal are not shown. */
static void
append_quoted(struct buffer *line, const char *text)
{
    AUTOBUFFER escaped = BUFFER_INIT(PRINT_LINE_CEILING);
    AUTOBUFFER printable = BUFFER_INIT(PRINT_LINE_CEILING);

    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            buffer_append_byte(&escaped, '\\');
        buffer_append_byte(&escaped, *text);
    }
    buffer_append_byte(line, '"');
    text_append_printable(&printable, buffer_text(&escaped));
    logging_command_break(line, buffer_text(&printable), LOGGING_COMMAND_TEXT);
    buffer_append_byte(line, '"');
}

static void
print_line(struct buffer *target, const struct buffer *line,
           const char *origin)
{
    struct column column;

    column_init(&column);
    const size_t taken = column_width(&column, buffer_text(line));
    column_done(&column);
    buffer_printf(
        target, "%s%*s# %s\n", buffer_text(line),
        taken < PRINT_ORIGIN_COLUMN ? (int) (PRINT_ORIGIN_COLUMN - taken) : 2,
        "", _(origin));
}

/* Prints a key of the section with its value, which is NULL where there is
 * none. */
static void
print_value(struct section *section, const char *key,
            const struct buffer *value, const char *origin)
{
    const bool top = *section->name == '\0';
    AUTOBUFFER line = BUFFER_INIT(PRINT_LINE_CEILING);

    if (value == NULL) {
        buffer_printf(section->target, "# %s%s%s: %s\n", section->name,
                      top ? "" : ".", key, _("not set"));
        return;
    }
    if (!top && !section->begun)
        buffer_printf(section->target, "%s:\n", section->name);
    section->begun = true;
    buffer_printf(&line, "%s%s: %s", top ? "" : "  ", key, buffer_text(value));
    print_line(section->target, &line, origin);
}

static void
print_text(struct section *section, const char *key, const char *text,
           const char *origin)
{
    AUTOBUFFER value = BUFFER_INIT(PRINT_LINE_CEILING);

    if (text != NULL)
        append_quoted(&value, text);
    print_value(section, key, text != NULL ? &value : NULL, origin);
}

static void
print_level(struct section *section, const char *key, enum contact_level level,
            const char *origin)
{
    AUTOBUFFER value = BUFFER_INIT(PRINT_LINE_CEILING);
    const char *name = contact_level_name(level);

    if (name != NULL)
        buffer_append_text(&value, name);
    print_value(section, key, name != NULL ? &value : NULL, origin);
}

static void
print_texts(struct section *section, const char *key,
            const struct config_texts *texts, const char *origin)
{
    AUTOBUFFER value = BUFFER_INIT(PRINT_LINE_CEILING);

    buffer_append_byte(&value, '[');
    for (size_t i = 0; i < texts->count; i++) {
        buffer_append_text(&value, i > 0 ? ", " : "");
        append_quoted(&value, texts->items[i]);
    }
    buffer_append_byte(&value, ']');
    print_value(section, key, texts->items != NULL ? &value : NULL, origin);
}

static void
print_rules(struct section *section, const char *key,
            const struct scope_rules *rules, const char *origin)
{
    AUTOBUFFER value = BUFFER_INIT(PRINT_LINE_CEILING);

    buffer_append_byte(&value, '[');
    for (size_t i = 0; i < rules->count; i++) {
        buffer_append_text(&value, i > 0 ? ", " : "");
        append_quoted(&value, rules->items[i].text);
    }
    buffer_append_byte(&value, ']');
    print_value(section, key, rules->count > 0 ? &value : NULL, origin);
}

static void
print_contact(struct buffer *target, const struct config_contact *contact)
{
    struct section section = { target, "contact", false };

    print_texts(&section, "emails", &contact->emails, N_("file"));
    print_text(&section, "phone", contact->phone, N_("file"));
    print_level(&section, "minimal_severity", contact->minimal_severity,
                N_("file"));
    print_level(&section, "minimal_risk_level", contact->minimal_risk_level,
                N_("file"));
    print_texts(&section, "roles", &contact->roles, N_("file"));
}

static void
print_requirements(struct buffer *target,
                   const struct configuration *configuration)
{
    struct section section = { target, "requirements", false };
    const struct profile *profile = configuration->profile;

    print_texts(&section, "add", &configuration->config.requirements.add,
                N_("file"));
    print_texts(&section, "drop", &configuration->config.requirements.drop,
                N_("file"));
    buffer_printf(target, "# %s\n", _("requirements in effect:"));
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        buffer_printf(target, "#   %s\n", profile->requirements[i]);
}

static void
print_thresholds(struct buffer *target,
                 const struct configuration *configuration)
{
    struct section section = { target, "thresholds", false };
    const struct config_thresholds *file = &configuration->config.thresholds;
    const struct thresholds *effective = &configuration->profile->thresholds;
    AUTOBUFFER number = BUFFER_INIT(PRINT_LINE_CEILING);

    print_level(&section, "alerts_of", effective->alerts_of,
                file->alerts_of != CONTACT_LEVEL_UNSEEN ? N_("file")
                                                        : N_("profile"));
    print_level(&section, "attack_paths_of", effective->attack_paths_of,
                file->attack_paths_of != CONTACT_LEVEL_UNSEEN ? N_("file")
                                                              : N_("profile"));
    buffer_printf(&number, "%u", effective->min_emails);
    print_value(&section, "min_emails", &number,
                file->min_emails > 0 ? N_("file") : N_("profile"));
    print_texts(&section, "allowed_domains", &file->allowed_domains,
                N_("file"));
}

static void
print_scope(struct buffer *target, const struct configuration *configuration)
{
    struct section section = { target, "scope", false };
    const struct scope *scope = &configuration->scope;

    print_rules(&section, "subscriptions", &scope->subscriptions,
                configuration->inclusions_origin);
    print_rules(&section, "management_groups", &scope->groups,
                configuration->inclusions_origin);
    print_rules(&section, "exclude", &scope->exclusions,
                configuration->exclusions_origin);
}

static void
print_mutes(struct buffer *target, const struct config *config)
{
    AUTOBUFFER head = BUFFER_INIT(PRINT_LINE_CEILING);

    if (config->mutes.count == 0) {
        buffer_printf(target, "# mutes: %s\n", _("not set"));
        return;
    }
    buffer_append_text(&head, "mutes:");
    print_line(target, &head, N_("file"));
    for (size_t i = 0; i < config->mutes.count; i++) {
        const struct mute *mute = &config->mutes.items[i];
        buffer_append_text(target, "  - subscription: ");
        append_quoted(target, mute->subscription);
        buffer_append_text(target, "\n    requirement: ");
        append_quoted(target, mute->requirement);
        buffer_append_text(target, "\n    reason: ");
        append_quoted(target, mute->reason);
        buffer_printf(target, "\n    until: %s\n", mute->until);
    }
}

int
config_print(struct buffer *target, const void *data, struct error *err)
{
    const struct configuration *configuration = data;
    const struct config *config = &configuration->config;
    struct section top = { target, "", false };
    AUTOBUFFER line = BUFFER_INIT(PRINT_LINE_CEILING);

    buffer_printf(&line, "# %s ", _("configuration file:"));
    if (configuration->path != NULL)
        text_append_printable(&line, configuration->path);
    else
        buffer_append_text(&line, _("none"));
    print_line(target, &line,
               configuration->path != NULL ? configuration->path_origin
                                           : N_("default"));
    buffer_clear(&line);
    buffer_append_text(&line, "1");
    print_value(&top, "version", &line,
                configuration->path != NULL ? N_("file") : N_("default"));
    print_text(&top, "tenant", config->tenant, N_("file"));
    print_text(&top, "profile", configuration->profile->name,
               configuration->profile_origin);
    print_contact(target, &config->contact);
    print_requirements(target, configuration);
    print_thresholds(target, configuration);
    print_scope(target, configuration);
    print_mutes(target, config);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
