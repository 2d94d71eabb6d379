/* SPDX-License-Identifier: Apache-2.0 */
/* What monitoring plugins owe (Nagios, Icinga, Checkmk and others) beside
 * their report, see struct report_format. */
#ifndef PIKET_REPORT_RUN_REPORT_NAGIOS_H
#define PIKET_REPORT_RUN_REPORT_NAGIOS_H

#include "base/buffer.h"
#include "base/error.h"

/* 0 OK, 2 CRITICAL where something is non-compliant, 3 UNKNOWN for all else:
 * what could not be read, and what kept check from running. */
int report_nagios_exit_status(int check_status);

/* Appends the one line of a check that could not run: monitoring reads
 * standard output, and nothing else. Returns 0, or -1 where target failed or
 * memory ran out. */
int report_nagios_failure(const struct error *failure, struct buffer *target);

#endif
