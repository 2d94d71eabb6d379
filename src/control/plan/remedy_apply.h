/* SPDX-License-Identifier: Apache-2.0 */
/* The remedies that remedy_table lists, see struct remedy. */
#ifndef PIKET_CONTROL_PLAN_REMEDY_APPLY_H
#define PIKET_CONTROL_PLAN_REMEDY_APPLY_H

#include "control/plan/planned_contact.h"

typedef int remedy_apply(struct planned_contact *draft);

/* remedy_contact.c */
remedy_apply remedy_contact_configured;
remedy_apply remedy_contact_enabled;
remedy_apply remedy_phone;
remedy_apply remedy_desired_contact;

/* remedy_email.c */
remedy_apply remedy_email_configured;
remedy_apply remedy_email_valid;
remedy_apply remedy_email_count;
remedy_apply remedy_email_count_unmet;
remedy_apply remedy_email_domain;
remedy_apply remedy_email_domain_unmet;

/* remedy_notification.c */
remedy_apply remedy_alerts_notified;
remedy_apply remedy_attack_paths_notified;

#endif
