/* SPDX-License-Identifier: Apache-2.0 */
/* The judges that requirement_table lists, see struct requirement. */
#ifndef PIKET_CONTROL_REQUIREMENT_REQUIREMENT_JUDGE_H
#define PIKET_CONTROL_REQUIREMENT_REQUIREMENT_JUDGE_H

#include "control/requirement/requirement.h"

typedef int requirement_judge(const struct contact *contact,
                              const struct thresholds *thresholds,
                              struct arena *arena,
                              struct finding *ret_finding);

/* requirement_contact.c */
requirement_judge requirement_judge_contact_configured;
requirement_judge requirement_judge_contact_enabled;

/* requirement_email.c */
requirement_judge requirement_judge_email_configured;
requirement_judge requirement_judge_email_valid;
requirement_judge requirement_judge_email_count;
requirement_judge requirement_judge_email_domain;
bool requirement_has_domains(const struct thresholds *thresholds);

/* requirement_phone.c */
requirement_judge requirement_judge_phone_configured;
requirement_judge requirement_judge_phone_valid;

/* requirement_notification.c */
requirement_judge requirement_judge_alerts_notified;
requirement_judge requirement_judge_owner_notified;
requirement_judge requirement_judge_attack_paths_notified;

/* requirement_desired.c */
requirement_judge requirement_judge_desired_contact;
bool requirement_has_desired_contact(const struct thresholds *thresholds);

#endif
