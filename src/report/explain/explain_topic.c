/* SPDX-License-Identifier: Apache-2.0 */
/* What a word names. */
#include "report/explain/explain_topic.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement_table.h"

static const struct requirement *
requirement_named(const char *word)
{
    for (size_t i = 0; i < requirement_table_length; i++)
        if (text_equal_ignoring_case(requirement_table[i].id, word))
            return &requirement_table[i];
    return NULL;
}

static const struct profile *
profile_named(const char *word)
{
    for (size_t i = 0; i < profile_table_length; i++)
        if (text_equal_ignoring_case(profile_table[i].name, word))
            return &profile_table[i];
    return NULL;
}

/* Refuses the word, with the nearest of all that could have been meant. */
static int
refuse(const char *word, const struct language *language, struct error *err)
{
    const size_t count = requirement_table_length + profile_table_length
                         + framework_table_length;
    AUTOFREE const char **names = calloc(count, sizeof(*names));
    size_t filled = 0;

    if (names == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < requirement_table_length; i++)
        names[filled++] = requirement_table[i].id;
    for (size_t i = 0; i < profile_table_length; i++)
        names[filled++] = profile_table[i].name;
    for (size_t i = 0; i < framework_table_length; i++)
        names[filled++] = framework_table[i].id;
    const char *nearest = text_nearest(word, names, filled);
    error_set(err,
              language_text(language,
                            "'%s' is no requirement, profile or framework"),
              word);
    if (nearest != NULL)
        return error_advise(err, language_text(language, "did you mean '%s'?"),
                            nearest);
    return error_advise(
        err, "%s",
        language_text(language,
                      "piket explain lists the requirements and profiles, "
                      "piket check --list-frameworks the frameworks"));
}

int
explain_topic_by_word(const char *word, const struct language *language,
                      struct explain_topic *ret_topic, struct error *err)
{
    const struct explain_topic topic = {
        .requirement = requirement_named(word),
        .profile = profile_named(word),
        .framework = framework_by_id(word),
    };

    if (topic.requirement == NULL && topic.profile == NULL
        && topic.framework == NULL)
        return refuse(word, language, err);
    *ret_topic = topic;
    return 0;
}
