#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What becomes of changes that were cut off: by a kill, by a signal, by a
# journal that cannot be written.

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() {
    apply_setup
    MODULE=$PIKET_BUILD/tests/fault/kill_at.so
}
teardown() { stop_emulator; }

# Of an estate of three, requests 1 to 3 about contacts are the check's; of the
# first change 4 is the re-read, 5 the write, 6 the read-back.
WRITE=5 READ_BACK=6

# harm REQUEST CALLS WHEN: applies, and is harmed at the first such call from
# this request on.
harm() {
    # The sanitizers bring a loader order of their own.
    [ -e "$MODULE" ] || skip 'this build has no module that does harm'
    LD_PRELOAD=$MODULE PIKET_KILL_REQUEST=$1 PIKET_KILL_CALLS=$2 \
        PIKET_KILL_AT=1 PIKET_KILL_WHEN=$3 apply
}

# outcomes_journalled: in the order of the journal, a settled one in brackets.
outcomes_journalled() {
    journal 'map(if .settled == 1 then "(\(.outcome))" else .outcome end)
        | join(" ")'
}

# wait_for PATTERN: until the emulator's log has such a line.
wait_for() {
    local tries=0
    until grep -q "$1" "$EMULATOR_LOG"; do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
}

# begin ARGS...: applies in the background; its process is $PROCESS.
begin() {
    "$PIKET_BUILD/piket" remediate --tenant "$TENANT" --store "$STORE" \
        "${WANTED[@]}" "${APPLY[@]}" "$@" >out 2>err 3>&- &
    PROCESS=$!
}

@test "killed before its request: settled by reading, and planned anew" {
    start 3
    harm "$WRITE" network before
    [ "$status" -eq 137 ]
    [ "$(sent length)" -eq 0 ]
    [ "$(outcomes_journalled)" = pending ]
    apply
    [ "$status" -eq 0 ]
    [[ $stderr == *'1 unfinished change of an earlier run is settled'* ]]
    [ "$(report .summary.settled)" -eq 1 ]
    # Within a minute Azure may still be at it.
    [ "$(outcomes_journalled)" = '(unverified) done done done' ]
    [ "$(sent length)" -eq 3 ]
}

@test "what was not done a minute later was not sent" {
    start 3
    harm "$WRITE" network before
    python3 "$WITNESS" age "$STORE" 61000
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(not-sent) done done done' ]
}

@test "killed before its read-back: found done, and not sent again" {
    start 3
    harm "$READ_BACK" network before
    [ "$status" -eq 137 ]
    [ "$(sent length)" -eq 1 ]
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(done) done done' ]
    [ "$(sent length)" -eq 3 ]
    [ "$(report '.changes | length')" -eq 2 ]
    # And the killed one can be taken back.
    revert "$(journal '.[0].operation')"
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = restored:1 ]
    state after
    [ "$(jq -c --arg id "$(subscription_id 1)" '.[$id]' after.json)" = '{}' ]
}

@test "what somebody else made of it meanwhile is found different" {
    start 3
    harm "$READ_BACK" network before
    sign_in
    arm "/subscriptions/$(subscription_id 1)/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" \
        -X PUT -H 'Content-Type: application/json' \
        -d '{"properties": {"isEnabled": false}}' >/dev/null
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(different) done done done' ]
}

@test "what cannot be read, or belongs to another Azure, stays unfinished" {
    local first url
    start 3
    harm "$READ_BACK" network before
    first=$EMULATOR_PID url=$EMULATOR_URL
    local ca=$SSL_CERT_FILE
    start 3
    apply
    [ "$status" -eq 0 ]
    [[ $stderr == *'1 unfinished change of an earlier run cannot be settled yet'* ]]
    [ "$(outcomes_journalled)" = 'pending done done done' ]
    stop_emulator
    EMULATOR_PID=$first
    PIKET_ARM_ENDPOINT=$url AZURE_AUTHORITY_HOST=$url SSL_CERT_FILE=$ca apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(done) done done done done done' ]
}

