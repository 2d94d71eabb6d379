/* SPDX-License-Identifier: Apache-2.0 */
/* A draft of a configuration as a file. */
#include "report/init/draft_yaml.h"

#include "base/cleanup.h"
#include "report/init/draft_yaml_contact.h"
#include "report/init/draft_yaml_scope.h"
#include "report/view/report.h"
#include "report/markup/yaml_row.h"

static void
write_head(struct draft_page *page)
{
    static const char *const sentences[] = {
        N_("What your organisation wants of its security contacts. piket init "
           "wrote this from what the tenant has today: make it say what you "
           "want."),
        N_("A setting that begins with # is not in use: delete the # to use "
           "it. man piket explains all of them."),
    };

    for (size_t i = 0; i < ARRAY_LENGTH(sentences); i++)
        draft_page_comment(page, "%s", draft_page_words(page, sentences[i]));
    buffer_append_text(page->target, "#\n");
}

static void
write_counts(struct draft_page *page)
{
    const struct config_draft *draft = page->draft;
    const struct {
        size_t count;
        const char *one, *many;
    } kinds[] = {
        { draft->without, NP_("without a contact named default",
                              "without a contact named default") },
        { draft->unreadable,
          NP_("that could not be read", "that could not be read") },
        { draft->not_applicable, NP_("disabled, deleted or only for Entra ID",
                                     "disabled, deleted or only for Entra "
                                     "ID") },
    };

    if (draft->subscriptions == 0)
        draft_page_comment(
            page, "%s",
            draft_page_words(page, "No subscription could be seen."));
    else
        draft_page_comment(
            page,
            draft_page_plural(
                page, "%zu of %zu subscriptions has a security contact.",
                "%zu of %zu subscriptions have a security contact.",
                draft->contacts),
            draft->contacts, draft->subscriptions);
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (kinds[i].count > 0)
            buffer_printf(page->target, "# - %zu %s\n", kinds[i].count,
                          draft_page_plural(page, kinds[i].one, kinds[i].many,
                                            kinds[i].count));
    if (!draft->complete)
        draft_page_comment(
            page, "%s",
            draft_page_words(page, "The list of subscriptions broke off: "
                                   "there are more than were counted."));
}

static void
write_tenant(struct draft_page *page)
{
    const char *tenant = page->draft->tenant;
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    buffer_append_byte(page->target, '\n');
    draft_page_comment(
        page, "%s",
        draft_page_words(page, "Whose contacts these are: check notes where "
                               "it reads another tenant, and nothing is ever "
                               "changed in another one."));
    yaml_row_begin(&row, tenant != NULL, 0, "tenant: ");
    buffer_append_text(&row, tenant != NULL
                                 ? tenant
                                 : "00000000-0000-0000-0000-000000000000");
    if (tenant == NULL) {
        yaml_row_note(&row);
        buffer_append_text(&row,
                           draft_page_words(page, "the token did not say"));
    }
    yaml_row_end(&row, page->target);
}

static void
write_profile(struct draft_page *page)
{
    const char *name = page->draft->profile->name;
    AUTOBUFFER others = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; i < profile_table_length; i++)
        if (profile_table[i].name != name)
            buffer_printf(&others, "%s%s", others.length > 0 ? ", " : "",
                          profile_table[i].name);
    page->failed = page->failed || buffer_failed(&others);
    buffer_append_byte(page->target, '\n');
    draft_page_comment(page,
                       draft_page_words(page, "Or %s; see piket explain %s."),
                       buffer_text(&others), name);
    buffer_printf(page->target, "profile: %s\n", name);
}

int
draft_yaml_write(const struct config_draft *draft,
                 const struct language *language, struct buffer *target,
                 struct error *err)
{
    struct draft_page page = { .draft = draft,
                               .language = language,
                               .target = target };

    column_init(&page.column);
    write_head(&page);
    write_counts(&page);
    buffer_append_text(target, "\nversion: 1\n");
    write_tenant(&page);
    write_profile(&page);
    draft_yaml_contact(&page);
    draft_yaml_thresholds(&page);
    draft_yaml_scope(&page);
    draft_yaml_mutes(&page);
    column_done(&page.column);
    return page.failed || buffer_failed(target) ? error_set_memory(err) : 0;
}
