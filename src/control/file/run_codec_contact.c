/* SPDX-License-Identifier: Apache-2.0 */
/* A contact in a kept assessment. */
#include "control/file/run_codec_contact.h"

#include "base/cleanup.h"

/* Those without a word of Azure's have one of ours. */
static const char *const level_words[] = {
    [CONTACT_LEVEL_UNSEEN] = "unseen",
    [CONTACT_LEVEL_OFF] = "off",
    [CONTACT_LEVEL_LOW] = "Low",
    [CONTACT_LEVEL_MEDIUM] = "Medium",
    [CONTACT_LEVEL_HIGH] = "High",
    [CONTACT_LEVEL_CRITICAL] = "Critical",
    [CONTACT_LEVEL_UNRECOGNIZED] = "unrecognized",
};

static const char *const switch_words[] = {
    [CONTACT_UNSEEN] = "unseen",
    [CONTACT_OFF] = "off",
    [CONTACT_ON] = "on",
};

enum {
    CONTACT_NAME,
    CONTACT_VERSION,
    CONTACT_ENABLED,
    CONTACT_EMAILS,
    CONTACT_PHONE,
    CONTACT_ALERTS_LEVEL,
    CONTACT_ALERTS_TEXT,
    CONTACT_ATTACK_PATHS_LEVEL,
    CONTACT_ATTACK_PATHS_TEXT,
    CONTACT_ROLES_NOTIFIED,
    CONTACT_ROLES,
    CONTACT_LENGTH,
};

static void
write_texts(struct json_writer *writer, const char *const *texts, size_t count)
{
    json_writer_begin_list(writer);
    for (size_t i = 0; i < count; i++)
        json_writer_text(writer, texts[i]);
    json_writer_end_list(writer);
}

void
run_codec_contact_write(struct json_writer *writer,
                        const struct contact *contact)
{
    if (contact == NULL) {
        json_writer_text(writer, NULL);
        return;
    }
    json_writer_begin_list(writer);
    json_writer_text(writer, contact->name);
    json_writer_text(writer, contact_version_name(contact->version));
    json_writer_text(writer, switch_words[contact->enabled]);
    write_texts(writer, contact->emails, contact->email_count);
    json_writer_text(writer, contact->phone);
    json_writer_text(writer, level_words[contact->alerts.level]);
    json_writer_text(writer, contact->alerts.text);
    json_writer_text(writer, level_words[contact->attack_paths.level]);
    json_writer_text(writer, contact->attack_paths.text);
    json_writer_text(writer, switch_words[contact->roles_notified]);
    write_texts(writer, contact->roles, contact->role_count);
    json_writer_end_list(writer);
}

int
run_codec_contact_items(const struct json_cursor *place,
                        struct json_cursor *ret_items, size_t count,
                        struct error *err)
{
    size_t length;

    if (json_cursor_list(place, &length, err) < 0)
        return -1;
    if (length != count)
        return json_cursor_fail(place, err, "has %zu items, not %zu", length,
                                count);
    for (size_t i = 0; i < count; i++)
        ret_items[i] = json_cursor_item(place, i);
    return 0;
}

int
run_codec_contact_read_version(const struct json_cursor *place,
                               enum contact_version *ret_version,
                               struct error *err)
{
    const char *words[CONTACT_VERSION_2017_08_01 + 1];
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = contact_version_name((enum contact_version) i);
    if (json_cursor_word(place, words, ARRAY_LENGTH(words), &index, err) < 0)
        return -1;
    *ret_version = (enum contact_version) index;
    return 0;
}

static int
read_switch(const struct json_cursor *place, enum contact_switch *ret_switch,
            struct error *err)
{
    size_t index;

    if (json_cursor_word(place, switch_words, ARRAY_LENGTH(switch_words),
                         &index, err)
        < 0)
        return -1;
    *ret_switch = (enum contact_switch) index;
    return 0;
}

/* The level, and Azure's text behind it. */
static int
read_threshold(const struct json_cursor *items, struct arena *arena,
               struct contact_threshold *threshold, struct error *err)
{
    size_t index;

    if (json_cursor_word(&items[0], level_words, ARRAY_LENGTH(level_words),
                         &index, err)
            < 0
        || json_cursor_text_or_null(&items[1], arena, &threshold->text, err)
               < 0)
        return -1;
    threshold->level = (enum contact_level) index;
    /* It is all that can be said of one. */
    if (threshold->level == CONTACT_LEVEL_UNRECOGNIZED
        && threshold->text == NULL)
        return json_cursor_fail(&items[1], err, "is missing");
    return 0;
}

static int
read_fields(const struct json_cursor *items, struct arena *arena,
            struct contact *contact, struct error *err)
{
    if (json_cursor_text(&items[CONTACT_NAME], arena, &contact->name, err) < 0
        || run_codec_contact_read_version(&items[CONTACT_VERSION],
                                          &contact->version, err)
               < 0
        || read_switch(&items[CONTACT_ENABLED], &contact->enabled, err) < 0
        || json_cursor_texts(&items[CONTACT_EMAILS], arena, &contact->emails,
                             &contact->email_count, err)
               < 0
        || json_cursor_text_or_null(&items[CONTACT_PHONE], arena,
                                    &contact->phone, err)
               < 0
        || read_threshold(&items[CONTACT_ALERTS_LEVEL], arena,
                          &contact->alerts, err)
               < 0
        || read_threshold(&items[CONTACT_ATTACK_PATHS_LEVEL], arena,
                          &contact->attack_paths, err)
               < 0
        || read_switch(&items[CONTACT_ROLES_NOTIFIED],
                       &contact->roles_notified, err)
               < 0)
        return -1;
    return json_cursor_texts(&items[CONTACT_ROLES], arena, &contact->roles,
                             &contact->role_count, err);
}

int
run_codec_contact_read(const struct json_cursor *place, struct arena *arena,
                       const struct contact **ret_contact, struct error *err)
{
    struct json_cursor items[CONTACT_LENGTH];

    *ret_contact = NULL;
    if (json_is_null(place->value))
        return 0;
    if (run_codec_contact_items(place, items, CONTACT_LENGTH, err) < 0)
        return -1;
    struct contact *contact = arena_allocate(arena, sizeof(*contact));
    if (contact == NULL)
        return error_set_memory(err);
    if (read_fields(items, arena, contact, err) < 0)
        return -1;
    *ret_contact = contact;
    return 0;
}
