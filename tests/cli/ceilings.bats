#!/usr/bin/env bats
# What others send costs bounded memory: next to nothing becomes a hundred
# times its size as a tree, and a body that was packed a thousand times more.

bats_require_minimum_version 1.5.0
load helpers

SUBSCRIPTION=00000000-0000-4000-8000-000000000001
CONTACTS=/subscriptions/$SUBSCRIPTION/providers/Microsoft.Security/securityContacts

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS
    cd "$BATS_TEST_TMPDIR" || return
    cat >estate.json <<END
{"tenants": [{"id": "00000000-0000-4000-8000-0000000000aa", "displayName": "T",
  "defaultDomain": "t.example", "rootGroupAccess": "none", "clients": [{
    "clientId": "00000000-0000-4000-8000-0000000000bb", "secret": "s3cret",
    "objectId": "00000000-0000-4000-8000-0000000000cc"}]}],
 "subscriptions": [{"id": "$SUBSCRIPTION", "displayName": "One"}]}
END
}

teardown() {
    stop_emulator
}

# bounded ARGS...: runs piket, whose memory stays below 200 MiB, but for that
# of the sanitizers. Its output is in out and err, its exit status in $status.
bounded() {
    status=0
    python3 -c '
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
with open("peak", "w") as peak:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=peak)
sys.exit(status)' "$PIKET_BUILD/piket" "$@" >out 2>err || status=$?
    jq -e '.[] | select(.name == "b_sanitize").value | contains("address")' \
        "$PIKET_BUILD/meson-info/intro-buildoptions.json" >/dev/null ||
        [ "$(cat peak)" -lt $((200 * 1024)) ] || {
        echo "$(cat peak) KiB"
        return 1
    }
}

# pack FILE COUNT ELEMENT BEGINNING END: writes BEGINNING, ELEMENT so many
# times with commas between, and END, packed by gzip.
pack() {
    python3 -c '
import gzip, sys
path, count, element, beginning, end = sys.argv[1:]
body = beginning + ",".join([element] * int(count)) + end
open(path, "wb").write(gzip.compress(body.encode(), 6))' "$@"
}

# answer STATUS FILE: what a fault does that answers with such a file.
answer() {
    echo "{\"status\": $1, \"bodyFile\": \"$PWD/$2\",
        \"headers\": {\"Content-Encoding\": \"gzip\"}}"
}

# start PATH STATUS FILE...: an emulator that answers requests of this path with
# these files, the last one again and again.
start() {
    local path=$1 status=$2 file rules=
    shift 2
    for file in "${@:1:$#-1}"; do
        rules+="{\"when\": {\"path\": \"$path\", \"first\": 1},
            \"then\": $(answer "$status" "$file")},"
    done
    echo "[$rules {\"when\": {\"path\": \"$path\"},
        \"then\": $(answer "$status" "${*: -1}")}]" >faults.json
    start_emulator --estate estate.json --faults faults.json
}

# why: what the report says of the only subscription.
why() {
    jq -r '.subscriptions[0].error.message' out
}

@test "pages of empty objects are refused before they are trees" {
    local page files=()
    for page in {1..3}; do
        pack "$page.gz" 2700000 '{}' '{"value":[' \
            "],\"nextLink\":\"$CONTACTS?api-version=2023-12-01-preview&p=$page\"}"
        files+=("$page.gz")
    done
    start "$CONTACTS" 200 "${files[@]}"
    bounded check --format json
    [ "$status" -eq 2 ]
    [ "$(why)" = 'the answer is too large: it holds more than 25000 JSON values' ]
    # Nothing that this page led to was asked for.
    [ "$(grep -c securityContacts "$EMULATOR_LOG")" -eq 1 ]
}

@test "what holds most in the fewest bytes is refused, whatever it is" {
    pack texts.gz 300000 '""' '{"value":[' ']}'
    pack lists.gz 300000 '[]' '{"value":[' ']}'
    pack members.gz 300000 '"x":1' '{"value":[{"name":"default","properties":{' \
        '}}]}'
    pack open.gz 1 "$(printf '[%.0s' {1..30000})" '{"value":' ''
    pack deep.gz 1 "$(printf '[%.0s' {1..100})" '{"value":' "$(printf ']%.0s' {1..100})}"
    start "$CONTACTS" 200 texts.gz lists.gz members.gz open.gz deep.gz
    for _ in texts lists members open; do
        bounded check --format json
        [ "$status" -eq 2 ]
        [[ $(why) == *'it holds more than 25000 JSON values' ]]
    done
    bounded check --format json
    [ "$status" -eq 2 ]
    [[ $(why) == *'its JSON is nested more than 64 deep' ]]
}

