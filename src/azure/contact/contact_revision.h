/* SPDX-License-Identifier: Apache-2.0 */
/* What must be written into a contact's properties so that another contact
 * comes of them, one function per API version. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_REVISION_H
#define PIKET_AZURE_CONTACT_CONTACT_REVISION_H

#include <jansson.h>

#include "base/error.h"
#include "control/contact/contact.h"

/* Sets those members in which after says something else than before, which
 * is what properties say; NULL where there is no contact yet. What after has
 * not seen is left alone, and so are members, and sources of mail, that are
 * new to us. That the version cannot write what after says is an error. */
int contact_revision_2020(json_t *properties, const struct contact *before,
                          const struct contact *after, struct error *err);
int contact_revision_2023(json_t *properties, const struct contact *before,
                          const struct contact *after, struct error *err);

#endif
