/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses: whether mail could be sent to one, by its form alone.
 *
 * The form is RFC 5321's Mailbox, with these decisions:
 *   - the local part is a dot-string or a quoted string of ASCII, at most 64
 *     octets; that of RFC 6531 (SMTPUTF8) is not accepted, as nothing says
 *     that Azure can mail it;
 *   - the domain has at least two labels of letters, digits and hyphens; an
 *     internationalised one is judged by its A-label form (RFC 5891, mapped
 *     by UTS 46 without transition);
 *   - the whole, in A-label form, is at most 254 octets;
 *   - address literals (a@[192.0.2.1]) are not accepted, nor a last label of
 *     digits only, which could be an address without its brackets. */
#ifndef PIKET_CONTROL_VALUE_EMAIL_H
#define PIKET_CONTROL_VALUE_EMAIL_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the address has that form. Returns 0, or -1 where memory runs
 * out. */
int email_valid(const char *address, bool *ret_valid);

/* Whether the address is in one of the domains: "contoso.nl" is that domain
 * alone, "*.contoso.nl" all below it, in any letter case and either form of
 * an internationalised name. An address without a domain is in none. Returns
 * 0, or -1 where memory runs out. */
int email_in_domains(const char *address, const char *const *domains,
                     size_t count, bool *ret_allowed);

/* Whether two addresses name one mailbox, as far as the form tells: letter
 * case does not count, also in the local part, because no mail service in
 * use distinguishes it. Returns 0, or -1 where memory runs out. */
int email_equal(const char *left, const char *right, bool *ret_equal);

#endif
