#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The official JavaScript SDK as the identity of a machine, on each platform
# that the emulator stands for.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2119,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

start || exit 1

# on NAME VARIABLE...: with these variables and no other credential's.
on() {
  local name=$1
  shift
  env -u AZURE_CLIENT_ID -u AZURE_CLIENT_SECRET -u AZURE_TENANT_ID "$@" \
    NODE_NO_WARNINGS=1 timeout -k 5 60 node "$CONFORMANCE_JS/machine.mjs" \
    "$name" "$AZURE_CLIENT_ID" "${none-99999999-0000-4000-8000-000000000000}"
}

on 'a virtual machine' AZURE_POD_IDENTITY_AUTHORITY_HOST="$EMULATOR_IDENTITY_URL"
on 'App Service' IDENTITY_ENDPOINT="$EMULATOR_IDENTITY_URL/msi/token" \
  IDENTITY_HEADER="$EMULATOR_IDENTITY_HEADER"
none='' on 'Cloud Shell' MSI_ENDPOINT="$EMULATOR_IDENTITY_URL/oauth2/token"
