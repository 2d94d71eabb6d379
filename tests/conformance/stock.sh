#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Clients that nobody pointed anywhere: the public cloud's own hosts lead to
# the emulator. It needs namespaces of its own for the network and the mounts,
# where it may listen on port 443 and give itself a hosts file.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2119,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

full=$(subscription 2)
readonly full

redirect() {
  printf '127.0.0.1 localhost %s %s\n' management.azure.com \
    login.microsoftonline.com >"$scratch/hosts"
  mount --bind "$scratch/hosts" /etc/hosts
}

restart() {
  stop_emulator
  start --listen 127.0.0.1:443
}

az_signs_in() {
  ends 0 az_login
  is "$(az account list --all --query 'length(@)' -o tsv)" 6
  is "$(az account show --query environmentName -o tsv)" AzureCloud
  is "$(sent '[.[] | select(.path | test("oauth2")).path]')" \
    "[\"/$AZURE_TENANT_ID/oauth2/v2.0/token\"]"
  is "$(sent 'map(.headers.host) | unique')" \
    '["login.microsoftonline.com","management.azure.com"]'
}

az_lists() {
  is "$(az security contact list --subscription "$full" --query '[].email' \
    -o tsv | paste -sd' ')" 'soc@contoso.nl csirt@contoso.nl'
  is "$(az rest --url "https://management.azure.com/subscriptions/$full/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview" \
    --query 'value[0].properties.isEnabled' -o tsv)" true
}

# piket_with NAME=VALUE...: with these variables alone, it finds all.
piket_with() {
  ends 1 env -i PATH="$PATH" HOME="$scratch" SSL_CERT_FILE="$SSL_CERT_FILE" \
    "$@" timeout -k 5 60 "$PIKET_BUILD/piket" check --format json
  is "$(jq -c '[.run.complete, .summary.subscriptions, .summary.compliant]' \
    <<<"$output")" '[true,6,1]'
}

redirect || exit 1
restart || exit 1
az_prepare
check 'az signs in to the public cloud' az_signs_in
check 'az reads contacts of the public cloud' az_lists
check 'piket checks the public cloud as an application' piket_with \
  AZURE_TENANT_ID="$AZURE_TENANT_ID" AZURE_CLIENT_ID="$AZURE_CLIENT_ID" \
  AZURE_CLIENT_SECRET="$AZURE_CLIENT_SECRET"
check 'piket checks the public cloud through az' piket_with \
  AZURE_CONFIG_DIR="$AZURE_CONFIG_DIR" REQUESTS_CA_BUNDLE="$SSL_CERT_FILE"
restart || exit 1
sdk
