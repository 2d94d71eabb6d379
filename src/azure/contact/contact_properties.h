/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a contact's properties, one function per API version. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_PROPERTIES_H
#define PIKET_AZURE_CONTACT_CONTACT_PROPERTIES_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"

/* Reads properties into a contact whose name and version are set already. A
 * known member of the wrong type is an error that names it. */
int contact_properties_2017(const json_t *properties, struct arena *arena,
                            struct contact *contact, struct error *err);
int contact_properties_2020(const json_t *properties, struct arena *arena,
                            struct contact *contact, struct error *err);
int contact_properties_2023(const json_t *properties, struct arena *arena,
                            struct contact *contact, struct error *err);

#endif
