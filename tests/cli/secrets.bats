#!/usr/bin/env bats
# What others can take of a run's secrets: nothing. Not from its memory while
# it runs, nor from what is left of it at its end (the module that looks for
# that is tests/fault/scan_memory.c), nor by a variable.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    MODULES=$PIKET_BUILD/tests/fault
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

teardown() {
    [ -z "${PIKET_PID:-}" ] || kill -KILL "$PIKET_PID" 2>/dev/null || true
    [ -z "${OTHERS:-}" ] || rm -rf "$OTHERS"
    stop_emulator
}

# The sanitizers keep memory that was released, and debug their own process.
needs_plain_build() {
    [ -e "$MODULES/scan_memory.so" ] || skip 'a build with sanitizers'
}

# hexadecimal TEXT
hexadecimal() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# scan ARGS...: runs piket and looks for $SECRETS at its end. The status of
# piket is in $status, what was found in $output.
scan() {
    needs_plain_build
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

# start_waiting COMMAND...: has piket hold its token and wait for ARM, in the
# folder $OTHERS, run by the command, if any. Its number is in $PIKET_PID.
start_waiting() {
    local tries=0
    stop_emulator
    printf '[{"when": {"path": "/subscriptions*"}, "then": {"delay": 600000}}]' \
        >"$BATS_TEST_TMPDIR/faults"
    start_emulator --generate 3 --faults "$BATS_TEST_TMPDIR/faults"
    OTHERS=$(mktemp -d /tmp/piket-secrets.XXXXXX)
    chmod 0777 "$OTHERS"
    cp "$PIKET_BUILD/piket" "$SSL_CERT_FILE" "$OTHERS"
    SSL_CERT_FILE=$OTHERS/$(basename "$SSL_CERT_FILE")
    chmod 0644 "$SSL_CERT_FILE"
    (cd "$OTHERS" && ulimit -Sc hard && HOME=$OTHERS exec "$@" ./piket check --no-store) \
        >/dev/null 2>"$BATS_TEST_TMPDIR/stderr" 3>&- &
    PIKET_PID=$!
    until grep -q '/oauth2/v2.0/token"' "$EMULATOR_LOG"; do
        [ $((tries += 1)) -lt 600 ] && kill -0 "$PIKET_PID" || return 1
        sleep 0.05
    done
}

# As somebody who is not root, to whom nothing is forbidden.
other_user() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

# field NAME: of the process's status.
field() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$PIKET_PID/status"; }

@test "no core is written, whatever kills it, and its memory is locked" {
    needs_plain_build
    local signal
    for signal in ABRT SEGV FPE; do
        start_waiting
        [ "$(sed -n 's/^Max core file size *//p' "/proc/$PIKET_PID/limits" | tr -s ' ')" = '0 0 bytes ' ]
        [ "$(field VmLck)" = '4096 kB' ]
        kill "-$signal" "$PIKET_PID"
        wait "$PIKET_PID" || true
        [ "$(cd "$OTHERS" && echo *)" = "$(basename "$SSL_CERT_FILE") piket" ]
        rm -rf "$OTHERS"
    done
}

@test "nobody but root reads its memory and environment, or attaches a debugger" {
    needs_plain_build
    local command=()
    [ "$(id -u)" -ne 0 ] || command=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    start_waiting "${command[@]}"
    # What others see of a process that is dumpable belongs to its user.
    [ "$(stat -c %u "/proc/$PIKET_PID/environ")" = 0 ]
    local name
    for name in environ maps mem auxv; do
        run other_user head -c 1 "/proc/$PIKET_PID/$name"
        [ "$status" -ne 0 ]
        [[ $output == *'Permission denied'* ]]
    done
    run other_user ls "/proc/$PIKET_PID/fd"
    [ "$status" -ne 0 ]
    # It finds its own files all the same.
    kill -KILL "$PIKET_PID"
    wait "$PIKET_PID" || true
    # shellcheck disable=SC2016 # sh's variable
    run other_user sh -c '"$1/piket" explain --output /dev/fd/3 3>"$1/page"' sh "$OTHERS"
    [ "$status" -eq 0 ]
    grep -q Defender "$OTHERS/page"
}

@test "where memory may not be locked, or only some of it, all else holds" {
    needs_plain_build
    local limit expected
    for limit in '0 0 kB' '64 64 kB' '70 68 kB'; do
        expected=${limit#* }
        start_waiting prlimit --memlock="$((${limit%% *} * 1024))" setpriv \
            --bounding-set=-ipc_lock,-sys_resource --inh-caps=-ipc_lock,-sys_resource
        echo "$(field VmLck), not $expected"
        [ "$(field VmLck)" = "$expected" ]
        [ "$(sed -n 's/^Max core file size *//p' "/proc/$PIKET_PID/limits" | tr -s ' ')" = '0 0 bytes ' ]
        kill -KILL "$PIKET_PID"
        wait "$PIKET_PID" || true
        rm -rf "$OTHERS"
    done
}

@test "the keys of its connections are in no file, and ~/.netrc and ~/.curlrc are not read" {
    local keys=$BATS_TEST_TMPDIR/keys
    printf 'machine 127.0.0.1 login user password geheim\ndefault login user password geheim\n' >"$HOME/.netrc"
    printf 'user = user:geheim\ntrace-ascii = %s\n' "$keys" >"$HOME/.curlrc"
    chmod 600 "$HOME/.netrc"
    run --separate-stderr env SSLKEYLOGFILE="$keys" NETRC="$HOME/.netrc" CURL_HOME="$HOME" \
        QLOGDIR="$BATS_TEST_TMPDIR" "$PIKET_BUILD/piket" check -vvv
    [ "$status" -eq 1 ]
    [ ! -e "$keys" ]
    [ "$(jq -r '.headers.authorization // "none"' "$EMULATOR_LOG" | sed 's/ .*//' | sort -u | paste -sd' ')" = 'Bearer none' ]
    [[ $stderr != *geheim* ]]
}

@test "a variable sends the token to no host but a cloud's and this machine's" {
    local url
    : >"$EMULATOR_LOG"
    for url in https://management.azure.com.evil.example https://0.0.0.0:1 \
        https://management.azure.com:444 https://127.0.0.1.evil.example; do
        PIKET_ARM_ENDPOINT=$url run --separate-stderr "$PIKET_BUILD/piket" check
        [ "$status" -eq 3 ]
        [[ $stderr == *"PIKET_ARM_ENDPOINT: $url is not the Azure Resource Manager of a cloud that is known; tokens are not sent to it"* ]]
        [[ $stderr == *"unset PIKET_ARM_ENDPOINT"*"with --arm-endpoint"* ]]
    done
    PIKET_ARM_ENDPOINT=https://user:geheim@0.0.0.0 run --separate-stderr "$PIKET_BUILD/piket" check -vvv
    [ "$status" -eq 3 ]
    [[ $stderr != *geheim* ]]
    [ ! -s "$EMULATOR_LOG" ]
    # A person's word is taken; the variable then does not matter.
    url=https://0.0.0.0:${EMULATOR_URL##*:}
    PIKET_ARM_ENDPOINT=https://evil.example run --separate-stderr "$PIKET_BUILD/piket" check --arm-endpoint "$url"
    [ "$status" -eq 3 ]
    [[ $stderr == *certificate* ]]
    PIKET_ARM_ENDPOINT=https://evil.example run --separate-stderr "$PIKET_BUILD/piket" check --arm-endpoint "$EMULATOR_URL"
    [ "$status" -eq 1 ]
}
