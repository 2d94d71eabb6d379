/* SPDX-License-Identifier: Apache-2.0 */
/* The contacts of one subscription from the JSON of each API version.
 *
 * The shapes are those of the REST specifications, and the ones that the
 * service has been seen to send beside them: https://learn.microsoft.com/
 * rest/api/defenderforcloud/security-contacts, azure-rest-api-specs 29458
 * (bare arrays), azure-sdk-for-python 41591 (the versions are different
 * projections). */
#ifndef PIKET_AZURE_CONTACT_CONTACT_DOCUMENT_H
#define PIKET_AZURE_CONTACT_CONTACT_DOCUMENT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"

/* Decodes the elements of a listing. Unknown members, roles and sources are
 * passed over; a known member of the wrong type is an error that names it.
 * In the versions since 2020 the contact is the one named default; through
 * 2017-08-01-preview all are read as one, since it shows one per address.
 * Everything returned is made in the arena. */
int contact_document_decode(const json_t *elements,
                            enum contact_version version, struct arena *arena,
                            struct contact_reading *ret_reading,
                            struct error *err);

/* The element named default, borrowed; NULL where there is none. */
const json_t *contact_document_default(const json_t *elements);

#endif
