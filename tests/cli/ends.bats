#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Whatever answers, and whatever is named as a file: piket comes to an end by
# itself, and by a signal. What would run for hours runs for a minute here, and
# is killed then.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy http_proxy NO_PROXY \
        no_proxy SSL_CERT_FILE AZURE_TENANT_ID AZURE_CLIENT_ID \
        AZURE_CLIENT_SECRET
    # There is no az here.
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return
    SERVER_PID=
}

teardown() {
    stop_emulator
    [ -z "$SERVER_PID" ] || kill "$SERVER_PID" 2>/dev/null || true
}

# wait_for COMMAND...: until it succeeds.
wait_for() {
    local tries=0
    until "$@" 2>/dev/null; do
        [ $((tries += 1)) -le 1200 ] || return 1
        sleep 0.05
    done
}

start_server() {
    python3 "$PIKET_ROOT/tests/cli/endless.py" port 3>&- &
    SERVER_PID=$!
    wait_for test -s port
    SERVER=http://127.0.0.1:$(cat port)
}

# begin NAME ARGS...: piket in the background. Its output is in NAME.out, its
# exit status will be in NAME.status, and the process is in NAME.pid.
begin() {
    local name=$1
    shift
    (
        status=0
        # shellcheck disable=SC2016
        timeout -s KILL 60 sh -c 'echo $$ >"$0"; exec "$@"' "$name.pid" \
            env LD_PRELOAD="${PRELOADED:-}" "$PIKET_BUILD/piket" "$@" >"$name.out" 2>&1 || status=$?
        echo "$status" >"$name.status"
    ) 3>&- &
}

# by_machine CASE ARGS...: check, where the machine's identity is asked for.
by_machine() {
    AZURE_POD_IDENTITY_AUTHORITY_HOST=$SERVER/$1 begin "$1" check --no-store \
        "${@:2}"
}

# by_secret NAME ARGS...: check, with a secret.
by_secret() {
    AZURE_TENANT_ID=$TENANT AZURE_CLIENT_ID=$TENANT AZURE_CLIENT_SECRET=x \
        begin "$1" check --no-store --credential Environment "${@:2}"
}

# by_proxy CASE ARGS...: the same, behind a proxy.
by_proxy() {
    HTTPS_PROXY=$SERVER by_secret "$1" --authority-host "https://$1.invalid" \
        --arm-endpoint "https://$1.invalid" "${@:2}"
}

# ended NAME STATUS WORDS
ended() {
    wait_for test -s "$1.status"
    echo "$1: $(cat "$1.status")"
    cat "$1.out"
    [ "$(cat "$1.status")" -eq "$2" ]
    [[ $(tr -s ' \n' ' ' <"$1.out") == *"$3"* ]]
}

@test "answers of the metadata address that are packed more than once" {
    start_server
    local case cases=(gzip-five-times gzip-in-four-headers gzip-by-other-names
        gzip-before-the-answer transfer-gzip brotli)
    for case in "${cases[@]}"; do
        by_machine "$case"
    done
    for case in "${cases[@]}"; do
        ended "$case" 3 'answer of 127.0.0.1 is encoded in a way that is not accepted: it may be packed once, with gzip or deflate'
    done
    # Each was asked once: whoever answers so does it again.
    [ "$(sort port.log | uniq -d)" = '' ]
    by_machine gzip-bomb
    ended gzip-bomb 3 'answer larger than 8 MiB'
}

@test "headers and bodies without end" {
    start_server
    local case
    for case in informational continue headers header-line trailers; do
        by_machine "$case"
    done
    for case in trickle extension silence; do
        by_machine "$case" --timeout 1
    done
    for case in informational continue headers header-line trailers; do
        ended "$case" 3 'header of the answer larger than 64 KiB'
    done
    for case in trickle extension silence; do
        ended "$case" 3 'no answer within 1 s'
    done
}

@test "a proxy's answers without end" {
    start_server
    local case
    for case in proxy-body proxy-headers proxy-trickle handshake-trickle; do
        by_proxy "$case" --timeout 1
    done
    for case in proxy-body proxy-trickle handshake-trickle; do
        ended "$case" 3 "https://$case.invalid: no connection within 1 s"
    done
    by_proxy proxy-informational --timeout 1
    # Whichever comes first: libcurl's ceiling on headers, or the time.
    for case in proxy-headers proxy-informational; do
        ended "$case" 3 "https://$case.invalid: "
    done
}