@test "an unfinished change that may not be read stays so, until it can be" {
    start 3 "$(jq -nc '[{when: {method: "GET", path: "*securityContacts*",
        subscription: "'"$(subscription_id 1)"'", after: 3, first: 3},
        then: {status: 403}}]')"
    harm "$READ_BACK" network before
    [ "$status" -eq 137 ]
    apply
    [ "$status" -eq 2 ]
    [[ $(outcomes_journalled) == pending* ]]
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(done) done done' ]
}

@test "killed while the provider is registered: found registered, and the contact made" {
    start 1 '[]' '.subscriptions[0].registered = false'
    begin --register-provider
    wait_for '/register"'
    kill -9 "$PROCESS"
    wait "$PROCESS" || true
    [ "$(journal '.[0].action')" = register ]
    # Until it is registered, there is nothing to plan.
    local tries=0
    until apply --register-provider && [ "$status" -eq 0 ]; do
        [ $((tries += 1)) -lt 60 ]
        sleep 0.2
    done
    [[ $(outcomes_journalled) == '(done) '* ]]
    [ "$(journal 'map(select(.outcome == "pending")) | length')" -eq 0 ]
    run -0 piket check
}

@test "interrupted: what is under way is read back and journalled, the rest is not begun" {
    start 12 '[{"when": {"method": "PUT"}, "then": {"delay": 300}}]'
    begin --format json --output "$REPORT" --concurrency 2
    wait_for '"PUT"'
    kill -INT "$PROCESS"
    local result=0
    wait "$PROCESS" || result=$?
    [ "$result" -eq 130 ]
    local count
    count=$(sent length)
    [ "$count" -ge 1 ] && [ "$count" -lt 12 ]
    [ "$(report '[.summary.interrupted, .summary.fixed, .summary.notSent] | tostring')" \
        = "[true,$count,$((12 - count))]" ]
    [ "$(journal 'map(.outcome) | unique | join(" ")')" = done ]
    [ "$(journal length)" -eq "$count" ]
}

@test "a disk that is full before the journal: nothing is sent" {
    start 3
    harm 4 file full
    [ "$status" -eq 3 ]
    [[ $stderr == *'there is no room left on its disk'* ]]
    [[ $stderr == *'make room'* ]]
    [ "$(sent length)" -eq 0 ]
}

@test "a disk that fills up between two changes: what was sent is read back, nothing else is sent" {
    start 3
    harm 7 file full
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:1 not-sent:2' ]
    [ "$(sent length)" -eq 1 ]
    [[ $(report .summary.stopped) == *'no room left'*'no further change was sent'* ]]
    journalled
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = fixed:2 ]
}

@test "a disk that fills up before the result: fixed, not over, and settled by the next run" {
    start 3
    harm "$READ_BACK" file full
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:1 not-sent:2' ]
    [ "$(outcomes_journalled)" = pending ]
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes_journalled)" = '(done) done done' ]
    [ "$(sent length)" -eq 3 ]
}

@test "a store that is damaged, or cannot be made, or is locked: nothing is sent" {
    start 3
    head -c 8192 /dev/urandom >"$STORE"
    chmod 600 "$STORE"
    apply
    [ "$status" -eq 3 ]
    [[ $stderr == *"$STORE"* ]]
    STORE=/proc/nowhere/piket.db apply
    [ "$status" -eq 3 ]
    STORE=$BATS_TEST_TMPDIR/locked.db
    apply --limit 1
    [ "$(sent length)" -eq 1 ]
    python3 - "$STORE" <<'E2' 3>&- &
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
open("holds", "w").close()
time.sleep(60)
E2
    local holder=$!
    until [ -e holds ]; do sleep 0.05; done
    apply
    kill "$holder"
    [ "$status" -eq 3 ]
    [[ $stderr == *locked* || $stderr == *'in use'* ]]
    [ "$(sent length)" -eq 1 ]
}
