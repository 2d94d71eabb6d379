#!/usr/bin/env bats
# Refusals that quote the very secret that they refuse, and services that
# take a request and stay silent.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
}

teardown() { stop_emulator; }

# start RULES: the emulator, with these faults.
start() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    start_emulator --generate 3 --seed 1 --faults "$BATS_TEST_TMPDIR/faults.json"
}

check() { run --separate-stderr "$PIKET_BUILD/piket" check -vvv "$@"; }

# refused TEXT SECRET: the message has the text, and nothing has the secret.
refused() {
    [ "$status" -eq 3 ] || { echo "$status: $stderr" && return 1; }
    [[ $stderr == *"$1"* ]] || { echo "without '$1': $stderr" && return 1; }
    [[ $stderr$output != *"$2"* ]] || { echo "with '$2': $stderr" && return 1; }
}

@test "a token authority's refusal is shown without the client secret" {
    start '[{"when": {"path": "*/oauth2/v2.0/token"}, "then": {"status": 401, "body": {
        "error": "invalid_client", "error_description": "AADSTS7000215: not Our~se/cret+1"}}}]'
    AZURE_CLIENT_SECRET='Our~se/cret+1' check --credential Environment
    refused 'AADSTS7000215: not *************' 'Our~se'
}

@test "an issuer's refusal is shown without the job's token" {
    start '[{"when": {"path": "*/idtoken"}, "then": {"status": 401, "body": {
        "message": "not job-bearer-token-1"}}}]'
    export ACTIONS_ID_TOKEN_REQUEST_TOKEN=job-bearer-token-1
    ACTIONS_ID_TOKEN_REQUEST_URL=$(jq -r .githubOidcUrl "$EMULATOR_DIR/ready.json") \
        check --credential GitHubOidc
    refused 'HTTP 401: not ******************' job-bearer
}

@test "a platform's refusal is shown without its secret" {
    start '[{"when": {"path": "/msi/token"}, "then": {"status": 400, "body": {
        "statusCode": 400, "message": "not header-of-ours"}}}]'
    IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/msi/token IDENTITY_HEADER=header-of-ours \
        check --credential ManagedIdentity
    refused 'HTTP 400: not **************' header-of
}

@test "ARM's refusal is shown without the token" {
    start '[{"when": {"path": "/subscriptions"}, "then": {"status": 403, "body": {
        "error": {"code": "No", "message": "not aaaaaa.bbbbbb.cccccc"}}}}]'
    AZURE_ACCESS_TOKEN=aaaaaa.bbbbbb.cccccc check
    refused 'No: not ********************' aaaaaa.bbbb
}

@test "--timeout holds for signing in" {
    start '[{"when": {"path": "/metadata/identity/oauth2/token"}, "then": {"delay": 600000}}]'
    AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL AZURE_CLIENT_SECRET='' \
        AZURE_TOKEN_CREDENTIALS=prod check --timeout 1
    refused 'no answer within 1 s' 'within 30 s'
}