@test "a signal is heeded whatever answers" {
    start_server
    local case
    by_proxy proxy-body
    by_proxy proxy-chunks
    by_proxy handshake-trickle
    by_machine extension
    by_machine trickle
    for case in proxy-body proxy-chunks handshake-trickle extension trickle; do
        wait_for grep -qx "$case" port.log
    done
    sleep 0.5
    for case in proxy-body handshake-trickle extension; do
        kill -TERM "$(cat "$case.pid")"
    done
    for case in proxy-chunks trickle; do
        kill -INT "$(cat "$case.pid")"
    done
    for case in proxy-body handshake-trickle extension; do
        ended "$case" 143 'INTERRUPTED (exit status 143)'
    done
    for case in proxy-chunks trickle; do
        ended "$case" 130 'INTERRUPTED (exit status 130)'
    done
}

@test "a name that never resolves" {
    PRELOADED=$PIKET_BUILD/tests/fault/slow_names.so
    by_secret timeout --timeout 1 --authority-host https://never.invalid
    by_secret signal --authority-host https://never.invalid
    unset PRELOADED
    wait_for test -s signal.pid
    sleep 1
    kill -TERM "$(cat signal.pid)"
    ended signal 143 'INTERRUPTED (exit status 143)'
    ended timeout 3 'https://never.invalid: no connection within 1 s'
}

@test "a report that nobody takes does not outlast a signal" {
    start_emulator --generate 300 --seed 1
    mkfifo report
    exec 7<>report
    begin check check --format json --output report
    # The report is larger than a pipe: it has begun, and cannot end.
    head -c 1 <&7 >/dev/null
    sleep 0.5
    kill -TERM "$(cat check.pid)"
    ended check 143 ''
    exec 7>&-
}

# asked WORDS COUNT: so many requests of the kind have come.
asked() { [ "$(grep -c "$1" "$EMULATOR_LOG")" -ge "$2" ]; }

@test "nor does one after a signal that was heeded, or hold up others" {
    start_emulator --generate 300 --seed 1 --latency 20
    mkfifo checked applied
    exec 7<>checked 8<>applied
    local apply=(remediate --apply --yes --email soc@contoso.nl --tenant
        "$AZURE_TENANT_ID" --concurrency 4 --store piket.db --format json)
    begin check check --no-store --concurrency 2 --format json --output checked
    wait_for asked securityContacts 9
    kill -TERM "$(cat check.pid)"
    begin apply "${apply[@]}" --output applied
    wait_for asked '"method":"PUT"' 9
    kill -INT "$(cat apply.pid)"
    head -c 1 <&8 >/dev/null
    # While its report waits, others may change what it has not.
    begin other "${apply[@]}" --limit 1 --output other.json
    wait_for test -s other.status
    ended check 143 ''
    ended apply 130 ''
    [ "$(jq '.changes | map(select(.outcome != "not-attempted")) | length' other.json)" -ge 1 ]
    exec 7>&- 8>&-
}

# begin_readers NAME FILE: what reads files, given this one.
begin_readers() {
    local option server
    server=https://127.0.0.1:$(cat port)
    for option in config expect store; do
        begin "$1-$option" check "--$option" "$2"
    done
    by_secret "$1-ca-option" --ca-file "$2" --authority-host "$server"
    SSL_CERT_FILE=$2 by_secret "$1-ca-variable" --authority-host "$server"
    begin "$1-doctor" doctor --ca-file "$2" --authority-host "$server" \
        --arm-endpoint "$server"
    (
        export AZURE_TENANT_ID=$TENANT AZURE_CLIENT_ID=$TENANT
        AZURE_FEDERATED_TOKEN_FILE=$2 begin "$1-token" check --no-store \
            --credential WorkloadIdentity
        AZURE_CLIENT_CERTIFICATE_PATH=$2 begin "$1-certificate" check \
            --no-store --credential Environment
    )
    begin "$1-contact" remediate --tenant "$TENANT" --contact "$2"
    begin "$1-plan" remediate --tenant "$TENANT" --plan "$2"
    begin "$1-from" revert --tenant "$TENANT" --from "$2"
}

@test "what is no regular file is refused, whatever names it" {
    start_server
    mkfifo -m 600 pipe
    mkdir -m 700 folder
    python3 -c 'import os, socket
socket.socket(socket.AF_UNIX).bind("socket")
os.chmod("socket", 0o600)'
    begin_readers 1 pipe
    begin_readers 2 socket
    begin_readers 3 folder
    begin_readers 4 /dev/zero
    local name
    for name in [1-4]-*.pid; do
        ended "${name%.pid}" 3 ''
        tr -s ' \n' ' ' <"${name%.pid}.out" | grep -qE 'is not a regular file|is a folder|is a directory|No such device'
    done
    [ "$(printf '%s\n' [1-4]-*.pid | wc -l)" -eq 44 ]
}
