/* SPDX-License-Identifier: Apache-2.0 */
/* The controls of frameworks that a report names beside a requirement: those
 * of the view's frameworks where some were asked for, else all whose own text
 * asks for the setting. */
#ifndef PIKET_REPORT_WORDING_REPORT_MAPPING_H
#define PIKET_REPORT_WORDING_REPORT_MAPPING_H

#include <stddef.h>

#include "report/view/report.h"

/* The first such row of framework_control_table at or behind index; the
 * length of the table where there is none. */
size_t report_mapping_next(const struct report_view *view,
                           const struct requirement *requirement,
                           size_t index);

#endif
