#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The official JavaScript SDK, unmodified, pointed at the emulator.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2119,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

start --device-code-interval 1 || exit 1
sdk "$EMULATOR_URL"
