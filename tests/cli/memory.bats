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

# each "FIRST STEP LAST" ARGS...: piket with one allocation after the other
# failing, see tests/fault/repeat.h; the results are in $RESULTS, the
# undisturbed one first.
each() {
    local which=$1
    shift
    RESULTS=$BATS_TEST_TMPDIR/results
    env LD_PRELOAD="$MODULE" PIKET_FAIL_EACH="$which" \
        PIKET_FAIL_RESULTS="$RESULTS" "$PIKET_BUILD/piket" "$@"
    [ "$(head -n 1 "$RESULTS" | jq .total)" -gt "${ENOUGH:-100}" ]
}

# holds FILTER: the jq filter is true of each result but the first, which is
# $whole; shows those of which it is not. told: nothing was done, for a reason.
holds() {
    jq -n '
        def told: (.status == 3 or .status == 64) and .err.text != "";
        input as $whole | [inputs
            | select(('"$1"') | not)
            | {n, total, status, err: .err.text}] | .[:3], length == 0' \
        "$RESULTS" >"$BATS_TEST_TMPDIR/verdict"
    tail -n 1 "$BATS_TEST_TMPDIR/verdict" | grep -qx true || {
        cat "$BATS_TEST_TMPDIR/verdict"
        return 1
    }
}

# survive ARGS...: check survives each allocation that fails. What a report
# says of a subscription is true or unknown, and one that lacks a subscription
# says that it is incomplete.
survive() {
    each "${WHICH:-1 1}" check --format json --timeout 5 --framework cis-3.0 "$@"
    # shellcheck disable=SC2016 # jq's variables
    holds '
        ($whole.out.text | fromjson.subscriptions) as $expected | .status as $status
        | told or ((.status | IN(0, 1, 2)) and (.out.same
            or ((.out.text | fromjson.subscriptions | INDEX(.id)) as $got
                | all($expected[]; .status as $true | $got[.id].status
                      | . == $true or . == "unknown"
                        or (. == null and $status == 2)))))'
}

