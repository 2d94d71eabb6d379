#!/usr/bin/env bats
# Running out of memory at any moment of our own code is an error like another:
# no crash, and never a verdict that is better than the truth.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS
    MODULE=$PIKET_BUILD/tests/fault/fail_allocation.so
}

teardown() {
    stop_emulator
}

# run_failing N ARGS...: runs check with its Nth allocation failing.
run_failing() {
    local result=0 number=$1
    shift
    env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$number" \
        timeout 20 "$PIKET_BUILD/piket" check --format json --timeout 5 \
        --framework cis-3.0 "$@" \
        >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || result=$?
    echo "$result"
}

# survive ARGS...: check survives each allocation that fails.
survive() {
    env LD_PRELOAD="$MODULE" \
        PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
        "$PIKET_BUILD/piket" check --format json --framework cis-3.0 "$@" \
        >"$BATS_TEST_TMPDIR/whole" || true
    local total n result
    total=$(cat "$BATS_TEST_TMPDIR/count")
    [ "$total" -gt 100 ]
    jq '.subscriptions | map({id, status})' "$BATS_TEST_TMPDIR/whole" \
        >"$BATS_TEST_TMPDIR/expected"
    for ((n = 1; n <= total; n++)); do
        result=$(run_failing "$n" "$@")
        case $result in
        0 | 1 | 2)
            # A report: what it says of a subscription is true or unknown, and
            # one that lacks a subscription says that it is incomplete.
            jq -es --slurpfile expected "$BATS_TEST_TMPDIR/expected" \
                --argjson result "$result" '
                (.[0].subscriptions | INDEX(.id)) as $got | $expected[0]
                | all($got[.id].status as $status
                      | $status == .status or $status == "unknown"
                        or ($status == null and $result == 2))' \
                "$BATS_TEST_TMPDIR/out" >/dev/null || {
                echo "allocation $n of $total: status $result"
                return 1
            }
            ;;
        3 | 64)
            [ -s "$BATS_TEST_TMPDIR/err" ]
            ;;
        *)
            echo "allocation $n of $total: status $result"
            cat "$BATS_TEST_TMPDIR/err"
            return 1
            ;;
        esac
    done
}

@test "a page is whole, or there is an error, whichever allocation fails" {
    [ -e "$MODULE" ] || return 0
    local words total n result
    for words in 'contact-enabled' 'cis-3.0 --format json' 'nis2'; do
        # shellcheck disable=SC2086 # several words are meant
        env LD_PRELOAD="$MODULE" \
            PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
            "$PIKET_BUILD/piket" explain $words >"$BATS_TEST_TMPDIR/whole"
        total=$(cat "$BATS_TEST_TMPDIR/count")
        [ "$total" -gt 10 ]
        for ((n = 1; n <= total; n++)); do
            result=0
            # shellcheck disable=SC2086
            env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
                "$PIKET_BUILD/piket" explain $words \
                >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" ||
                result=$?
            case $result in
            0) cmp "$BATS_TEST_TMPDIR/whole" "$BATS_TEST_TMPDIR/out" ;;
            3 | 64) [ -s "$BATS_TEST_TMPDIR/err" ] ;;
            *) echo "$words: $n of $total: $result" && false ;;
            esac
        done
    done
}

# The module needs libc's allocator; the sanitizers replace it.
can_fail() {
    [ -e "$MODULE" ] || ! grep -q 'b_sanitize.*address' \
        "$PIKET_BUILD/meson-info/intro-buildoptions.json"
}

@test "a plan is shown whole, or there is an error, whichever allocation fails" {
    can_fail || return 0
    cd "$BATS_TEST_TMPDIR"
    start_emulator --generate 6 --seed 1
    "$PIKET_BUILD/piket" remediate --email soc@contoso.nl \
        --phone +31201234567 --save-plan plan.json >/dev/null || [ $? -le 2 ]
    local format total n result shown
    for format in text json; do
        shown=0
        env LD_PRELOAD="$MODULE" PIKET_COUNT_ALLOCATIONS=count \
            "$PIKET_BUILD/piket" remediate --plan plan.json --format $format \
            >whole || shown=$?
        total=$(cat count)
        [ "$total" -gt 50 ]
        for ((n = 1; n <= total; n++)); do
            result=0
            env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
                "$PIKET_BUILD/piket" remediate --plan plan.json \
                --format $format >out 2>err || result=$?
            case $result in
            "$shown") cmp whole out ;;
            3 | 64) [ -s err ] ;;
            *) echo "$format: $n of $total: $result" && false ;;
            esac
        done
    done
}

