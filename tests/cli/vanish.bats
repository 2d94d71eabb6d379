#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What is on record no more, or never was: nothing further is sent, what was
# sent is told, and what cannot be proved is not brought back.

# What is done to the store is a text that is run later.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() { apply_setup; }
teardown() { stop_emulator; }

# begin COMMAND ARGS...: in the background, so slow that something can happen
# between two requests; its process is $PROCESS.
begin() {
    "$PIKET_BUILD/piket" "$@" --tenant "$TENANT" --store "$STORE" \
        --concurrency 1 "${APPLY[@]}" --format json --output "$REPORT" \
        >out 2>err 3>&- &
    PROCESS=$!
}

SLOW='[{"when": {"method": "PUT"}, "then": {"delay": 500}},
    {"when": {"method": "DELETE"}, "then": {"delay": 500}}]'

# during NUMBER: waits for the answer to that write, as which it is logged: the
# next one is under way.
during() {
    local tries=0
    until [ "$(grep -c '"PUT"' "$EMULATOR_LOG")" -ge "$1" ]; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
}

# ended STATUS
ended() {
    local result=0
    wait "$PROCESS" || result=$?
    cat err
    [ "$result" -eq "$1" ]
}

# vanish COMMAND: what it does to the store, during the second write.
vanish() {
    start 6 "$SLOW"
    begin remediate "${WANTED[@]}"
    during 2
    local before seen
    eval "$1"
    before=$(grep -c '"PUT"' "$EMULATOR_LOG")
    ended 2
    # Nothing after the one that was under way.
    seen=$(sent length)
    [ "$seen" -le $((before + 1)) ]
    [ "$seen" -lt 6 ]
    [ "$(report '.changes | map(select(.outcome == "not-sent")) | length')" -eq $((6 - seen)) ]
    [[ $(report .summary.stopped) == *'while piket had it open'*'no further change was sent'* ]]
    # Each that was sent is told, with what was sent.
    [ "$(grep -c 'sent, and not on record for good' err)" -eq "$seen" ]
    [ "$(grep -c 'what was sent: {' err)" -eq "$seen" ]
    [ "$(grep -c 'what was there before: ' err)" -eq "$seen" ]
}

# overwrite COMMAND: the same, where the files are still those that were
# opened; old.db is an older copy.
overwrite() {
    "$PIKET_BUILD/piket" check --store old.db --tenant "$TENANT" >/dev/null 2>&1 || true
    start 6 "$SLOW"
    begin remediate "${WANTED[@]}"
    during 2
    eval "$1"
    ended 2
    report .summary.stopped
    [[ $(report .summary.stopped) == *"$STORE"* ]]
    [ "$(grep -c 'sent, and not on record for good' err)" -eq "$(sent length)" ]
    [ "$(grep -c 'what was sent: {' err)" -eq "$(sent length)" ]
}

@test "the store is overwritten in place" {
    overwrite 'dd if=/dev/zero of="$STORE" bs=4096 count=9 conv=notrunc status=none'
}

@test "the store and its log are overwritten by an older copy" {
    overwrite 'cat old.db >"$STORE"; : >"$STORE-wal"'
}

@test "the store is cut off" { overwrite 'truncate -s 0 "$STORE"'; }

@test "the store is overwritten while the last change is under way" {
    start 1 "$SLOW"
    begin remediate "${WANTED[@]}"
    local tries=0
    until [ -s "$STORE" ] \
        && [ -n "$(sqlite3 -readonly "$STORE" 'SELECT id FROM change' 2>/dev/null)" ]; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
    truncate -s 4096 "$STORE"
    ended 2
    [ "$(grep -c 'sent, and not on record for good' err)" -eq "$(sent length)" ]
}

@test "the store is removed" { vanish 'rm "$STORE"'; }

@test "the store is renamed" { vanish 'mv "$STORE" elsewhere.db'; }

@test "the store is replaced by another file" {
    vanish 'cp "$STORE" other.db; mv other.db "$STORE"'
}

