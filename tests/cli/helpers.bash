# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the tests of the programs share. Programs are taken from $PIKET_BUILD,
# "build" in the repository by default.

PIKET_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case ${PIKET_BUILD:=build} in
/*) ;;
*) PIKET_BUILD=$PIKET_ROOT/$PIKET_BUILD ;;
esac
export PIKET_BUILD

# Nobody listens there: what looks for a machine's identity finds none, and
# asks nobody outside this machine.
export AZURE_POD_IDENTITY_AUTHORITY_HOST=http://127.0.0.1:1
unset IDENTITY_ENDPOINT IDENTITY_HEADER IDENTITY_SERVER_THUMBPRINT \
    IMDS_ENDPOINT MSI_ENDPOINT MSI_SECRET DEFAULT_IDENTITY_CLIENT_ID
# Runs are kept where the test's own files are, never in the caller's home.
export XDG_STATE_HOME=${BATS_TEST_TMPDIR:-${BATS_RUN_TMPDIR:-/tmp}}/state
unset PIKET_STORE
# Answers are in English, whatever the caller speaks.
unset LC_ALL LC_MESSAGES LANG LANGUAGE

# start_emulator ARGS...: starts one emulator on free ports, waits until it
# listens, and points the environment at it. Its files are in $EMULATOR_DIR.
start_emulator() {
    EMULATOR_DIR=$(mktemp -d "${BATS_TEST_TMPDIR:-${TMPDIR:-/tmp}}/emulator.XXXXXX")
    EMULATOR_LOG=$EMULATOR_DIR/log
    local ready=$EMULATOR_DIR/ready.json
    TMPDIR=$EMULATOR_DIR "$PIKET_BUILD/piket-emulator" --listen 127.0.0.1:0 \
        --identity-listen 127.0.0.1:0 --ready-file "$ready" \
        --log "$EMULATOR_LOG" "$@" \
        >"$EMULATOR_DIR/stdout" 2>"$EMULATOR_DIR/stderr" 3>&- &
    EMULATOR_PID=$!
    local tries=0
    until [ -s "$ready" ]; do
        if ! kill -0 "$EMULATOR_PID" 2>/dev/null || [ $((tries += 1)) -gt 600 ]; then
            cat "$EMULATOR_DIR/stderr" >&2
            stop_emulator
            return 1
        fi
        sleep 0.05
    done
    EMULATOR_URL=$(jq -r .url "$ready")
    EMULATOR_IDENTITY_URL=$(jq -r .identityUrl "$ready")
    PIKET_ARM_ENDPOINT=$EMULATOR_URL
    AZURE_AUTHORITY_HOST=$EMULATOR_URL
    AZURE_TENANT_ID=$(jq -r .tenantId "$ready")
    AZURE_CLIENT_ID=$(jq -r .clientId "$ready")
    AZURE_CLIENT_SECRET=$(jq -r .clientSecret "$ready")
    EMULATOR_IDENTITY_HEADER=$(jq -r .identityHeader "$ready")
    SSL_CERT_FILE=$(jq -r .caFile "$ready")
    export EMULATOR_DIR EMULATOR_LOG EMULATOR_PID EMULATOR_URL \
        EMULATOR_IDENTITY_URL EMULATOR_IDENTITY_HEADER PIKET_ARM_ENDPOINT AZURE_AUTHORITY_HOST \
        AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET SSL_CERT_FILE
}

# stop_emulator: ends the one that start_emulator started.
stop_emulator() {
    [ -n "${EMULATOR_PID:-}" ] || return 0
    kill "$EMULATOR_PID" 2>/dev/null || true
    wait "$EMULATOR_PID" 2>/dev/null || true
    EMULATOR_PID=
}

# http ARGS...: curl that trusts the emulator, and nobody else.
http() {
    curl -sS --noproxy '*' --cacert "$SSL_CERT_FILE" "$@"
}

# token_request NAME=VALUE...: asks for a token with these fields.
token_request() {
    local fields=() field
    for field in "$@"; do
        fields+=(--data-urlencode "$field")
    done
    http "${fields[@]}" "$AZURE_AUTHORITY_HOST/$AZURE_TENANT_ID/oauth2/v2.0/token"
}

# sign_in: sets $TOKEN to a token of the emulator's first client.
sign_in() {
    TOKEN=$(token_request grant_type=client_credentials \
        "client_id=$AZURE_CLIENT_ID" "client_secret=$AZURE_CLIENT_SECRET" \
        scope=https://management.azure.com//.default | jq -r .access_token)
    [ -n "$TOKEN" ] && [ "$TOKEN" != null ]
}

# arm PATH ARGS...: a request to ARM with $TOKEN; prints the body.
arm() {
    local path=$1
    shift
    http -H "Authorization: Bearer $TOKEN" "$PIKET_ARM_ENDPOINT$path" "$@"
}

# arm_status PATH ARGS...: the same; prints the status. The body is in
# $EMULATOR_DIR/body, the headers in $EMULATOR_DIR/headers.
arm_status() {
    arm "$@" -o "$EMULATOR_DIR/body" -D "$EMULATOR_DIR/headers" \
        -w '%{http_code}'
}
