/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a check would use, and what it would lack. */
#ifndef PIKET_ENGINE_DOCTOR_DOCTOR_H
#define PIKET_ENGINE_DOCTOR_DOCTOR_H

#include "base/error.h"
#include "control/doctor/doctor_report.h"
#include "engine/doctor/doctor_options.h"
#include "net/loop/loop.h"

struct doctor;

/* The loop is borrowed, the diagnosis is filled. */
int doctor_new(struct doctor **ret_doctor, struct loop *loop,
               const struct doctor_options *options,
               struct doctor_report *report, struct error *err);

/* Ends what is still under way. NULL is allowed. */
void doctor_free(struct doctor *doctor);

/* Asks everything that can be asked, side by side, and concludes each line.
 * Whatever is wrong out there is a line. Sends nothing but GETs to ARM.
 * Fails only where memory runs out. */
int doctor_run(struct doctor *doctor, struct error *err);

/* Ends doctor_run soon; what is not known by then is skipped. May be
 * called from a loop callback. */
void doctor_interrupt(struct doctor *doctor);

#endif
