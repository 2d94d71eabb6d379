#!/usr/bin/env bats
# Signing in on another device: what is shown, what is sent, what is kept.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export HOME=$BATS_TEST_TMPDIR
    umask 022
    CACHE=$BATS_TEST_TMPDIR/private/tokens.json
    REPORT=$BATS_TEST_TMPDIR/report.json
    SHOWN=$BATS_TEST_TMPDIR/shown
    PID=
}

teardown() {
    [ -z "$PID" ] || kill "$PID" 2>/dev/null || true
    stop_emulator
}

# azure ARGS...: an emulator that is asked once a second, and no application.
azure() {
    start_emulator --generate 3 --seed 1 --device-code-interval 1 "$@"
    CLIENT_ID=$AZURE_CLIENT_ID
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
}

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# begin ARGS...: a check that signs in with a code, which is in $CODE.
begin() {
    rm -f "$SHOWN"
    "$PIKET_BUILD/piket" check --credential devicecode --format json \
        --output "$REPORT" "$@" >/dev/null 2>"$SHOWN" 3>&- &
    PID=$!
    local tries=0
    until CODE=$(grep -oP 'enter the code \K[A-Z0-9]+' "$SHOWN"); do
        [ $((tries += 1)) -lt 200 ] || return 1
        sleep 0.05
    done
}

# decide DECISION: what the person says on the page.
decide() {
    http --data-urlencode "user_code=$CODE" --data-urlencode "decision=$1" \
        "$EMULATOR_URL/devicelogin" >/dev/null
}

# finish: waits for the check; its exit status is in $STATUS.
finish() {
    STATUS=0
    wait "$PID" || STATUS=$?
    PID=
}

# run_again ARGS...: a check that must not need a person.
run_again() {
    run --separate-stderr "$PIKET_BUILD/piket" check --credential DeviceCode \
        --format json --output "$REPORT" "$@"
}

# posts FILTER: of the log's requests to the token endpoints.
posts() {
    jq -r "select(.method == \"POST\" and (.path | test(\"/oauth2/v2.0/\")))
        | $1" "$EMULATOR_LOG"
}

@test "a person signs in: what is shown, and what is sent" {
    azure
    begin -q
    [ "$(cat "$SHOWN")" = "To sign in to organizations, open \
$EMULATOR_URL/devicelogin and enter the code $CODE within 15 minutes." ]
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(jq -r '.run.tenants[0].credential' "$REPORT")" = DeviceCodeCredential ]
    [ "$(jq '.subscriptions | length' "$REPORT")" -eq 3 ]
    [ "$(posts .path | sort -u)" = "$(printf '%s\n' \
        /organizations/oauth2/v2.0/devicecode \
        /organizations/oauth2/v2.0/token)" ]
    [ "$(posts .form.client_id | sort -u)" = \
        04b07795-8ddb-461a-bbee-02f9e1bf7b46 ]
    [ "$(posts .form.scope | sort -u)" = "https://management.core.windows.net//\
.default openid offline_access profile" ]
    [ "$(posts 'select(.path | endswith("/token")) | .form.grant_type' |
        sort -u)" = urn:ietf:params:oauth:grant-type:device_code ]
    # Nothing is kept that was not asked for.
    [ -z "$(find "$HOME" -newer "$SHOWN" -name '*token*')" ]
}

@test "tenant and application can be chosen" {
    azure
    export AZURE_CLIENT_ID=$CLIENT_ID
    begin --tenant 7c0ffee0-0000-4000-8000-00000000abcd
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(posts .form.client_id | sort -u)" = "$CLIENT_ID" ]
    [ "$(posts .path | grep -c "^/7c0ffee0-0000-4000-8000-00000000abcd/")" -ge 2 ]
}

@test "it waits while the sign-in is pending, and longer when told to" {
    azure --faults "$(faults '[{"when": {"path": "*/token", "first": 1},
        "then": {"status": 400, "body": {"error": "slow_down",
            "error_description": "slower"}}}]')"
    begin
    # The first question is answered with slow_down; it goes on all the same.
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(posts 'select(.path | endswith("/token")) | .status' | xargs)" = \
        '400 200' ]
}

@test "a person declines" {
    azure
    begin
    decide decline
    finish
    [ "$STATUS" -eq 3 ]
    [[ $(cat "$SHOWN") == *'DeviceCodeCredential: the sign-in was declined'* ]]
}

@test "nobody comes" {
    azure --faults "$(faults '[{"when": {"path": "*/token"},
        "then": {"status": 400, "body": {"error": "expired_token",
            "error_description": "AADSTS70019: too late"}}}]')"
    begin
    finish
    [ "$STATUS" -eq 3 ]
    [[ $(cat "$SHOWN") == *"nobody entered the code $CODE in time"* ]]
    [[ $(cat "$SHOWN") == *'run the command again'* ]]
}

@test "an interrupt while it waits ends it" {
    azure
    begin
    kill -TERM "$PID"
    finish
    [ "$STATUS" -eq 143 ]
}

@test "it is by name only" {
    azure
    run --separate-stderr env PATH=/nonexistent "$PIKET_BUILD/piket" check
    [ "$status" -eq 3 ]
    [[ $stderr != *DeviceCode* ]]
    [ -z "$(posts .path)" ]
}

