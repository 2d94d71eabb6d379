/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of contacts. */
#include "report/init/draft_yaml_contact.h"

#include "base/cleanup.h"
#include "report/view/report.h"
#include "report/markup/yaml_row.h"
#include "report/markup/yaml_text.h"

/* A key of the file, and what is proposed for it. */
struct setting {
    const char *key;
    const struct config_draft_values *values;
    const char *example; /* where no contact has any */
    bool list;
    bool quoted; /* + and digits alone would be a number */
};

static bool
is_live(const struct config_draft_values *values)
{
    return values->count > 0 && values->items[0].proposed;
}

static void
write_value(const struct draft_page *page, const struct setting *setting,
            const struct config_draft_value *value)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    yaml_row_begin(&row, value->proposed, setting->list ? 2 : 1,
                   setting->list ? "- " : setting->key);
    if (!setting->list)
        buffer_append_text(&row, ": ");
    if (setting->quoted)
        yaml_text_append_quoted(&row, value->text);
    else
        yaml_text_append(&row, value->text);
    yaml_row_note(&row);
    draft_page_share(page, value->contacts, &row);
    yaml_row_end(&row, page->target);
}

static void
write_example(const struct draft_page *page, const struct setting *setting)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    yaml_row_begin(&row, false, 1, setting->key);
    buffer_printf(&row, ": %s", setting->example);
    if (page->draft->contacts > 0) {
        yaml_row_note(&row);
        buffer_append_text(&row, draft_page_words(page, "no contact has any"));
    }
    yaml_row_end(&row, page->target);
}

/* What the values shown do not tell. */
static void
write_remarks(struct draft_page *page,
              const struct config_draft_values *values)
{
    if (values->unmet != NULL)
        draft_page_comment(
            page,
            draft_page_words(page, "The profile demands something else: see "
                                   "piket explain %s."),
            values->unmet);
    if (values->more > 0)
        draft_page_comment(page,
                           draft_page_plural(page, "And %zu more.",
                                             "And %zu more.", values->more),
                           values->more);
    if (values->invalid > 0)
        draft_page_comment(
            page,
            draft_page_plural(page, "And %zu that is not valid.",
                              "And %zu that are not valid.", values->invalid),
            values->invalid);
}

static void
write_setting(struct draft_page *page, const struct setting *setting)
{
    const struct config_draft_values *values = setting->values;
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    if (values->count == 0) {
        write_example(page, setting);
    } else if (setting->list) {
        yaml_row_begin(&row, is_live(values), 1, setting->key);
        buffer_append_byte(&row, ':');
        yaml_row_end(&row, page->target);
    }
    for (size_t i = 0; i < values->count; i++)
        write_value(page, setting, &values->items[i]);
    write_remarks(page, values);
}

/* What the profile itself asks for, as an example. */
static const char *
level_example(enum contact_level level)
{
    const char *name = contact_level_name(level);

    return name != NULL ? name : "High";
}

void
draft_yaml_contact(struct draft_page *page)
{
    const struct config_draft *draft = page->draft;
    const struct thresholds *thresholds = &draft->profile->thresholds;
    const struct setting settings[] = {
        { "emails", &draft->emails, "[soc@example.com, piket@example.com]",
          .list = true },
        { "phone", &draft->phones, "\"+31 20 123 4567\"", .quoted = true },
        { "minimal_severity", &draft->severities,
          level_example(thresholds->alerts_of), .list = false },
        { "minimal_risk_level", &draft->risks,
          level_example(thresholds->attack_paths_of), .list = false },
        { "roles", &draft->roles, "[Owner]", .list = true },
    };
    bool live = false;

    for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
        live = live || is_live(settings[i].values);
    buffer_append_byte(page->target, '\n');
    draft_page_comment(
        page, "%s",
        draft->contacts > 0
            ? draft_page_words(
                page, "The contact that every subscription should have: "
                      "what at least half of the contacts say, or else what "
                      "most of them say. The requirement desired-contact "
                      "asks for it.")
            : draft_page_words(
                page, "The contact that every subscription should have. "
                      "None has one to start from."));
    yaml_row_append(page->target, live, 0, "contact:");
    for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
        write_setting(page, &settings[i]);
}

void
draft_yaml_thresholds(struct draft_page *page)
{
    const struct config_draft *draft = page->draft;
    struct buffer *target = page->target;
    const struct thresholds *thresholds = &draft->profile->thresholds;
    const struct setting domains = { "allowed_domains", &draft->domains,
                                     "[example.com, \"*.example.com\"]",
                                     .list = true };

    buffer_append_byte(target, '\n');
    draft_page_comment(
        page, "%s",
        draft_page_words(page, "Instead of the profile's. The requirement "
                               "email-domain asks for these domains."));
    yaml_row_append(target, is_live(&draft->domains), 0, "thresholds:");
    write_setting(page, &domains);
    buffer_printf(target,
                  "#  alerts_of: %s\n#  attack_paths_of: %s\n"
                  "#  min_emails: %u\n",
                  level_example(thresholds->alerts_of),
                  level_example(thresholds->attack_paths_of),
                  thresholds->min_emails > 0 ? thresholds->min_emails : 2);
    buffer_append_byte(target, '\n');
    draft_page_comment(
        page, "%s",
        draft_page_words(page, "What the profile demands too little, or too "
                               "much."));
    buffer_append_text(target, "#requirements:\n"
                               "#  add: [desired-contact, email-domain]\n"
                               "#  drop: [phone-configured]\n");
}
