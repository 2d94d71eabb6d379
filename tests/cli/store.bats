#!/usr/bin/env bats
# Where runs are kept: which file, whose, and what happens where it cannot be
# written.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_STORE
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR/home
    export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    DEFAULT=$XDG_STATE_HOME/piket/piket.db
    mkdir "$HOME"
}

teardown() {
    stop_emulator
}

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    rm -f "$REPORT"
    run --separate-stderr "$PIKET_BUILD/piket" check --format json \
        --output "$REPORT" "$@"
}

report() { jq -r "$1" "$REPORT"; }

# query FILE SQL: the first column of each row.
query() {
    python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(row[0])' "$@"
}

requests() { wc -l <"$EMULATOR_LOG"; }

@test "check keeps its run, for its user alone" {
    start_emulator --generate 20 --seed 1
    umask 000
    check
    [ "$status" -eq 1 ]
    [ "$stderr" = '' ]
    [ "$(stat -c %a "$XDG_STATE_HOME/piket")" = 700 ]
    [ "$(stat -c %a "$DEFAULT")" = 600 ]
    [ "$(ls "$XDG_STATE_HOME/piket")" = piket.db ]
    [ "$(query "$DEFAULT" 'SELECT id FROM run')" = "$(report .run.id)" ]
    [ "$(query "$DEFAULT" 'SELECT non_compliant FROM run')" = \
        "$(report .summary.nonCompliant)" ]
    [ "$(query "$DEFAULT" 'SELECT subscription FROM run_assessment ORDER BY position')" = \
        "$(report '.subscriptions[].id')" ]
    check
    [ "$(query "$DEFAULT" 'SELECT count(*) FROM run')" = 2 ]
    # Nothing has changed, and nothing is kept twice.
    [ "$(query "$DEFAULT" 'SELECT count(*) FROM assessment')" = 20 ]
}

@test "HOME has the store where XDG_STATE_HOME is not set" {
    start_emulator --generate 2 --seed 1
    unset XDG_STATE_HOME
    check
    [ "$(query "$HOME/.local/state/piket/piket.db" \
        'SELECT count(*) FROM run')" = 1 ]
}

@test "--no-store keeps nothing, --store and PIKET_STORE name another file" {
    start_emulator --generate 2 --seed 1
    check --no-store
    [ "$status" -eq 1 ]
    [ ! -e "$XDG_STATE_HOME" ]
    check --store "$BATS_TEST_TMPDIR/new/folder/runs.db"
    [ "$(query "$BATS_TEST_TMPDIR/new/folder/runs.db" \
        'SELECT id FROM run')" = "$(report .run.id)" ]
    PIKET_STORE=$BATS_TEST_TMPDIR/env/x.db check
    [ "$(query "$BATS_TEST_TMPDIR/env/x.db" \
        'SELECT id FROM run')" = "$(report .run.id)" ]
    # SQLite would keep this one nowhere.
    cd "$BATS_TEST_TMPDIR"
    PIKET_STORE=$BATS_TEST_TMPDIR/env/x.db check --store :memory:
    [ -s :memory: ]
    [ "$(query "$BATS_TEST_TMPDIR/env/x.db" 'SELECT count(*) FROM run')" = 1 ]
    [ ! -e "$XDG_STATE_HOME" ]
    PIKET_STORE=$BATS_TEST_TMPDIR/env/x.db check --no-store
    [ "$(query "$BATS_TEST_TMPDIR/env/x.db" 'SELECT count(*) FROM run')" = 1 ]
}

@test "what cannot be meant is a usage error" {
    check --store postgresql://piket@db/piket
    [ "$status" -eq 64 ]
    [[ $stderr = *'PostgreSQL is not supported yet'* ]]
    check --store sqlite:///tmp/x.db
    [ "$status" -eq 64 ]
    [[ $stderr = *'not a URL'* ]]
    check --store ''
    [ "$status" -eq 64 ]
    check --store a.db --store b.db
    [ "$status" -eq 64 ]
    check --store a.db --no-store
    [ "$status" -eq 64 ]
    check --no-store --store a.db
    [ "$status" -eq 64 ]
    PIKET_STORE=postgres://db check
    [ "$status" -eq 3 ]
    [[ $stderr = *'PIKET_STORE: PostgreSQL'* ]]
}

@test "a default store that is unusable is a warning, one asked for an error" {
    start_emulator --generate 5 --seed 1
    mkdir -p "$(dirname "$DEFAULT")"
    echo 'this is no database' >"$DEFAULT"
    chmod 600 "$DEFAULT"
    check
    [ "$status" -eq 1 ]
    [ "$(report '.subscriptions | length')" -eq 5 ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr = *'this run is not kept: open the store: '*'is not a store of piket'*--store* ]]
    check --quiet
    [ "$status" -eq 1 ]
    [ "$stderr" = '' ]
    [ "$(cat "$DEFAULT")" = 'this is no database' ]

    local before
    before=$(requests)
    check --store "$DEFAULT"
    [ "$status" -eq 3 ]
    [ ! -e "$REPORT" ]
    [[ $stderr = *'is not a store of piket'* ]]
    PIKET_STORE=$DEFAULT check
    [ "$status" -eq 3 ]
    # It is told before the work.
    [ "$(requests)" -eq "$before" ]
}