@test "a page that is not https, and a code that acts on a terminal, are not shown" {
    local bad
    for bad in '"verification_uri": "http://evil.example/x"' \
        '"user_code": "A\u001b[2JB"' '"user_code": ""' '"expires_in": 0' \
        '"device_code": 5'; do
        azure --faults "$(faults "[{\"when\": {\"path\": \"*/devicecode\"},
            \"then\": {\"status\": 200, \"body\": $(jq -c ". + {$bad}" \
            <<<'{"user_code": "ABCDEFGHJ", "device_code": "x",
                "verification_uri": "https://localhost/devicelogin",
                "expires_in": 900, "interval": 1}')}}]")"
        run_again
        [ "$status" -eq 3 ]
        [[ $stderr == *'the answer holds no code to sign in with'* ]]
        [[ $stderr != *evil* ]]
        [[ $stderr != *$'\e'* ]]
        stop_emulator
    done
}

@test "a sign-in is kept where asked for, and used the next time" {
    azure
    begin --token-cache "$CACHE"
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(stat -c %a "$CACHE")" = 600 ]
    [ "$(stat -c %a "$(dirname "$CACHE")")" = 700 ]
    [ "$(jq -r '.signIns[0] | [.authority, .tenant, .clientId] | join(" ")' \
        "$CACHE")" = "$EMULATOR_URL organizations \
04b07795-8ddb-461a-bbee-02f9e1bf7b46" ]
    local before
    before=$(jq -r '.signIns[0].refreshToken' "$CACHE")
    : >"$EMULATOR_LOG"
    run_again --token-cache "$CACHE"
    [ "$status" -le 2 ]
    [ -z "$stderr" ]
    [ "$(posts .form.grant_type)" = refresh_token ]
    # Each use gives a new one, and the file has one for each key.
    [ "$(jq '.signIns | length' "$CACHE")" -eq 1 ]
    [ "$(jq -r '.signIns[0].refreshToken' "$CACHE")" != "$before" ]
    # No part of it is in what is logged.
    run --separate-stderr "$PIKET_BUILD/piket" check -vvv \
        --credential DeviceCode --token-cache "$CACHE"
    [[ $stderr != *"$(jq -r '.signIns[0].refreshToken' "$CACHE")"* ]]
    [[ $stderr != *"$before"* ]]
    # No other file is left beside it.
    [ "$(ls -A "$(dirname "$CACHE")")" = tokens.json ]
}

@test "another tenant or application has a sign-in of its own" {
    azure
    begin --token-cache "$CACHE"
    decide approve
    finish
    begin --token-cache "$CACHE" --tenant 7c0ffee0-0000-4000-8000-00000000abcd
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(jq -r '.signIns[].tenant' "$CACHE" | xargs)" = \
        'organizations 7c0ffee0-0000-4000-8000-00000000abcd' ]
    export AZURE_CLIENT_ID=$CLIENT_ID
    begin --token-cache "$CACHE"
    decide approve
    finish
    [ "$(jq '.signIns | length' "$CACHE")" -eq 3 ]
}

@test "a sign-in that has ended is forgotten, and asked for anew" {
    azure
    begin --token-cache "$CACHE"
    decide approve
    finish
    # As an older piket would have kept it, without a digest.
    jq '.signIns[0].refreshToken = "1.gone" | .version = 1 | del(.sha256)' \
        "$CACHE" >"$CACHE.new"
    cat "$CACHE.new" >"$CACHE"
    rm "$CACHE.new"
    begin --token-cache "$CACHE"
    [ "$(jq '.signIns | length' "$CACHE")" -eq 0 ]
    decide approve
    finish
    [ "$STATUS" -le 2 ]
    [ "$(jq '.signIns | length' "$CACHE")" -eq 1 ]
}

@test "a cache that is damaged, open, a link or in an open folder is not used" {
    azure
    local folder
    folder=$(dirname "$CACHE")
    mkdir -m 700 "$folder"
    local bytes
    for bytes in '' '{' '[]' '{"version": 1}' '{"version": 2, "signIns": []}' \
        '{"version": 1, "signIns": [{"authority": "x"}]}'; do
        printf '%s' "$bytes" >"$CACHE"
        chmod 600 "$CACHE"
        run_again --token-cache "$CACHE"
        [ "$status" -eq 3 ]
        [[ $stderr == *"the token cache: $CACHE: is damaged"* ]]
        [[ $stderr == *'remove it, and sign in again'* ]]
        [ "$(cat "$CACHE")" = "$bytes" ]
    done
    echo '{"version": 1, "signIns": []}' >"$CACHE"
    chmod 640 "$CACHE"
    run_again --token-cache "$CACHE"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$CACHE: is open to other users (mode 0640)"* ]]
    [[ $stderr == *"run chmod 600 $CACHE"* ]]
    chmod 600 "$CACHE"
    ln -s "$CACHE" "$folder/link"
    run_again --token-cache "$folder/link"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$folder/link: is a symbolic link"* ]]
    chmod 755 "$folder"
    run_again --token-cache "$CACHE"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$folder: is open to other users (mode 0755)"* ]]
    [[ $stderr == *'name a file in a folder of its own'* ]]
    [[ $stderr != *'run chmod'* ]]
    # Nor is a person asked first where nothing could be kept.
    run_again --token-cache /proc/none/tokens.json
    [ "$status" -eq 3 ]
    [[ $stderr == *'make the folder /proc/none'* ]]
    # Not one of them came as far as to ask Entra.
    [ -z "$(posts .path)" ]
}

@test "a cache of another user is not used" {
    [ "$(id -u)" -eq 0 ] || skip 'only root can give files away'
    azure
    mkdir -m 700 "$(dirname "$CACHE")"
    echo '{"version": 1, "signIns": []}' >"$CACHE"
    chmod 600 "$CACHE"
    chown 65534 "$CACHE"
    run_again --token-cache "$CACHE"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$CACHE: belongs to another user (number 65534)"* ]]
}
