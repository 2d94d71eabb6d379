/* SPDX-License-Identifier: Apache-2.0 */
/* The writers that explain_format_table lists, see struct explain_format. */
#ifndef PIKET_REPORT_EXPLAIN_EXPLAIN_WRITERS_H
#define PIKET_REPORT_EXPLAIN_EXPLAIN_WRITERS_H

#include "report/explain/explain_topic.h"

typedef int explain_writer(const struct explain_topic *topic,
                           const struct language *language,
                           struct buffer *target, struct error *err);

/* At most EXPLAIN_WIDTH columns, but for a word that is longer, such as a
 * web address. */
explain_writer explain_text_write;

/* English whatever the language. One document: { schemaVersion, kind, id,
 * title, sections: [ { heading, paragraphs: [ { type: text|item|verbatim, text
 * } ] } ] }. */
explain_writer explain_json_write;

/* CommonMark; no column counts. */
explain_writer explain_markdown_write;

enum { EXPLAIN_WIDTH = 80 };

#endif
