/* SPDX-License-Identifier: Apache-2.0 */
/* What of the configuration has no effect. */
#include "cli/config/config_note.h"

#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement.h"
#include "control/requirement/requirement_table.h"

enum { CONFIG_NOTE_CEILING = 4096 };

static int
add(struct run *run, const struct buffer *sentence, struct error *err)
{
    if (buffer_failed(sentence))
        return error_set_memory(err);
    return run_add_note(run, buffer_text(sentence), err);
}

/* The names that other programs would read here, too. Where somebody named
 * the file, nothing else in the folder was meant. */
static int
note_unread_files(const struct configuration *configuration, struct run *run,
                  struct error *err)
{
    static const char *const names[] = { "piket.yml", ".piket.yaml",
                                         ".piket.yml", "piket.json" };

    if (configuration->path != NULL
        && strcmp(configuration->path, CONFIG_FILE_NAME) != 0)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        AUTOBUFFER sentence = BUFFER_INIT(CONFIG_NOTE_CEILING);
        if (access(names[i], F_OK) != 0)
            continue;
        buffer_printf(&sentence,
                      "%s is not read, only %s is: rename it, or give "
                      "--config %s",
                      names[i], CONFIG_FILE_NAME, names[i]);
        if (add(run, &sentence, err) < 0)
            return -1;
    }
    return 0;
}

/* A setting, and the requirement that alone looks at it. */
struct setting {
    const char *key;
    const char *requirement;
    bool given;
};

static bool
demands(const struct profile *profile, const char *id)
{
    for (size_t i = 0;
         i < PROFILE_REQUIREMENTS_CEILING && profile->requirements[i] != NULL;
         i++)
        if (strcmp(profile->requirements[i], id) == 0)
            return true;
    return false;
}

static int
note_setting(const struct configuration *configuration,
             const struct setting *setting, struct run *run, struct error *err)
{
    const struct profile *profile = configuration->profile;
    const struct requirement *requirement =
        requirement_by_id(setting->requirement);
    AUTOBUFFER sentence = BUFFER_INIT(CONFIG_NOTE_CEILING);

    if (!demands(profile, setting->requirement)) {
        if (!setting->given)
            return 0;
        buffer_printf(&sentence,
                      "%s: %s is compared with nothing: only %s does that, "
                      "which is not demanded; requirements: add: [%s]",
                      configuration->path, setting->key, setting->requirement,
                      setting->requirement);
        return add(run, &sentence, err);
    }
    if (requirement->configured == NULL
        || requirement->configured(&profile->thresholds))
        return 0;
    buffer_printf(
        &sentence, "%s is demanded, and judged nowhere: set %s in %s",
        setting->requirement, setting->key,
        configuration->path != NULL ? configuration->path : CONFIG_FILE_NAME);
    return add(run, &sentence, err);
}

/* Notes the files of the working directory that look like a configuration and
 * are not read, the settings that no requirement in effect looks at, and the
 * requirements in effect that lack their setting. */
static int
note_ineffective(const struct configuration *configuration, struct run *run,
                 struct error *err)
{
    const struct config_thresholds *given = &configuration->config.thresholds;
    const struct config_contact *contact = &configuration->config.contact;
    const struct setting settings[] = {
        { "thresholds.alerts_of", "alerts-notified",
          given->alerts_of != CONTACT_LEVEL_UNSEEN },
        { "thresholds.attack_paths_of", "attack-paths-notified",
          given->attack_paths_of != CONTACT_LEVEL_UNSEEN },
        { "thresholds.min_emails", "email-count", given->min_emails > 0 },
        { "thresholds.allowed_domains", "email-domain",
          given->allowed_domains.count > 0 },
        { "contact", "desired-contact",
          contact->emails.count > 0 || contact->phone != NULL },
    };

    if (note_unread_files(configuration, run, err) < 0)
        return -1;
    for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
        if (note_setting(configuration, &settings[i], run, err) < 0)
            return -1;
    return 0;
}

static int
note(const char *sentence, void *data, struct error *err)
{
    return run_add_note(data, sentence, err);
}

static void
append_words(struct buffer *sentence, const char *words,
             const struct config_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        buffer_printf(sentence, "%s%s", i == 0 ? words : ", ",
                      texts->items[i]);
}

static int
note_adjustment(const struct configuration *configuration, struct run *run,
                struct error *err)
{
    const struct config_requirements *adjusted =
        &configuration->config.requirements;
    AUTOBUFFER sentence = BUFFER_INIT(CONFIG_NOTE_CEILING);

    if (adjusted->add.count + adjusted->drop.count == 0)
        return 0;
    buffer_printf(&sentence, "profile %s is adjusted by %s:",
                  configuration->profile->name, configuration->path);
    append_words(&sentence, " adds ", &adjusted->add);
    if (adjusted->add.count > 0 && adjusted->drop.count > 0)
        buffer_append_byte(&sentence, ';');
    append_words(&sentence, " drops ", &adjusted->drop);
    return run_add_note(run, buffer_text(&sentence), err);
}

static int
note_tenants(const struct configuration *configuration, struct run *run,
             struct error *err)
{
    const char *tenant = configuration->config.tenant;

    for (size_t i = 0; tenant != NULL && i < run->tenant_count; i++) {
        AUTOERROR sentence = ERROR_INIT;
        const char *id = run->tenants[i].id;
        if (run->tenants[i].delegated || *id == '\0'
            || text_equal_ignoring_case(id, tenant))
            continue;
        error_set(&sentence, "%s is for tenant %s, but this is tenant %s",
                  configuration->path, tenant, id);
        if (run_add_note(run, error_message(&sentence), err) < 0)
            return -1;
    }
    return 0;
}

int
config_note_all(const struct configuration *configuration, struct run *run,
                struct error *err)
{
    if (note_adjustment(configuration, run, err) < 0
        || note_tenants(configuration, run, err) < 0
        || note_ineffective(configuration, run, err) < 0)
        return -1;
    if (configuration->mutes == NULL)
        return 0;
    return mute_index_report(configuration->mutes, configuration->path,
                             run->complete && !run->interrupted, note, run,
                             err);
}
