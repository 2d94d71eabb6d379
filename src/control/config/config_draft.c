/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration that is proposed. */
#include "control/config/config_draft.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/config/config.h"
#include "control/config/config_profile.h"
#include "control/config/config_value.h"
#include "control/value/email.h"
#include "control/value/phone.h"
#include "control/value/value_tally.h"

/* All values, while they are counted. */
struct counting {
    struct config_draft *draft;
    struct arena *arena;
    struct value_tally emails, invalid_emails, phones, invalid_phones;
    struct value_tally severities, risks, roles, domains;
};

static void
counting_done(struct counting *counting)
{
    value_tally_done(&counting->emails);
    value_tally_done(&counting->invalid_emails);
    value_tally_done(&counting->phones);
    value_tally_done(&counting->invalid_phones);
    value_tally_done(&counting->severities);
    value_tally_done(&counting->risks);
    value_tally_done(&counting->roles);
    value_tally_done(&counting->domains);
}

/* Of two levels that are used as often, the one that mails more is first. */
static int
compare_levels(const char *left, const char *right)
{
    return (int) contact_level_parse(left) - (int) contact_level_parse(right);
}

/* The word that text is in any letter case, with its own letters; NULL where
 * a configuration has none such. */
static const char *
known_word(config_words *words, const char *text)
{
    const char *word;

    for (size_t i = 0; (word = words(i)) != NULL; i++)
        if (text_equal_ignoring_case(word, text))
            return word;
    return NULL;
}

static int
count_email(struct counting *counting, const char *email, size_t contact,
            struct error *err)
{
    bool valid;

    if (email_valid(email, &valid) < 0)
        return error_set_memory(err);
    /* Azure keeps all addresses in one text, joined by semicolons. */
    if (!valid || strpbrk(email, ";,") != NULL)
        return value_tally_add(&counting->invalid_emails, email, contact, err);
    if (value_tally_add(&counting->emails, email, contact, err) < 0)
        return -1;
    return value_tally_add(&counting->domains, strrchr(email, '@') + 1,
                           contact, err);
}

static int
count_level(struct value_tally *tally, config_words *words,
            enum contact_level level, size_t contact, struct error *err)
{
    const char *name = contact_level_name(level);
    const char *word = name != NULL ? known_word(words, name) : NULL;

    return word != NULL ? value_tally_add(tally, word, contact, err) : 0;
}

static int
count_contact(struct counting *counting, const struct contact *contact,
              size_t number, struct error *err)
{
    const char *phone = contact->phone;

    for (size_t i = 0; i < contact->email_count; i++)
        if (count_email(counting, contact->emails[i], number, err) < 0)
            return -1;
    if (phone != NULL
        && value_tally_add(phone_valid(phone) ? &counting->phones
                                              : &counting->invalid_phones,
                           phone, number, err)
               < 0)
        return -1;
    for (size_t i = 0;
         contact->roles_notified == CONTACT_ON && i < contact->role_count;
         i++) {
        const char *role = known_word(config_value_role, contact->roles[i]);
        if (role != NULL
            && value_tally_add(&counting->roles, role, number, err) < 0)
            return -1;
    }
    if (count_level(&counting->severities, config_value_severity,
                    contact->alerts.level, number, err)
        < 0)
        return -1;
    return count_level(&counting->risks, config_value_risk,
                       contact->attack_paths.level, number, err);
}

static int
count_run(struct counting *counting, const struct run *run, struct error *err)
{
    struct config_draft *draft = counting->draft;

    draft->subscriptions = run->assessment_count;
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        const struct contact_reading *reading = &assessment->reading;
        if (!subscription_applicable(&assessment->subscription))
            draft->not_applicable++;
        else if (reading->kind == CONTACT_READING_FAILED)
            draft->unreadable++;
        else if (reading->kind != CONTACT_READING_DONE
                 || reading->contact == NULL)
            draft->without++;
        else if (count_contact(counting, reading->contact, draft->contacts++,
                               err)
                 < 0)
            return -1;
    }
    return 0;
}

/* How the values of one kind are proposed. */
enum proposal {
    PROPOSE_FIRST,         /* the one used most */
    PROPOSE_HALF,          /* those on half of the contacts, else that one */
    PROPOSE_HALF_OR_NEEDED /* those, and the domains of addresses proposed */
};

/* Takes over the first values: those proposed, then the others, each by
 * use. */
static void
take_values(const struct value_use *uses, size_t count, const bool *proposed,
            struct config_draft_values *values)
{
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < count; i++) {
            if (proposed[i] != (turn == 0))
                continue;
            if (values->count == CONFIG_DRAFT_SHOWN)
                values->more++;
            else
                values->items[values->count++] = (struct config_draft_value){
                    uses[i].text, uses[i].contacts, proposed[i]
                };
        }
}

/* Whether one of the addresses proposed is in the domain. */
static bool
is_needed(const struct config_draft_values *emails, const char *domain)
{
    for (size_t i = 0; i < emails->count; i++)
        if (emails->items[i].proposed
            && text_equal_ignoring_case(
                strrchr(emails->items[i].text, '@') + 1, domain))
            return true;
    return false;
}

static bool
is_proposed(const struct config_draft *draft, enum proposal proposal,
            const struct value_use *use, bool first)
{
    const bool half = 2 * use->contacts >= draft->contacts;

    switch (proposal) {
    case PROPOSE_FIRST:
        return first;
    case PROPOSE_HALF:
        return first || half;
    case PROPOSE_HALF_OR_NEEDED:
        return half || is_needed(&draft->emails, use->text);
    }
    return false;
}