@test "the log is removed" { vanish 'rm "$STORE-wal"'; }

@test "the log is cut off" { vanish 'truncate -s 0 "$STORE-wal"'; }

@test "the log is overwritten" {
    vanish 'dd if=/dev/zero of="$STORE-wal" bs=64 count=1 conv=notrunc status=none'
}

@test "the lock is removed" { vanish 'rm "$STORE.lock"'; }

@test "the folder of the store is moved" {
    mkdir folder
    STORE=$BATS_TEST_TMPDIR/folder/piket.db
    vanish 'mv folder moved'
}

@test "a revert, too, stops where the store is removed" {
    start 3 "$SLOW"
    apply
    local before
    before=$(sent length)
    begin revert
    local tries=0
    until [ "$(grep -cE '"(PUT|DELETE)"' "$EMULATOR_LOG")" -gt "$before" ]; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
    rm "$STORE"
    ended 2
    [ "$(sent length)" -lt $((before + 3)) ]
    [ "$(grep -c 'sent, and not on record for good' err)" -eq $(($(sent length) - before)) ]
}

@test "a backup that is removed or replaced stops what follows" {
    local seen what
    for what in 'rm b.jsonl' 'cp b.jsonl c; mv c b.jsonl' \
        'tr a-y b-z <b.jsonl >c; cat c >b.jsonl' \
        'printf X | dd of=b.jsonl bs=1 seek=9 conv=notrunc status=none'; do
        rm -f b.jsonl
        stop_emulator
        start 6 "$SLOW"
        STORE=$BATS_TEST_TMPDIR/$RANDOM.db
        begin remediate "${WANTED[@]}" --backup b.jsonl
        during 2
        eval "$what"
        seen=$(grep -c '"PUT"' "$EMULATOR_LOG")
        ended 2
        [ "$(sent length)" -le $((seen + 1)) ]
        [[ $(report .summary.stopped) == *'--backup: b.jsonl: '* ]]
    done
}

@test "sample alerts are not raised where their record has gone" {
    start_emulator --generate 40 --seed 3 --latency 150
    "$PIKET_BUILD/piket" test-alert --subscription '*' --yes \
        --store "$STORE" >out 2>err 3>&- &
    PROCESS=$!
    local tries=0
    until grep -q '/simulate' "$EMULATOR_LOG"; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
    rm "$STORE"
    ended 3
    [ "$(grep -c 'asked for, and not on record for good' err)" -eq "$(grep '/simulate' "$EMULATOR_LOG" | grep -c '"status":2')" ]
    run ! grep -q 'test-alert confirm' out
    # Those that had begun, of which eight are at a time.
    [ "$(grep -c '/simulate' "$EMULATOR_LOG")" -le 17 ]
    grep -q 'was removed or moved away' err
}

@test "what an older piket recorded is reverted only with --force-unproved" {
    start 2
    apply
    [ "$status" -eq 0 ]
    local writes
    writes=$(sent length)
    python3 "$WITNESS" downgrade "$STORE"
    revert
    [ "$status" -eq 3 ]
    [[ $stderr == *'2 changes are not proved: an older piket recorded them'*'--force-unproved'* ]]
    [ "$(sent length)" -eq "$writes" ]
    run --separate-stderr piket history --store "$STORE" "$(journal '.[0].operation')"
    [ "$status" -eq 0 ]
    [[ $stderr == *'2 changes are not proved'* ]]
    revert --force-unproved
    [ "$status" -eq 0 ]
    state after
    python3 "$WITNESS" same before.json after.json
}

@test "a changed before-image is told, and never written" {
    start 3
    apply
    local writes
    writes=$(sent length)
    python3 - "$STORE" <<'E2'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("UPDATE change SET before = CAST(replace(CAST(before AS "
                 "TEXT), 'old@', 'ole@') AS BLOB) WHERE id = 2")
database.commit()
E2
    revert
    [ "$status" -eq 3 ]
    [[ $stderr == *'change 2, of subscription '*' is not as piket wrote it'* ]]
    [ "$(sent length)" -eq "$writes" ]
    run --separate-stderr piket history --store "$STORE" --format json \
        "$(journal '.[0].operation')"
    [ "$status" -eq 3 ]
    [ "$(jq '.changes | length' <<<"$output")" -eq 2 ]
    [[ $stderr == *'change 2, of '* ]]
}

