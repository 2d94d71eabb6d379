/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is asked for while signing in. */
#include "cli/option/sign_in.h"

#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"

enum { SIGN_IN_MINUTE = 60 * 1000 };

void
sign_in_show(const struct credential_prompt *prompt, void *data)
{
    (void) data;
    message_text(_("To sign in to %s, open %s and enter the code %s within "
                   "%lld minutes."),
                 prompt->tenant, prompt->url, prompt->code,
                 (long long) (prompt->remaining / SIGN_IN_MINUTE));
}
