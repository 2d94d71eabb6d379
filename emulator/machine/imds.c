/* SPDX-License-Identifier: Apache-2.0 */
/* The instance metadata service of a virtual machine. */
#include "machine/imds.h"

#include "machine/metadata_token.h"

void
imds_token(struct exchange *exchange)
{
    if (metadata_token_check(exchange))
        metadata_token_answer(exchange, false);
}