@test "each allocation that fails is survived" {
    can_fail || return 0
    start_emulator --generate 6 --seed 1
    survive
}

# count ARGS...: how many allocations piket check makes with these.
count() {
    env LD_PRELOAD="$MODULE" \
        PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
        "$PIKET_BUILD/piket" check --now 2026-11-22T09:14:07Z "$@" \
        >/dev/null 2>&1 || true
    cat "$BATS_TEST_TMPDIR/count"
}

# whole_or_missing EARLIER FORMAT...: a check that writes these reports, with
# the options in $OPTIONS, and each of their allocations failing, and so many
# ahead of them.
whole_or_missing() {
    local earlier=$1
    shift
    cd "$BATS_TEST_TMPDIR"
    local format n first total result
    local arguments=("${OPTIONS[@]}" --output out.text)
    local shortest=("${arguments[@]}")
    for format in "$@"; do
        arguments+=(--report "$format=out.$format")
        shortest+=(--report "nagios=out.$format")
    done
    # What comes before the reports fails in the other tests.
    first=$(count "${shortest[@]}")
    total=$(count "${arguments[@]}")
    [ "$total" -gt $((first + 100)) ]
    mkdir whole
    mv out.* whole
    for ((n = first - earlier; n <= total; n++)); do
        result=0
        env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
            "$PIKET_BUILD/piket" check --now 2026-11-22T09:14:07Z \
            "${arguments[@]}" >stdout 2>stderr || result=$?
        case $result in
        1) [ "$(find . -maxdepth 1 -name 'out.*' | wc -l)" -eq $(($# + 1)) ] ;;
        2 | 3 | 64) [ "$result" -eq 2 ] || [ -s stderr ] ;;
        *) echo "allocation $n of $total: $result" && false ;;
        esac
        # Where a subscription could not be read, each report says so; and the
        # text knows of a file that could not be begun.
        [ ! -e out.text ] || sed -i 's/(exit status 3)/(exit status 1)/' out.text
        [ "$result" -eq 2 ] || for format in text "$@"; do
            [ ! -e "out.$format" ] || cmp "whole/out.$format" "out.$format"
        done
        rm -f out.*
    done
}

# It makes ten times as many as the others, most of them alike.
@test "the html page is whole or missing, whichever seventh allocation fails" {
    can_fail || return 0
    start_emulator --generate 2 --seed 1
    cd "$BATS_TEST_TMPDIR"
    local n first total result
    first=$(count --output /dev/null)
    total=$(count --format html --output out.html)
    [ "$total" -gt $((first + 100)) ]
    mv out.html whole.html
    for ((n = first; n <= total; n += 7)); do
        result=0
        env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
            "$PIKET_BUILD/piket" check --now 2026-11-22T09:14:07Z \
            --format html --output out.html >stdout 2>stderr || result=$?
        case $result in
        1) cmp whole.html out.html ;;
        2) [ "$(tail -n 1 out.html)" = '</html>' ] ;;
        3 | 64) [ -s stderr ] && { [ ! -e out.html ] || cmp whole.html out.html; } ;;
        *) echo "allocation $n of $total: $result" && false ;;
        esac
        rm -f out.html
    done
}

@test "each report is whole or missing, whichever allocation fails" {
    can_fail || return 0
    start_emulator --generate 2 --seed 1
    OPTIONS=(--mask)
    whole_or_missing 50 jsonl csv markdown prometheus nagios
}

@test "so is each report whose form others have laid down" {
    can_fail || return 0
    # Of no contact and of a mute.
    start_emulator --generate 2 --seed 1
    cat >"$BATS_TEST_TMPDIR/piket.yaml" <<'END'
version: 1
profile: conformity
requirements: {add: [owner-notified]}
mutes:
  - {subscription: "*", requirement: owner-*, reason: agreed, until: 2999-12-31}
END
    OPTIONS=(--framework cis-5.0)
    whole_or_missing 0 sarif junit ocsf oscal
}

