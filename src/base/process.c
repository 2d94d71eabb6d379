/* SPDX-License-Identifier: Apache-2.0 */
/* What others could take out of this process. */
#include "base/process.h"

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void
process_shield(void)
{
    const struct rlimit none = { 0, 0 };

    /* Neither can fail: everybody may ask for less. */
    (void) setrlimit(RLIMIT_CORE, &none);
#ifndef PIKET_SANITIZED
    (void) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    (void) unsetenv("SSLKEYLOGFILE");
}
