/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of what is kept of the past: pure functions to bytes, one row
 * per format. */
#ifndef PIKET_REPORT_HISTORY_HISTORY_REPORT_H
#define PIKET_REPORT_HISTORY_HISTORY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/past/address_book.h"
#include "control/past/drift.h"
#include "control/past/history.h"
#include "report/language/language.h"

struct history_view {
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    size_t rows;                     /* of each table; 0: all of them */
};

typedef int history_list_writer(const struct history_list *list,
                                const struct history_view *view,
                                struct buffer *target, struct error *err);
typedef int history_detail_writer(const struct history_detail *detail,
                                  const struct history_view *view,
                                  struct buffer *target, struct error *err);
typedef int history_timeline_writer(const struct history_timeline *timeline,
                                    const struct history_view *view,
                                    struct buffer *target, struct error *err);
typedef int history_contacts_writer(const struct address_book *book,
                                    const struct history_view *view,
                                    struct buffer *target, struct error *err);
typedef int history_drift_writer(const struct drift *drift,
                                 const struct history_view *view,
                                 struct buffer *target, struct error *err);

typedef int history_pruned_writer(const struct history_pruned *pruned,
                                  const struct history_view *view,
                                  struct buffer *target, struct error *err);

struct history_format {
    const char *name; /* "text" */
    history_list_writer *list;
    history_detail_writer *detail;
    history_timeline_writer *timeline;
    history_contacts_writer *contacts;
    history_drift_writer *drift;
    history_pruned_writer *pruned;
};

extern const struct history_format history_format_table[];
extern const size_t history_format_table_length;

/* NULL where there is none of that name. */
const struct history_format *history_format_by_name(const char *name);

/* What the rows name. For people: tables that fit the id of a run and what it
 * came to on one line. */
history_list_writer history_list_text_write;
history_detail_writer history_detail_text_write;
history_timeline_writer history_timeline_text_write;
history_contacts_writer history_contacts_text_write;
history_drift_writer history_drift_text_write;
history_pruned_writer history_pruned_text_write;

/* For programs: one document each; docs/json.md describes them. */
history_list_writer history_list_json_write;
history_detail_writer history_detail_json_write;
history_timeline_writer history_timeline_json_write;
history_contacts_writer history_contacts_json_write;
history_drift_writer history_drift_json_write;
history_pruned_writer history_pruned_json_write;

#endif
