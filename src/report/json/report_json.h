/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the JSON report as trees, each owned by the caller, and NULL
 * where memory ran out; and how trees become text, in this and in other
 * reports. */
#ifndef PIKET_REPORT_JSON_REPORT_JSON_H
#define PIKET_REPORT_JSON_REPORT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/buffer.h"
#include "control/run/assessment.h"
#include "report/view/report.h"

/* A tree that is released at the end of its scope. */
#define AUTOJSON __attribute__((cleanup(report_json_release)))

void report_json_release(json_t **tree);

json_t *report_json_texts(const char *const *texts, size_t count);

/* The run without its subscriptions. */
json_t *report_json_run(const struct run *run);

/* How many of them there are of each status and reach, and by the view's
 * frameworks. */
json_t *report_json_summary(const struct report_view *view);

/* A contact, or null where it is NULL. */
json_t *report_json_contact(const struct contact *contact);

/* Why the contacts could not be read, or null where they could. */
json_t *report_json_error(const struct contact_reading *reading);

/* A subscription with all that is known of it; its findings with their
 * controls, where the view has frameworks. */
json_t *report_json_assessment(const struct assessment *assessment,
                               const struct report_view *view);

/* The controls of the view's frameworks that the requirement shows:
 * [ { framework, number } ]. */
json_t *report_json_controls(const struct requirement *requirement,
                             const struct report_view *view);

/* The view's frameworks with the tally of each control: [ { id, title,
 * version, controls: [ … ] } ]. */
json_t *report_json_frameworks(const struct report_view *view);

/* One of the functions of report/phrase.h. */
typedef int report_json_phrase(const struct finding *finding,
                               const struct language *language,
                               struct buffer *target);

/* The English sentence; null where the phrase has nothing to say. */
json_t *report_json_sentence(report_json_phrase *phrase,
                             const struct finding *finding);

/* What to do: the recommendation, also of one that is muted; where the
 * contact could not be read, what lets it be read; null where there is
 * nothing to do or to say. */
json_t *report_json_remedy(const struct assessment *assessment,
                           const struct finding *finding);

/* Each of the following releases the tree, which may be NULL, and returns 0,
 * or -1 where memory ran out or target failed. */

/* Appends the tree; indentation stands in front of its lines but the
 * first. */
int report_json_append(struct buffer *target, const char *indentation,
                       json_t *tree);

/* Appends the tree as an item of an array whose items are indented so far;
 * count is that of the items before it. */
int report_json_append_item(struct buffer *target, const char *indentation,
                            size_t *count, json_t *tree);

/* The same for a member of an object. */
int report_json_append_member(struct buffer *target, const char *indentation,
                              size_t *count, const char *key, json_t *tree);

/* Appends what stands in front of a member's value, which follows. Returns 0,
 * or -1 where target failed; there is no tree. */
int report_json_append_key(struct buffer *target, const char *indentation,
                           size_t *count, const char *key);

/* Appends the tree on a line of its own. */
int report_json_append_line(struct buffer *target, json_t *tree);

/* Appends a whole document, indented, with a line break behind it, and
 * releases it. NULL means that memory ran out while it was made. */
int report_json_write_document(json_t *document, struct buffer *target,
                               struct error *err);

/* Sets a member, which the object takes over, unless it is null; releases it
 * where it cannot. Returns 0, or -1 where either is NULL. */
int report_json_set(json_t *object, const char *key, json_t *value);

#endif
