/* SPDX-License-Identifier: Apache-2.0 */
/* A document of a security contact, as people keep it: what they want every
 * subscription to have. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_TEMPLATE_H
#define PIKET_AZURE_CONTACT_CONTACT_TEMPLATE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/config/desired_contact.h"

/* A file that is larger is something else. */
enum { CONTACT_TEMPLATE_CEILING = 1024 * 1024 };

/* Reads JSON of any of the three API versions, told by its members: a
 * resource, its properties alone, a list of resources as ARM answers it, or a
 * deployment template with the resource in it, which may stand in a nested
 * deployment. Of several contacts the one named default counts. The error
 * says what stands where, and what was expected: nothing is passed over, and
 * nothing guessed, since it would be written to every subscription. A
 * document that switches the contact, alerts or role mail off is refused: it
 * wants what no profile lets pass. Everything lives in the arena. */
int contact_template_read(const char *bytes, size_t length,
                          struct arena *arena,
                          struct desired_contact *ret_desired,
                          struct error *err);

#endif