@test "the pages of one list have a ceiling together" {
    local page files=()
    for page in {1..4}; do
        pack "$page.gz" 5000 '{}' '{"value":[' \
            "],\"nextLink\":\"$CONTACTS?api-version=2023-12-01-preview&p=$page\"}"
        files+=("$page.gz")
    done
    start "$CONTACTS" 200 "${files[@]}"
    bounded check --format json
    [ "$status" -eq 2 ]
    [ "$(why)" = 'its pages hold more than 25000 JSON values' ]
    [ "$(grep -c securityContacts "$EMULATOR_LOG")" -eq 3 ]
}

@test "so do their bytes" {
    local page files=()
    for page in {1..4}; do
        pack "$page.gz" 1 "\"$(printf 'x%.0s' {1..100000})\"" '{"value":[' \
            "],\"nextLink\":\"$CONTACTS?api-version=2023-12-01-preview&p=$page\"}"
        files+=("$page.gz")
    done
    start "$CONTACTS" 200 "${files[@]}"
    bounded check --format json
    [ "$status" -eq 2 ]
    [ "$(why)" = 'its pages are larger than 256 KiB' ]
}

@test "so do the pages of many subscriptions that wait for the next one" {
    local number path rules=
    start_emulator --generate 60 --seed 1 --write-estate made.json
    stop_emulator
    # Each leads on to a page of its own list, which does not come.
    while read -r number path; do
        pack "page$number.gz" 10000 '{}' '{"value":[' \
            "],\"nextLink\":\"$path?p=2\"}"
        rules+="{\"when\": {\"path\": \"$path\", \"first\": 1},
            \"then\": $(answer 200 "page$number.gz")},
            {\"when\": {\"path\": \"$path\"}, \"then\": {\"delay\": 3000}},"
    done < <(jq -r '.subscriptions | to_entries[] | "\(.key) /subscriptions/\(
        .value.id)/providers/Microsoft.Security/securityContacts"' made.json)
    echo "[${rules%,}]" >faults.json
    start_emulator --estate made.json --faults faults.json
    bounded check --format json
    [ "$status" -eq 2 ]
    jq -e '.subscriptions | any(.error.message
        == "the contacts of subscriptions whose next page is awaited hold more than 500000 JSON values")' out
}

@test "a refusal of that kind is bounded, too" {
    pack refusal.gz 1000000 '{}' \
        '{"error":{"code":"AuthorizationFailed","details":[' ']}}'
    start "$CONTACTS" 403 refusal.gz
    bounded check --format json
    [ "$status" -eq 2 ]
    jq -e '.subscriptions[0].error.httpStatus == 403' out
}

@test "a list of subscriptions that is nothing but brackets breaks off" {
    pack list.gz 1000000 '{}' '{"value":[' ']}'
    start /subscriptions 200 list.gz
    bounded check
    [ "$status" -eq 3 ]
    grep -F 'the answer is too large: it holds more than 500000 JSON values' err
}

@test "an issuer's answer of that kind is refused, and says why" {
    pack token.gz 60000 '{}' '{"access_token":"t","expires_in":3600,"x":[' ']}'
    start '*/oauth2/v2.0/token' 200 token.gz
    bounded check
    [ "$status" -eq 3 ]
    grep -F 'it holds more than 10000 JSON values' err
}

@test "a page of thousands of subscriptions is read all the same" {
    start_emulator --generate 4000 --seed 1 --page-size 4000
    bounded check --format json
    jq -e '.subscriptions | length == 4000' out
    [ "$(grep -c '"path":"/subscriptions"' "$EMULATOR_LOG")" -eq 1 ]
}

# lines COUNT FORMAT: so many lines, each with its number from 1.
lines() {
    python3 -c '
import sys
for number in range(1, int(sys.argv[1]) + 1):
    print(sys.argv[2] % number)' "$@"
}

