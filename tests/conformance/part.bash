# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash source-path=SCRIPTDIR disable=SC1091
# What the parts of the conformance test share. A part is a script that prints
# "ok WHAT" or "not ok WHAT" for each check, with details behind a failure, and
# ends with 0 once it has tried all.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Nothing of the caller's may sign in here, or lead away from the loopback.
unset "${!AZURE_@}" "${!NODE_@}" SSL_CERT_FILE SSL_CERT_DIR \
  http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

scratch=$(mktemp -d)
export BATS_TEST_TMPDIR=$scratch HOME=$scratch AZURE_CONFIG_DIR=$scratch/azure
# shellcheck source=../cli/helpers.bash
source "$here/../cli/helpers.bash"

clean_up() {
  stop_emulator
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start ARGS...: the emulator with this test's estate.
start() {
  start_emulator --sign-in-files --estate "$here/estate.json" \
    --faults "$here/faults.json" "$@" || return
  export REQUESTS_CA_BUNDLE=$SSL_CERT_FILE NODE_EXTRA_CA_CERTS=$SSL_CERT_FILE
}

# subscription NUMBER: its id in the estate.
subscription() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# check WHAT COMMAND...: the command fails at the first thing that does.
check() {
  local what=$1
  shift
  (
    set -eu
    "$@"
  ) >"$scratch/check" 2>&1
  # shellcheck disable=SC2181 # a condition would take away the effect of -e
  if [ $? -eq 0 ]; then
    echo "ok $what"
  else
    echo "not ok $what"
    tail -n 30 "$scratch/check"
  fi
}

# is ACTUAL EXPECTED
is() {
  [ "$1" = "$2" ] || {
    printf 'got:      %s\nexpected: %s\n' "$1" "$2"
    return 1
  }
}

# contains TEXT PART
contains() {
  [[ $1 == *"$2"* ]] || {
    printf 'got:      %s\nnot in it: %s\n' "$1" "$2"
    return 1
  }
}

# ends STATUS COMMAND...: what it says goes into $output, errors too.
ends() {
  local wanted=$1 status=0
  shift
  output=$("$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || {
    printf 'status %s instead of %s; it said:\n%s\n' \
      "$status" "$wanted" "$output"
    return 1
  }
}

# sent FILTER: the emulator's log, as one array, through jq.
sent() { jq -sc "$1" "$EMULATOR_LOG"; }

az() { timeout -k 5 60 az "$@"; }

# A first az looks for a newer one, and shall find nobody to ask.
az_prepare() {
  AZURE_CORE_COLLECT_TELEMETRY=no HTTPS_PROXY=http://127.0.0.1:9 \
    az config set core.collect_telemetry=no --only-show-errors 2>/dev/null
}

# az_login [SECRET]
az_login() {
  az login --service-principal -u "$AZURE_CLIENT_ID" \
    -p "${1:-$AZURE_CLIENT_SECRET}" --tenant "$AZURE_TENANT_ID" -o none
}

# az_piket ARGS...: piket where only az can sign it in.
az_piket() {
  env -u AZURE_CLIENT_ID -u AZURE_CLIENT_SECRET -u AZURE_TENANT_ID \
    timeout -k 5 60 "$PIKET_BUILD/piket" "$@"
}

# verdicts REPORT: one line per subscription, by name.
verdicts() {
  jq -r '.subscriptions | sort_by(.name)[] | "\(.name): \(.status), " +
    ([.findings[] | select(.status == "fail").reason] | unique | join(" "))' \
    "$1"
}

# sdk ARGS...: the checks of the SDK, which print their own lines.
sdk() {
  NODE_NO_WARNINGS=1 \
    timeout -k 5 180 node "$CONFORMANCE_JS/conformance.mjs" "$@"
}