@test "a store that others can write to is not used" {
    start_emulator --generate 1 --seed 1
    check --store "$BATS_TEST_TMPDIR/x/piket.db"
    chmod 666 "$BATS_TEST_TMPDIR/x/piket.db"
    check --store "$BATS_TEST_TMPDIR/x/piket.db"
    [ "$status" -eq 3 ]
    [[ $stderr = *'is open to other users (mode 0666)'*'chmod 600'* ]]
    chmod 600 "$BATS_TEST_TMPDIR/x/piket.db"
    chmod 1777 "$BATS_TEST_TMPDIR/x"
    check --store "$BATS_TEST_TMPDIR/x/piket.db"
    [ "$status" -eq 3 ]
    [[ $stderr = *'other users can write in it'* ]]
    ln -s /etc/passwd "$BATS_TEST_TMPDIR/link.db"
    check --store "$BATS_TEST_TMPDIR/link.db"
    [ "$status" -eq 3 ]
    [[ $stderr = *'is a symbolic link'* ]]
    check --store "$BATS_TEST_TMPDIR"
    [ "$status" -eq 3 ]
    [[ $stderr = *'is a folder'* ]]
}

@test "a full disk takes nothing from the report" {
    start_emulator --generate 300 --seed 1
    # No file may grow past 160 KiB.
    run --separate-stderr bash -c "ulimit -f 160; trap '' XFSZ
        '$PIKET_BUILD/piket' check --store '$BATS_TEST_TMPDIR/x/piket.db'"
    [ "$status" -eq 3 ]
    [[ $output = *'300 subscriptions'*'exit status 3'* ]]
    [[ $stderr = *'store the run'*'no room'* ]]
    run --separate-stderr bash -c "ulimit -f 160; trap '' XFSZ
        '$PIKET_BUILD/piket' check"
    [ "$status" -eq 1 ]
    [[ $output = *'300 subscriptions'*'exit status 1'* ]]
    [[ $stderr = *'this run is not kept'*'no room'* ]]
    # With room again, the same store goes on.
    check --store "$BATS_TEST_TMPDIR/x/piket.db"
    [ "$status" -eq 1 ]
    [ "$stderr" = '' ]
    [ "$(query "$BATS_TEST_TMPDIR/x/piket.db" 'SELECT id FROM run')" = \
        "$(report .run.id)" ]
}

@test "an interrupted run is kept, too" {
    start_emulator --generate 60 --seed 1 --latency 400
    local report=$BATS_TEST_TMPDIR/report.json
    "$PIKET_BUILD/piket" check --concurrency 2 --format json \
        >"$report" 2>/dev/null 3>&- &
    local pid=$! tries=0 result=0
    until grep -q securityContacts "$EMULATOR_LOG" ||
        [ $((tries += 1)) -gt 200 ]; do
        sleep 0.05
    done
    kill -TERM "$pid"
    wait "$pid" || result=$?
    [ "$result" -eq 143 ]
    [ "$(query "$DEFAULT" 'SELECT id FROM run WHERE interrupted')" = \
        "$(jq -r .run.id "$report")" ]
    [ "$(query "$DEFAULT" 'SELECT subscriptions FROM run')" = 60 ]
}

@test "checks that run at once are all kept" {
    start_emulator --generate 30 --seed 1
    local pids=() pid
    for _ in 1 2 3 4 5 6; do
        "$PIKET_BUILD/piket" check >/dev/null \
            2>>"$BATS_TEST_TMPDIR/errors" 3>&- &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid" || [ $? -eq 1 ]
    done
    cat "$BATS_TEST_TMPDIR/errors"
    [ ! -s "$BATS_TEST_TMPDIR/errors" ]
    [ "$(query "$DEFAULT" 'SELECT count(*) FROM run')" = 6 ]
    [ "$(query "$DEFAULT" 'SELECT count(*) FROM run_assessment')" = 180 ]
}

@test "a run is kept where nobody reads its report to the end" {
    start_emulator --generate 30 --seed 1
    "$PIKET_BUILD/piket" check 2>/dev/null | head -n 1
    [ "$(query "$DEFAULT" 'SELECT count(*) FROM run')" = 1 ]
}

@test "a store is not opened for what keeps nothing" {
    run --separate-stderr "$PIKET_BUILD/piket" check --list-frameworks
    [ "$status" -eq 0 ]
    run --separate-stderr "$PIKET_BUILD/piket" check --print-config
    [ "$status" -eq 0 ]
    [ ! -e "$XDG_STATE_HOME" ]
}
