/* SPDX-License-Identifier: Apache-2.0 */
/* A page as it is told, part by part; text and JSON each take it down in
 * their way. */
#ifndef PIKET_REPORT_EXPLAIN_EXPLAIN_PAGE_H
#define PIKET_REPORT_EXPLAIN_EXPLAIN_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "report/explain/explain_topic.h"

/* A paragraph that starts with EXPLAIN_ITEM is one of a list; one that starts
 * with EXPLAIN_VERBATIM is shown line by line as it stands, for commands and
 * tables, and may hold line breaks. Both markers are two bytes long and are
 * part neither of what is shown nor of what is translated: N_ stands behind
 * them. */
#define EXPLAIN_ITEM "- "
#define EXPLAIN_VERBATIM "| "
enum { EXPLAIN_MARKER_LENGTH = 2 };

/* What the marker says of a paragraph. */
enum explain_kind {
    EXPLAIN_KIND_TEXT,
    EXPLAIN_KIND_ITEM,
    EXPLAIN_KIND_VERBATIM
};

/* Where Microsoft says how the contact is set. */
#define EXPLAIN_DOCUMENTATION                               \
    "https://learn.microsoft.com/azure/defender-for-cloud/" \
    "configure-email-notifications"

enum { EXPLAIN_PARAGRAPHS_CEILING = 20 };

/* Bounds one line or list of a page, all of whose texts are ours. */
enum { EXPLAIN_CEILING = 64 * 1024 };

/* Constant text of a page, N_: what does not follow from a table. */
struct explain_section {
    const char *heading;
    const char *paragraphs[EXPLAIN_PARAGRAPHS_CEILING]; /* ends in NULL */
};

struct explain_page;

/* How a page is taken down. A failure sticks in the page. */
struct explain_medium {
    /* kind: "control", "requirement", "profile", "framework". */
    void (*title)(struct explain_page *page, const char *kind, const char *id,
                  const char *title);
    void (*heading)(struct explain_page *page, const char *heading);
    void (*paragraph)(struct explain_page *page, enum explain_kind kind,
                      const char *text);
};

struct explain_page {
    const struct explain_medium *medium;
    void *state; /* the medium's own */
    const struct language *language;
    bool failed;
};

/* A sentence in the page's language. The functions below look up what they
 * are given themselves. */
const char *explain_page_words(const struct explain_page *page,
                               const char *message)
    __attribute__((format_arg(2)));

/* kind is a word of the format, and not looked up. */
void explain_page_title(struct explain_page *page, const char *kind,
                        const char *id, const char *title);
void explain_page_heading(struct explain_page *page, const char *heading);
void explain_page_paragraph(struct explain_page *page, const char *paragraph);

/* A paragraph made from parts. The format is looked up, its arguments are
 * not. */
void explain_page_print(struct explain_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void explain_page_section(struct explain_page *page,
                          const struct explain_section *section);

/* Tells the page of a topic; each kind has a file of its own. */
void explain_page_write(struct explain_page *page,
                        const struct explain_topic *topic);
void explain_control_write(struct explain_page *page);
void explain_requirement_write(struct explain_page *page,
                               const struct requirement *requirement);
void explain_profile_write(struct explain_page *page,
                           const struct profile *profile);
void explain_framework_write(struct explain_page *page,
                             const struct framework *framework);

/* The controls of a framework, as a part of a page. */
void explain_framework_controls(struct explain_page *page,
                                const struct framework *framework);

/* Appends what the profile's threshold demands of this requirement, in the
 * page's language: "at least 2 addresses". Nothing where it has none. */
void explain_threshold(const struct explain_page *page,
                       const struct requirement *requirement,
                       const struct profile *profile, struct buffer *target);

/* What the tables of the page's texts hold of a requirement, N_. */
struct explain_requirement_text {
    const char *id;
    const char *title;  /* "The contact is enabled" */
    const char *passes; /* when; thresholds are told behind it */
    const char *meaning[4], *why[4], *risk[3], *fix[8]; /* end in NULL */
};

extern const struct explain_requirement_text explain_requirement_texts[];
extern const size_t explain_requirement_texts_length;

/* The row of the requirement; every requirement has one. */
const struct explain_requirement_text *explain_requirement_text(
    const struct requirement *requirement);

#endif