static int
rank(struct counting *counting, struct value_tally *tally,
     enum proposal proposal, struct config_draft_values *ret_values,
     struct error *err)
{
    struct value_use *uses;
    size_t count;

    if (value_tally_rank(tally, counting->arena, &uses, &count, err) < 0)
        return -1;
    bool *proposed =
        arena_allocate_array(counting->arena, count + 1, sizeof(*proposed));
    if (proposed == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        proposed[i] = is_proposed(counting->draft, proposal, &uses[i], i == 0);
    take_values(uses, count, proposed, ret_values);
    return 0;
}

static int
count_invalid(struct counting *counting, struct value_tally *tally,
              size_t *ret_count, struct error *err)
{
    struct value_use *uses;

    return value_tally_rank(tally, counting->arena, &uses, ret_count, err);
}

static int
rank_all(struct counting *counting, struct error *err)
{
    struct config_draft *draft = counting->draft;
    const struct {
        struct value_tally *tally;
        enum proposal proposal;
        struct config_draft_values *values;
    } kinds[] = {
        { &counting->emails, PROPOSE_HALF, &draft->emails },
        { &counting->phones, PROPOSE_FIRST, &draft->phones },
        { &counting->severities, PROPOSE_FIRST, &draft->severities },
        { &counting->risks, PROPOSE_FIRST, &draft->risks },
        { &counting->roles, PROPOSE_HALF, &draft->roles },
        /* Behind the addresses, which decide what is needed. */
        { &counting->domains, PROPOSE_HALF_OR_NEEDED, &draft->domains },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (rank(counting, kinds[i].tally, kinds[i].proposal, kinds[i].values,
                 err)
            < 0)
            return -1;
    if (count_invalid(counting, &counting->invalid_emails,
                      &draft->emails.invalid, err)
        < 0)
        return -1;
    return count_invalid(counting, &counting->invalid_phones,
                         &draft->phones.invalid, err);
}

static struct config_texts
texts_proposed(const struct config_draft_values *values,
               const char *target[CONFIG_DRAFT_SHOWN])
{
    struct config_texts texts = { NULL, 0 };

    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].proposed) {
            target[texts.count++] = values->items[i].text;
            texts.items = target;
        }
    return texts;
}

static const char *
text_proposed(const struct config_draft_values *values)
{
    return values->count > 0 && values->items[0].proposed
               ? values->items[0].text
               : NULL;
}

static enum contact_level
level_proposed(const struct config_draft_values *values)
{
    const char *text = text_proposed(values);

    return text != NULL ? contact_level_parse(text) : CONTACT_LEVEL_UNSEEN;
}

/* A desired contact that the profile refuses would make the file invalid:
 * nothing of that kind is proposed then. part holds only that kind. */
static int
withdraw_unmet(struct counting *counting, const struct config_contact *part,
               struct config_draft_values *values, struct error *err)
{
    const struct config config = { .contact = *part };
    const char *domains[CONFIG_DRAFT_SHOWN];
    const struct config_texts allowed =
        texts_proposed(&counting->draft->domains, domains);
    struct profile profile = *counting->draft->profile;
    struct finding unmet;

    profile.thresholds.allowed_domains = allowed.items;
    profile.thresholds.allowed_domain_count = allowed.count;
    if (config_profile_unmet(&config, &profile, counting->arena, &unmet, err)
        < 0)
        return -1;
    if (unmet.requirement == NULL)
        return 0;
    values->unmet = unmet.requirement->id;
    for (size_t i = 0; i < values->count; i++)
        values->items[i].proposed = false;
    return 0;
}

static int
withdraw_all_unmet(struct counting *counting, struct error *err)
{
    struct config_draft *draft = counting->draft;
    const char *emails[CONFIG_DRAFT_SHOWN], *roles[CONFIG_DRAFT_SHOWN];
    const struct {
        struct config_contact part;
        struct config_draft_values *values;
    } kinds[] = {
        { { .emails = texts_proposed(&draft->emails, emails) },
          &draft->emails },
        { { .phone = text_proposed(&draft->phones) }, &draft->phones },
        { { .minimal_severity = level_proposed(&draft->severities) },
          &draft->severities },
        { { .minimal_risk_level = level_proposed(&draft->risks) },
          &draft->risks },
        { { .roles = texts_proposed(&draft->roles, roles) }, &draft->roles },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (withdraw_unmet(counting, &kinds[i].part, kinds[i].values, err) < 0)
            return -1;
    return 0;
}

int
config_draft_make(const struct run *run, const struct scope *scope,
                  struct config_draft *ret_draft, struct error *err)
{
    struct config_draft draft = {
        .profile = run->profile,
        .complete = run->complete,
        .scope = scope,
    };
    CLEANUP(counting_done)
    struct counting counting = {
        .draft = &draft,
        .arena = run->arena,
        .emails = VALUE_TALLY_INIT(text_compare_ignoring_case),
        .invalid_emails = VALUE_TALLY_INIT(text_compare_ignoring_case),
        .phones = VALUE_TALLY_INIT(phone_compare),
        .invalid_phones = VALUE_TALLY_INIT(strcmp),
        .severities = VALUE_TALLY_INIT(compare_levels),
        .risks = VALUE_TALLY_INIT(compare_levels),
        .roles = VALUE_TALLY_INIT(strcmp),
        .domains = VALUE_TALLY_INIT(text_compare_ignoring_case),
    };

    if (run->tenant_count > 0 && text_is_uuid(run->tenants[0].id))
        draft.tenant = run->tenants[0].id;
    if (count_run(&counting, run, err) < 0 || rank_all(&counting, err) < 0
        || withdraw_all_unmet(&counting, err) < 0)
        return -1;
    *ret_draft = draft;
    return 0;
}
