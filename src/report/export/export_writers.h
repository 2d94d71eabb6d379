/* SPDX-License-Identifier: Apache-2.0 */
/* The writers that export_table lists, see struct export_format. */
#ifndef PIKET_REPORT_EXPORT_EXPORT_WRITERS_H
#define PIKET_REPORT_EXPORT_EXPORT_WRITERS_H

#include "base/buffer.h"
#include "base/error.h"
#include "control/contact/contact.h"

typedef int export_writer(const struct contact *contact, struct buffer *target,
                          struct error *err);

export_writer export_arm_write;
export_writer export_az_write;
export_writer export_bicep_write;
export_writer export_policy_write;
export_writer export_powershell_write;
export_writer export_terraform_write;

#endif