@test "a file's list has so many globs, and as many names as it likes" {
    start_emulator --generate 20 --seed 1
    { echo 'version: 1'; echo 'scope:'; echo '  exclude:'
        lines 20000 '    - name-%d'; } >names.yaml
    bounded check --config names.yaml
    [ "$status" -eq 3 ]
    grep -F "no subscription is called 'name-1'" err out
    { echo 'version: 1'; echo 'scope:'; echo '  exclude:'
        lines 20000 '    - "x-%d-*"'; } >globs.yaml
    bounded check --config globs.yaml
    [ "$status" -eq 3 ]
    grep -F 'globs.yaml:1004: scope.exclude[1000]: is one more than 1000 patterns' err
    sed -i 's/exclude/subscriptions/' globs.yaml
    bounded check --config globs.yaml
    grep -F 'globs.yaml:1004: scope.subscriptions[1000]: is one more than 1000 patterns' err
    # Nobody was asked anything for them.
    [ "$(grep -c '"path":"/subscriptions"' "$EMULATOR_LOG")" -eq 1 ]
}

@test "so has a glob's length, and the name that it is tried on" {
    local where long tried
    long=$(printf '?%.0s' {1..1025})
    jq -n --arg name "$(printf 'é%.0s' {1..900})" '
        {tenants: [{id: "7c0ffee0-0000-4000-8000-00000000abcd",
          displayName: $name, clients: [{clientId:
            "c11e4715-0000-4000-8000-00000000abcd", secret: "secret",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
         subscriptions: [{id: "00000000-0000-4000-8000-000000000001",
          displayName: $name,
          tenantId: "7c0ffee0-0000-4000-8000-00000000abcd"}]}' >long.json
    start_emulator --estate long.json
    for where in 'scope: { exclude: [ "%s" ] }' \
        'scope: { subscriptions: [ "%s" ] }' \
        'mutes: [ {subscription: "%s", requirement: "*", reason: x, until: 2999-12-31} ]'; do
        # shellcheck disable=SC2059
        printf "version: 1\n$where\n" "$long" >long.yaml
        bounded check --no-store --config long.yaml
        [ "$status" -eq 3 ]
        grep -E 'long.yaml:2: (scope|mutes)[^ ]*: is a pattern .* of more than 1024 bytes' err
        # shellcheck disable=SC2059
        printf "version: 1\n$where\n" "${long:1}" >long.yaml
        bounded check --no-store --config long.yaml
        [[ $(cat err) != *'more than 1024'* ]]
    done
    bounded check --no-store --exclude "$long"
    [ "$status" -eq 3 ]
    grep -F -- 'more than 1024 bytes' err
    # A name is cut at a character: 510 letters of two bytes, and an ellipsis.
    tried=$(printf '?%.0s' {1..511})
    bounded check --no-store --subscription "$tried" --format json
    jq -e '[.. | .name? // empty | strings | select(startswith("éé"))]
        | length > 0 and all(.[]; (utf8bytelength == 1023) and endswith("é…"))' out
}

@test "so has a list of mutes" {
    start_emulator --generate 20 --seed 1
    { echo 'version: 1'; echo 'mutes:'
        lines 5000 '  - {subscription: "x-%d-*", requirement: "*", reason: x, until: 2999-12-31}'; } \
        >mutes.yaml
    bounded check --config mutes.yaml
    [ "$status" -eq 3 ]
    grep -F 'mutes.yaml:1003: mutes[1000].subscription: is one more than 1000 patterns' err
    sed -i 's/-\*"/-y"/' mutes.yaml
    bounded check --config mutes.yaml
    grep -F 'matches nothing' out
}

@test "so has the command line, together with the file" {
    start_emulator --generate 20 --seed 1
    { echo 'version: 1'; echo 'scope:'; echo '  exclude:'
        lines 600 '    - "x-%d-*"'; } >globs.yaml
    local options
    mapfile -t options < <(lines 500 '--exclude=y-%d-*')
    bounded check --config globs.yaml "${options[@]}"
    [ "$status" -eq 3 ]
    grep -F -- "--exclude: 'y-401-*': is one more than 1000 patterns" err
    mapfile -t options < <(lines 20000 '--subscription=name-%d')
    bounded check "${options[@]}"
    grep -F -- "--subscription: no subscription is called 'name-1'" err out
}

@test "a list that is held against each contact has a ceiling" {
    { echo 'version: 1'; echo 'contact:'; echo '  emails:'
        lines 1001 '    - a%d@contoso.nl'; } >emails.yaml
    bounded check --print-config --config emails.yaml
    [ "$status" -eq 3 ]
    grep -F 'emails.yaml:3: contact.emails: holds 1001 texts, more than 1000' err
    python3 -c 'print("version: 1\nmutes: " + "[" * 900000)' >deep.yaml
    bounded check --print-config --config deep.yaml
    [ "$status" -eq 3 ]
    grep -F 'deep.yaml:2: ' err
}
