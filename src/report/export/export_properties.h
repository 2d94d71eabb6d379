/* SPDX-License-Identifier: Apache-2.0 */
/* A contact as the properties of its resource. */
#ifndef PIKET_REPORT_EXPORT_EXPORT_PROPERTIES_H
#define PIKET_REPORT_EXPORT_EXPORT_PROPERTIES_H

#include <jansson.h>

#include "control/contact/contact.h"

#define EXPORT_API_VERSION "2023-12-01-preview"
#define EXPORT_TYPE "Microsoft.Security/securityContacts"

/* Its path below a subscription. */
#define EXPORT_PATH \
    "providers/" EXPORT_TYPE "/default?api-version=" EXPORT_API_VERSION

/* The addresses, joined by semicolons, as a new reference; NULL where memory
 * runs out. */
json_t *export_properties_emails(const struct contact *contact);

/* The roles that are notified, likewise. */
json_t *export_properties_roles(const struct contact *contact);

/* All of them, likewise: what the contact does not say is not there. */
json_t *export_properties_make(const struct contact *contact);

/* {"properties": …} on one line, in ASCII, which the caller frees; NULL where
 * memory runs out. */
char *export_properties_body(const struct contact *contact);

#endif
