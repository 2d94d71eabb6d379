/* SPDX-License-Identifier: Apache-2.0 */
/* piket: does the alarm of Microsoft Defender for Cloud reach somebody? */
#include "base/process.h"
#include "cli/cli.h"

int
main(int argc, char **argv)
{
    process_shield();
    return cli_main(argc, argv);
}
