/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the security contact of a subscription. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_WRITER_H
#define PIKET_AZURE_CONTACT_CONTACT_WRITER_H

#include "azure/arm/arm.h"
#include "base/error.h"
#include "control/contact/contact.h"

/* error is NULL where ARM said that it is done; request_id is Azure's, or
 * NULL. Both are borrowed for the call. Where arm_error_is_uncertain, it may
 * have been done all the same. */
typedef void contact_writer_done(const struct arm_error *error,
                                 const char *request_id, void *data);

/* PUTs body to the contact named default. It is sent once: only a 429, and a
 * connection that never came to be, are tried again, since neither was
 * processed; a lost answer is the caller's to find out about by reading. done
 * is called exactly once, from loop_run. subscription_id is a UUID. */
int contact_writer_put(struct arm *arm, const char *subscription_id,
                       enum contact_version version, const char *body,
                       contact_writer_done *done, void *data,
                       struct error *err);

/* DELETEs it, likewise. That it was not there (204, or ARM's 404 for it) is
 * done, too. */
int contact_writer_delete(struct arm *arm, const char *subscription_id,
                          enum contact_version version,
                          contact_writer_done *done, void *data,
                          struct error *err);

#endif