@test "each allocation that fails is survived with a tool's token" {
    can_fail || return 0
    start_emulator --generate 2 --seed 1
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    mkdir "$BATS_TEST_TMPDIR/bin"
    # Within the tool nothing fails.
    printf '#!/bin/sh\nunset LD_PRELOAD\necho %s\n' \
        "'{\"Token\":\"$TOKEN\",\"ExpiresOn\":4102444800}'" \
        >"$BATS_TEST_TMPDIR/bin/pwsh"
    chmod +x "$BATS_TEST_TMPDIR/bin/pwsh"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH survive --credential AzurePowerShell
}

@test "each allocation that fails is survived with a kept sign-in" {
    can_fail || return 0
    start_emulator --generate 2 --seed 1
    local cache=$BATS_TEST_TMPDIR/private/tokens.json
    mkdir -m 700 "$(dirname "$cache")"
    local code
    code=$(http --data "client_id=$AZURE_CLIENT_ID" --data-urlencode \
        'scope=https://management.azure.com//.default' \
        "$EMULATOR_URL/$AZURE_TENANT_ID/oauth2/v2.0/devicecode")
    http --data "user_code=$(jq -r .user_code <<<"$code")" \
        "$EMULATOR_URL/devicelogin" >/dev/null
    http --data "client_id=$AZURE_CLIENT_ID" --data-urlencode \
        "device_code=$(jq -r .device_code <<<"$code")" --data-urlencode \
        'grant_type=urn:ietf:params:oauth:grant-type:device_code' \
        --data-urlencode \
        'scope=https://management.azure.com//.default offline_access' \
        "$EMULATOR_URL/$AZURE_TENANT_ID/oauth2/v2.0/token" |
        jq --arg authority "$EMULATOR_URL" '{version: 1, signIns: [{
            authority: $authority, tenant: env.AZURE_TENANT_ID,
            clientId: env.AZURE_CLIENT_ID, refreshToken: .refresh_token}]}' \
            >"$cache"
    chmod 600 "$cache"
    survive --credential DeviceCode --token-cache "$cache"
    # However each of them ended, the file is whole.
    jq -e '.signIns | length == 1' "$cache"
}

@test "each allocation that fails is survived with a configuration" {
    can_fail || return 0
    start_emulator --generate 6 --seed 1
    cat >"$BATS_TEST_TMPDIR/piket.yaml" <<END
version: 1
contact: {emails: [soc@contoso.nl], phone: +31201234567, roles: [Owner]}
requirements: {add: [email-domain, desired-contact], drop: [email-valid]}
thresholds: {allowed_domains: ["*.contoso.nl", contoso.nl]}
scope: {exclude: ["*-Nowhere"]}
mutes:
  - {subscription: "*", requirement: "owner-*", reason: x, until: 2999-12-31}
  - {subscription: Nowhere, requirement: "*", reason: x, until: 2020-01-01}
END
    printf 'name;id\nGone;%s\n' 00000000-0000-4000-8000-000000000009 \
        >"$BATS_TEST_TMPDIR/expected.csv"
    survive --config "$BATS_TEST_TMPDIR/piket.yaml" \
        --expect "$BATS_TEST_TMPDIR/expected.csv" \
        --management-group "$AZURE_TENANT_ID" --subscription '*'
}

@test "each allocation that fails is survived while it signs in" {
    can_fail || return 0
    local ready
    start_emulator --generate 1 --sign-in-files
    ready=$EMULATOR_DIR/ready.json
    unset AZURE_CLIENT_SECRET
    AZURE_CLIENT_CERTIFICATE_PATH=$(jq -r .certificateFile "$ready") \
        survive --credential Environment
    ACTIONS_ID_TOKEN_REQUEST_URL=$(jq -r .githubOidcUrl "$ready") \
        ACTIONS_ID_TOKEN_REQUEST_TOKEN=$(jq -r .githubOidcToken "$ready") \
        survive --credential GitHubOidc
}

