/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sign-in on another device begins, and where the person goes. */
#ifndef EMULATOR_ENTRA_DEVICE_LOGIN_H
#define EMULATOR_ENTRA_DEVICE_LOGIN_H

#include "server/exchange.h"

/* POST /{tenant}/oauth2/v2.0/devicecode */
void device_login_begin(struct exchange *exchange);

/* GET /devicelogin: a page with a form. */
void device_login_page(struct exchange *exchange);

/* POST /devicelogin: user_code, and decision=decline where the person does
 * not want it. */
void device_login_decide(struct exchange *exchange);

#endif
