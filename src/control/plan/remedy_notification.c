/* SPDX-License-Identifier: Apache-2.0 */
/* What is mailed: from the level that is desired on, else from the one that
 * is demanded. */
#include "control/plan/remedy_apply.h"

static int
mail_from(struct contact_threshold *threshold, enum contact_level desired,
          enum contact_level demanded)
{
    planned_contact_set_level(
        threshold, desired != CONTACT_LEVEL_UNSEEN ? desired : demanded);
    return 0;
}

int
remedy_alerts_notified(struct planned_contact *draft)
{
    return mail_from(&draft->contact.alerts, draft->desired->minimal_severity,
                     draft->thresholds->alerts_of);
}

int
remedy_attack_paths_notified(struct planned_contact *draft)
{
    return mail_from(&draft->contact.attack_paths,
                     draft->desired->minimal_risk_level,
                     draft->thresholds->attack_paths_of);
}