@test "init writes a file that can be read, or none, whichever allocation fails" {
    can_fail || return 0
    start_emulator --generate 4 --seed 1
    local file=$BATS_TEST_TMPDIR/piket.yaml total n result
    env LD_PRELOAD="$MODULE" \
        PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
        "$PIKET_BUILD/piket" init --output "$file" --exclude 'x*'
    mv "$file" "$BATS_TEST_TMPDIR/whole.yaml"
    total=$(cat "$BATS_TEST_TMPDIR/count")
    [ "$total" -gt 100 ]
    for ((n = 1; n <= total; n++)); do
        result=0
        rm -f "$file"
        env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
            timeout 20 "$PIKET_BUILD/piket" init --output "$file" \
            --exclude 'x*' --timeout 5 \
            >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || result=$?
        case $result in
        0)
            # Only the management groups may be missing, and the file says so.
            grep -q '^# The management groups could not be listed: ' "$file" ||
                cmp "$file" "$BATS_TEST_TMPDIR/whole.yaml"
            "$PIKET_BUILD/piket" check --print-config --config "$file" \
                >/dev/null
            ;;
        2) "$PIKET_BUILD/piket" check --print-config --config "$file" \
            >/dev/null ;;
        3 | 64) [ -s "$BATS_TEST_TMPDIR/err" ] ;;
        *) echo "allocation $n of $total: $result" && false ;;
        esac
    done
}

@test "each allocation that fails is survived as a machine's identity" {
    can_fail || return 0
    start_emulator --generate 3 --seed 1
    unset AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET
    export AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL
    survive --credential ManagedIdentity
    export IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/msi/token \
        IDENTITY_HEADER=$EMULATOR_IDENTITY_HEADER
    survive --managed-identity "$(jq -r .clientId "$EMULATOR_DIR/ready.json")"
}

@test "a diagnosis never looks better than it is, whichever allocation fails" {
    can_fail || return 0
    local total n result
    # The second subscription may not be read.
    start_emulator --generate 2 --seed 7 --write-estate "$BATS_TEST_TMPDIR/made.json"
    stop_emulator
    jq '.subscriptions[1].access = "none"' "$BATS_TEST_TMPDIR/made.json" \
        >"$BATS_TEST_TMPDIR/denied.json"
    start_emulator --estate "$BATS_TEST_TMPDIR/denied.json"
    env LD_PRELOAD="$MODULE" \
        PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
        "$PIKET_BUILD/piket" doctor >/dev/null || [ $? -eq 2 ]
    total=$(cat "$BATS_TEST_TMPDIR/count")
    [ "$total" -gt 100 ]
    for ((n = 1; n <= total; n++)); do
        result=0
        env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" \
            timeout 20 "$PIKET_BUILD/piket" doctor --format json --timeout 5 \
            >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || result=$?
        if [ "$result" -eq 0 ] || [ "$result" -eq 2 ] \
            || { [ "$result" -eq 3 ] && [ -s "$BATS_TEST_TMPDIR/out" ]; }; then
            jq -e '.lines[] | select(.id == "permission-read") | .status != "pass"' \
                "$BATS_TEST_TMPDIR/out" >/dev/null && continue
        elif [ "$result" -eq 3 ] || [ "$result" -eq 64 ]; then
            [ -s "$BATS_TEST_TMPDIR/err" ] && continue
        fi
        echo "allocation $n of $total: status $result"
        cat "$BATS_TEST_TMPDIR/err"
        return 1
    done
}

# Each allocation of an export that fails: the whole document, or none and a
# reason.
survive_export() {
    local format=$1 total n result
    local -a line=("$PIKET_BUILD/piket" export --format "$format" --contact
        "$PIKET_ROOT/tests/golden/export/arm.json")
    env LD_PRELOAD="$MODULE" PIKET_COUNT_ALLOCATIONS="$BATS_TEST_TMPDIR/count" \
        "${line[@]}" >"$BATS_TEST_TMPDIR/whole"
    total=$(cat "$BATS_TEST_TMPDIR/count")
    [ "$total" -gt 10 ]
    for ((n = 1; n <= total; n++)); do
        result=0
        env LD_PRELOAD="$MODULE" PIKET_FAIL_ALLOCATION="$n" timeout 20 \
            "${line[@]}" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || result=$?
        case $result in
        0) cmp "$BATS_TEST_TMPDIR/whole" "$BATS_TEST_TMPDIR/out" ;;
        3 | 64) [ -s "$BATS_TEST_TMPDIR/err" ] ;;
        *) false ;;
        esac || {
            echo "$format: allocation $n of $total: status $result"
            return 1
        }
    done
}

@test "an export never looks whole where memory ran out" {
    can_fail || return 0
    local format
    for format in bicep terraform arm az powershell policy; do
        survive_export "$format"
    done
}