@test "an earlier run that is damaged does not keep a check from keeping its own" {
    start_emulator --generate 5 --seed 1
    run "$PIKET_BUILD/piket" check --store "$STORE"
    python3 - "$STORE" <<'E2'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("UPDATE assessment SET json = replace(json, 'Enabled', "
                 "'Enablad')")
database.commit()
E2
    run --separate-stderr "$PIKET_BUILD/piket" check --store "$STORE"
    [ "$status" -le 2 ]
    [ "$(grep -c 'is damaged' <<<"$stderr")" -eq 1 ]
    run -0 "$PIKET_BUILD/piket" report --store "$STORE" --format json
}

# reading FILE: waits until the first answer after the store was opened.
reading() {
    local tries=0 seen
    until [ -s "$1-wal" ]; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
    seen=$(wc -l <"$EMULATOR_LOG")
    until [ "$(wc -l <"$EMULATOR_LOG")" -gt "$seen" ]; do
        [ $((tries += 1)) -lt 1200 ]
        sleep 0.02
    done
}

@test "a check tells that its store has vanished, and reports all the same" {
    local what
    for what in 'rm "$STORE"' 'mv "$STORE" other.db' 'rm "$STORE-wal"' \
        'cp "$STORE" c; mv c "$STORE"'; do
        stop_emulator
        start 3 '[{"when": {"method": "GET"}, "then": {"delay": 300}}]'
        STORE=$BATS_TEST_TMPDIR/$RANDOM.db
        "$PIKET_BUILD/piket" check --tenant "$TENANT" --store "$STORE" \
            --format json --output "$REPORT" >out 2>err 3>&- &
        PROCESS=$!
        reading "$STORE"
        eval "$what"
        ended 3
        grep -q 'while piket had it open' err
        jq -e '.subscriptions | length == 3' "$REPORT"
    done
}

@test "a check warns that its default store has vanished" {
    start 3 '[{"when": {"method": "GET"}, "then": {"delay": 300}}]'
    "$PIKET_BUILD/piket" check --tenant "$TENANT" >out 2>err 3>&- &
    PROCESS=$!
    reading "$HOME/state/piket/piket.db"
    rm -r state/piket
    ended 1
    grep -q 'warning: this run is not kept: .*while piket had it open' err
    [ -s out ]
}

@test "a store whose shared memory is cut off is told, not a crash" {
    start 6 "$SLOW"
    begin remediate "${WANTED[@]}"
    during 2
    truncate -s 0 "$STORE-shm"
    ended 3
    grep -q 'a file of the store was cut off' err
    grep -q 'piket history' err
}

@test "the only test, run or operation that is missing is damage" {
    start 2
    apply
    run "$PIKET_BUILD/piket" check --store "$STORE" --tenant "$TENANT"
    run -0 "$PIKET_BUILD/piket" test-alert --store "$STORE" --yes \
        --tenant "$TENANT" --subscription '*'
    local table
    for table in test run operation; do
        local copy=$BATS_TEST_TMPDIR/$table.db
        cp "$STORE" "$copy"
        sqlite3 "$copy" "DELETE FROM $table"
    done
    run -3 --separate-stderr piket test-alert show 2026 --store test.db
    [[ $stderr == *'missing'* ]]
    run -3 --separate-stderr piket test-alert show --store test.db
    [[ $stderr == *'it has 0 of its 1 tests'* ]]
    run -3 --separate-stderr piket report 2026 --store run.db
    [[ $stderr == *'missing'* ]]
    run -3 --separate-stderr piket revert 2026 --store operation.db --tenant "$TENANT"
    [[ $stderr == *'missing'* ]]
}
