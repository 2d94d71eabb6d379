/* SPDX-License-Identifier: Apache-2.0 */
/* The tool of a SARIF log: a rule for each requirement. */
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"
#include "report/json/report_json.h"
#include "report/wording/report_mapping.h"
#include "report/interchange/report_sarif.h"

/* How severe a rule is: SARIF's word, and GitHub's number, which it calls
 * high from 7.0, medium from 4.0. */
struct rating {
    const char *level;
    const char *score;
};

static const struct rating ratings[] = {
    [REQUIREMENT_LOW] = { "note", "2.0" },
    [REQUIREMENT_MEDIUM] = { "warning", "5.0" },
    [REQUIREMENT_HIGH] = { "error", "8.0" },
};

const char *
report_sarif_level(const struct requirement *requirement)
{
    return ratings[requirement->severity].level;
}

/* "owner-notified" as SARIF spells names: "OwnerNotified". */
static json_t *
name_to_json(const char *id)
{
    AUTOBUFFER name = BUFFER_INIT(EXPLAIN_CEILING);
    bool begins = true;

    for (; *id != '\0'; id++) {
        if (*id != '-')
            buffer_append_byte(&name, begins && *id >= 'a' && *id <= 'z'
                                          ? (char) (*id - 'a' + 'A')
                                          : *id);
        begins = *id == '-';
    }
    return buffer_failed(&name) ? NULL : json_string(buffer_text(&name));
}

static json_t *
description_to_json(const struct explain_requirement_text *text)
{
    return json_pack(
        "{s:o}", "text",
        json_sprintf("It passes when %s. %s", text->passes, text->meaning[0]));
}

/* The page of piket explain, as text and as Markdown. */
static json_t *
help_to_json(const struct requirement *requirement)
{
    const struct explain_topic topic = { .requirement = requirement };
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER markdown = BUFFER_INIT(REPORT_CEILING);

    if (explain_text_write(&topic, NULL, &text, NULL) < 0
        || explain_markdown_write(&topic, NULL, &markdown, NULL) < 0)
        return NULL;
    return json_pack("{s:s, s:s}", "text", buffer_text(&text), "markdown",
                     buffer_text(&markdown));
}

/* Newer versions of a framework stand behind older ones, and only the first
 * tags are shown: from the end. */
static json_t *
tags_to_json(const struct report_view *view,
             const struct requirement *requirement)
{
    AUTOJSON json_t *tags = json_pack("[s]", "security");

    for (size_t i = framework_control_table_length; i > 0; i--) {
        const struct framework_control *control =
            &framework_control_table[i - 1];
        if (json_array_size(tags) == REPORT_SARIF_TAGS_CEILING)
            break;
        if (report_mapping_next(view, requirement, i - 1) != i - 1)
            continue;
        if (json_array_append_new(
                tags,
                json_sprintf("%s/%s", control->framework, control->number))
            < 0)
            return NULL;
    }
    return take_pointer(tags);
}

/* All of them, where the tags have no room. */
static json_t *
controls_to_json(const struct report_view *view,
                 const struct requirement *requirement)
{
    AUTOJSON json_t *controls = json_array();

    for (size_t i = report_mapping_next(view, requirement, 0);
         i < framework_control_table_length;
         i = report_mapping_next(view, requirement, i + 1)) {
        const struct framework_control *control = &framework_control_table[i];
        if (json_array_append_new(
                controls,
                json_pack("{s:s, s:s, s:s}", "framework", control->framework,
                          "number", control->number, "strength",
                          framework_strength_name(control->strength)))
            < 0)
            return NULL;
    }
    return take_pointer(controls);
}

static json_t *
rule_to_json(const struct report_view *view,
             const struct requirement *requirement)
{
    const struct explain_requirement_text *text =
        explain_requirement_text(requirement);

    return json_pack("{s:s, s:o, s:{s:s}, s:o, s:o, s:s, s:{s:s}, "
                     "s:{s:o, s:s, s:s, s:o}}",
                     "id", requirement->id, "name",
                     name_to_json(requirement->id), "shortDescription", "text",
                     text->title, "fullDescription", description_to_json(text),
                     "help", help_to_json(requirement), "helpUri",
                     EXPLAIN_DOCUMENTATION, "defaultConfiguration", "level",
                     report_sarif_level(requirement), "properties", "tags",
                     tags_to_json(view, requirement), "precision", "very-high",
                     "security-severity", ratings[requirement->severity].score,
                     "controls", controls_to_json(view, requirement));
}

static json_t *
rules_to_json(const struct report_view *view)
{
    const char *const *ids = view->run->profile->requirements;
    AUTOJSON json_t *rules = json_array();

    for (; *ids != NULL; ids++)
        if (json_array_append_new(rules,
                                  rule_to_json(view, requirement_by_id(*ids)))
            < 0)
            return NULL;
    return take_pointer(rules);
}

json_t *
report_sarif_driver(const struct report_view *view)
{
    return json_pack(
        "{s:s, s:s, s:s, s:{s:s}, s:o, s:o}", "name", "piket", "version",
        PIKET_VERSION, "semanticVersion", PIKET_VERSION, "shortDescription",
        "text",
        "Does the alarm of Microsoft Defender for Cloud reach somebody?",
        "rules", rules_to_json(view), "notifications",
        report_sarif_notice_descriptors());
}
