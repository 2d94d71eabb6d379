/* SPDX-License-Identifier: Apache-2.0 */
/* How a document about the past is written. */
#ifndef PIKET_REPORT_HISTORY_DOCUMENT_H
#define PIKET_REPORT_HISTORY_DOCUMENT_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the document, indented and in ASCII, and releases it. NULL means
 * that memory ran out while it was made. */
int history_document_write(json_t *document, struct buffer *target,
                           struct error *err);

#endif
