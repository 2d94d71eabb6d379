/* SPDX-License-Identifier: Apache-2.0 */
/* piket: does the alarm of Microsoft Defender for Cloud reach somebody? */
#include "cli/cli.h"

int
main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
