#!/usr/bin/env bats
# What is left of secrets in the memory of a run that has ended: nothing. The
# module that looks for them is tests/fault/scan_memory.c.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    MODULES=$PIKET_BUILD/tests/fault
    # The sanitizers keep memory that was released.
    [ -e "$MODULES/scan_memory.so" ] || skip 'a build with sanitizers'
    start_emulator --generate 40 --seed 1
    sign_in
    SECRETS=(
        "$AZURE_CLIENT_SECRET"
        'Qw8~piket%2Bgeheim%26' # as it stands in a form
        "${TOKEN:0:40}"         # all tokens begin so
        "$EMULATOR_IDENTITY_HEADER"
    )
    unset TOKEN
}

teardown() { stop_emulator; }

# hexadecimal TEXT
hexadecimal() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# scan ARGS...: runs piket and looks for $SECRETS at its end. The status of
# piket is in $status, what was found in $output.
scan() {
    local wanted
    wanted=$(for secret in "${SECRETS[@]}"; do hexadecimal "$secret" && echo; done | paste -sd,)
    status=0
    env LD_PRELOAD="$MODULES/scan_memory.so:$MODULES/move_folder.so" \
        PIKET_SCAN_FOR="$wanted" PIKET_SCAN_REPORT="$BATS_TEST_TMPDIR/found" \
        "$PIKET_BUILD/piket" "$@" >/dev/null 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
    output=$(cat "$BATS_TEST_TMPDIR/found")
}

# clean STATUS: piket ended so, and left nothing.
clean() {
    [ "$status" -eq "$1" ] || { cat "$BATS_TEST_TMPDIR/stderr" && return 1; }
    [ "$output" = "looked for ${#SECRETS[@]}" ] || { echo "$output" && return 1; }
}

@test "the module finds what is there" {
    PIKET_SCAN_ENVIRONMENT=1 scan check
    [[ $output == *'0 at 0x'*'in [stack]'* ]]
}

@test "a client secret and its tokens are gone" {
    scan check
    clean 1
    scan check -vvv --format json
    clean 1
    PIKET_ARM_ENDPOINT=https://127.0.0.1:1 scan check
    clean 3
    AZURE_CLIENT_ID=$AZURE_TENANT_ID scan check
    clean 3
}

@test "a token of one's own is gone" {
    sign_in
    export AZURE_ACCESS_TOKEN=$TOKEN
    unset TOKEN
    scan check
    clean 1
}

@test "the secrets of a machine's platform are gone" {
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL scan check
    clean 1
    export IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/msi/token \
        IDENTITY_HEADER=$EMULATOR_IDENTITY_HEADER
    scan check
    clean 1
    IDENTITY_HEADER=${EMULATOR_IDENTITY_HEADER}x scan check
    clean 3
    IDENTITY_ENDPOINT=http://127.0.0.1:1/ scan check
    clean 3
}

@test "a key of Azure Arc is gone" {
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    export PIKET_ARC_FOLDER=$BATS_TEST_TMPDIR IMDS_ENDPOINT=x \
        IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/arc/metadata/identity/oauth2/token
    local key=2e0b1ec7-aaaa-4bbb-8ccc-arcarcarcarc
    printf %s "$key" >"$BATS_TEST_TMPDIR/good.key"
    stop_emulator
    printf '[{"when": {"path": "/arc/*", "first": 1}, "then": {"status": 401, "headers": {"WWW-Authenticate": "Basic realm=/var/opt/azcmagent/tokens/good.key"}}}]' \
        >"$BATS_TEST_TMPDIR/faults"
    start_emulator --generate 40 --faults "$BATS_TEST_TMPDIR/faults"
    IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/arc/metadata/identity/oauth2/token
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    SECRETS+=("$key")
    scan check
    clean 3
    [ "$(jq -r .headers.authorization "$EMULATOR_LOG" | tr '\n' ' ')" = 'null Basic  ' ]
}