@test "a page is whole, or there is an error, whichever allocation fails" {
    [ -e "$MODULE" ] || return 0
    local words
    for words in 'contact-enabled' 'cis-3.0 --format json' 'nis2'; do
        # shellcheck disable=SC2086 # several words are meant
        ENOUGH=10 each '1 1' explain $words
        holds '(.status == 0 and .out.same) or told'
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
    local format
    for format in text json; do
        ENOUGH=50 each '1 1' remediate --plan plan.json --format $format
        holds '(.status == $whole.status and .out.same) or told'
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
# ahead of them. Where a subscription could not be read, each report says so;
# and text and SARIF know of a file that could not be begun.
whole_or_missing() {
    local earlier=$1
    shift
    cd "$BATS_TEST_TMPDIR"
    local format first
    local arguments=("${OPTIONS[@]}" --output out.text)
    local shortest=("${arguments[@]}")
    for format in "$@"; do
        arguments+=(--report "$format=out.$format")
        shortest+=(--report "nagios=out.$format")
    done
    # What comes before the reports fails in the other tests.
    first=$(count "${shortest[@]}")
    rm -f out.*
    PIKET_FAIL_FILES="out.text ${*/#/out.}" each "$((first - earlier)) 1" \
        check --now 2026-11-22T09:14:07Z "${arguments[@]}"
    # shellcheck disable=SC2016
    holds '
        def like: gsub("\\(exit status 3\\)"; "(exit status 1)")
            | gsub("\"exitCode\": 3,"; "\"exitCode\": 1,");
        .status as $status
        | (.status == 1 or .status == 2 or told)
          and (.status == 2
               or all(.files | to_entries[];
                      .value.same
                      or (.value.text == null and $status != 1)
                      or (.value.text != null
                          and (.value.text | like)
                              == ($whole.files[.key].text | like))))'
}

# It makes ten times as many as the others, most of them alike.
@test "the html page is whole or missing, whichever seventh allocation fails" {
    can_fail || return 0
    start_emulator --generate 2 --seed 1
    cd "$BATS_TEST_TMPDIR"
    local first
    first=$(count --output /dev/null)
    PIKET_FAIL_FILES=out.html each "$first 7" \
        check --now 2026-11-22T09:14:07Z --format html --output out.html
    # The management groups may be missing, and the page says so; and who
    # signed in may be told by another of his names.
    # shellcheck disable=SC2016
    holds '
        def like: gsub("<strong>Coverage:[^\n]*"; "")
            | gsub("<dt>Tenant[^\n]*"; "") | gsub("class=\"(good|warning)\">\n"; "\n");
        (.status == 1 and (.files["out.html"] | .same
            or (.text | like) == ($whole.files["out.html"].text | like)))
        or (.status == 2 and (.files["out.html"].text | endswith("</html>\n")))
        or (told and (.files["out.html"] | .same or .text == null))'
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
    WHICH='3 3' PATH=$BATS_TEST_TMPDIR/bin:$PATH survive --credential AzurePowerShell
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
    WHICH='1 3' survive --credential DeviceCode --token-cache "$cache"
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
    WHICH='2 3' survive --config "$BATS_TEST_TMPDIR/piket.yaml" \
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
        WHICH='1 3' survive --credential Environment
    ACTIONS_ID_TOKEN_REQUEST_URL=$(jq -r .githubOidcUrl "$ready") \
        ACTIONS_ID_TOKEN_REQUEST_TOKEN=$(jq -r .githubOidcToken "$ready") \
        WHICH='2 3' survive --credential GitHubOidc
}

@test "init writes a file that can be read, or none, whichever allocation fails" {
    can_fail || return 0
    start_emulator --generate 4 --seed 1
    local file=$BATS_TEST_TMPDIR/piket.yaml text
    PIKET_FAIL_FILES=$file each "${WHICH:-1 3}" init --output "$file" \
        --exclude 'x*' --timeout 5
    # Only the management groups may be missing, and the file says so.
    # shellcheck disable=SC2016
    holds '
        told or .status == 2
        or (.status == 0 and (.files[] | .same or (.text | test(
            "(^|\n)# The management groups could not be listed: "))))'
    # Whatever was written can be read.
    jq -c 'select(.status == 0 or .status == 2) | .files[].text // empty' \
        "$RESULTS" | sort -u >"$BATS_TEST_TMPDIR/texts"
    while IFS= read -r text; do
        jq -r . <<<"$text" >"$file"
        "$PIKET_BUILD/piket" check --print-config --config "$file" >/dev/null
    done <"$BATS_TEST_TMPDIR/texts"
}

@test "each allocation that fails is survived as a machine's identity" {
    can_fail || return 0
    start_emulator --generate 3 --seed 1
    unset AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET
    export AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL
    WHICH='3 3' survive --credential ManagedIdentity
    export IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/msi/token \
        IDENTITY_HEADER=$EMULATOR_IDENTITY_HEADER
    WHICH='1 3' survive --managed-identity "$(jq -r .clientId "$EMULATOR_DIR/ready.json")"
}

@test "a diagnosis never looks better than it is, whichever allocation fails" {
    can_fail || return 0
    # The second subscription may not be read.
    start_emulator --generate 2 --seed 7 --write-estate "$BATS_TEST_TMPDIR/made.json"
    stop_emulator
    jq '.subscriptions[1].access = "none"' "$BATS_TEST_TMPDIR/made.json" \
        >"$BATS_TEST_TMPDIR/denied.json"
    start_emulator --estate "$BATS_TEST_TMPDIR/denied.json"
    each '1 3' doctor --format json --timeout 5
    # shellcheck disable=SC2016
    holds '
        told and .out.text == ""
        or .out.same
        or (.out.text | fromjson.lines[]
            | select(.id == "permission-read").status != "pass")'
}

@test "an export never looks whole where memory ran out" {
    can_fail || return 0
    local format
    for format in bicep terraform arm az powershell policy; do
        ENOUGH=10 each '1 1' export --format "$format" --contact \
            "$PIKET_ROOT/tests/golden/export/arm.json"
        holds '(.status == 0 and .out.same) or told'
    done
}
