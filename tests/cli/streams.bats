#!/usr/bin/env bats
# Readers who leave, full devices, and answers that were typed too early.

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() { apply_setup; }

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@" </dev/null; }

# unread STREAM ARGS...: piket, with nobody at the other end of the pipe that
# this stream (stdout, stderr) goes to.
unread() {
    python3 -c '
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
sys.exit(subprocess.call(sys.argv[2:], stdin=subprocess.DEVNULL,
                         **{sys.argv[1]: writer}))' \
        "$1" "$PIKET_BUILD/piket" "${@:2}"
}

puts() { jq -r 'select(.method == "PUT") | .path' "$EMULATOR_LOG" | wc -l; }

wanted=(--email soc@contoso.nl --phone '+31 20 123 4567' --tenant "$TENANT")

@test "a reader of standard output who leaves changes neither status nor words" {
    start 6
    local commands words expected format
    piket check --store "$STORE" >/dev/null || true
    commands=(--help --version 'remediate --help' 'help check'
        'check --list-formats' 'check --list-frameworks'
        'check --print-config' explain 'explain owner-notified'
        'export --format bicep --email soc@contoso.nl'
        "history --store $STORE" "history --store $STORE --format json"
        "history contacts --store $STORE" "report --store $STORE --format html"
        'init --output -' doctor 'doctor --format json'
        "remediate --tenant $TENANT --email soc@contoso.nl"
        'remediate --email soc@contoso.nl --save-plan - --output out'
        'check --output /dev/stdout' 'check --report json=/dev/fd/1 --output out')
    for format in text json jsonl csv html markdown nagios sarif junit ocsf \
        oscal prometheus; do
        commands+=("check --no-store --format $format")
    done
    for words in "${commands[@]}"; do
        echo "$words"
        # shellcheck disable=SC2086
        run --separate-stderr piket $words
        expected=$status said=$stderr
        # shellcheck disable=SC2086
        run --separate-stderr unread stdout $words
        [ "$status" -eq "$expected" ]
        [ "$stderr" = "$said" ]
        rm -f out
    done
    # As people do it.
    run --separate-stderr bash -c "'$PIKET_BUILD/piket' remediate --help | head -n 1
        exit \${PIPESTATUS[0]}"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "remediate --apply does its work and journals it, though nobody reads" {
    start 9
    run --separate-stderr unread stdout remediate --apply --yes \
        --store "$STORE" "${wanted[@]}"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(puts)" -eq 9 ]
    [ "$(piket history --store "$STORE" --format json \
        | jq '.operations[0].changes.fixed')" -eq 9 ]
    run --separate-stderr piket check --store "$STORE" --format json
    [ "$status" -eq 0 ]
}

@test "a pipe of --output whose reader leaves is no failure either" {
    start 600
    mkfifo pipe
    head -c 10 pipe >/dev/null 3>&- &
    run --separate-stderr piket check --no-store --all --format json --output pipe
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
}

@test "standard error that nobody reads, or that is closed, changes nothing" {
    start 6
    run unread stderr remediate --apply --yes --store "$STORE" \
        --format json --output report.json -v "${wanted[@]}"
    [ "$status" -eq 0 ]
    [ "$(puts)" -eq 6 ]
    run bash -c "'$PIKET_BUILD/piket' check --no-store -vvv 2>&- | tail -n 3"
    [ "$status" -eq 0 ]
    [[ $output = *'COMPLIANT (exit status 0)'* ]]
    run unread stderr check --no-such-option
    [ "$status" -eq 64 ]
    # A question that nobody could read has no answer.
    run python3 - "$PIKET_BUILD/piket" revert --apply --store "$STORE" \
        --tenant "$TENANT" <<'END'
import os, pty, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
terminal, end = pty.openpty()
command = subprocess.Popen(sys.argv[1:], stdin=end, stderr=writer)
os.write(terminal, b"yes\n" * 20)
sys.exit(command.wait())
END
    [ "$status" -ne 0 ]
    [ "$(puts)" -eq 6 ]
}

@test "a full device is an error with its reason" {
    start 3
    local words
    for words in --help --version 'check --help' 'check --no-store' explain \
        'check --list-formats' "history --store $STORE" \
        'check --no-store --format json --output /dev/full'; do
        piket check --store "$STORE" >/dev/null || true
        run --separate-stderr bash -c "'$PIKET_BUILD/piket' $words >/dev/full"
        [ "$status" -eq 3 ]
        [[ $stderr = *'No space left on device'* ]]
    done
}

@test "what was typed before the question does not answer it" {
    start 3 '[]' 'del(.subscriptions[1, 2])'
    local early
    for early in $'yes\n' $'yes\nyes\n' $'y\nyes\n' ye; do
        # The rest of a word that was begun is no consent either.
        answer=$'no\n'
        [ "$early" != ye ] || answer=$'s\n'
        run python3 "$PIKET_ROOT/tests/cli/terminal.py" "$early" "$answer" \
            "$PIKET_BUILD/piket" remediate --apply --store "$STORE" \
            "${wanted[@]}"
        [ "$status" -eq 1 ]
        grep -q 'nothing has been changed' asked.txt
        run python3 "$PIKET_ROOT/tests/cli/terminal.py" "$early" "$answer" \
            "$PIKET_BUILD/piket" test-alert --store "$STORE" \
            --subscription Sub-0001
        [ "$status" -eq 1 ]
        grep -q 'no alert has been raised' asked.txt
    done
    [ "$(jq -r 'select(.method == "PUT" or (.path | test("/simulate$")))
        | .path' "$EMULATOR_LOG")" = '' ]
    run python3 "$PIKET_ROOT/tests/cli/terminal.py" $'no\n' $'yes\n' \
        "$PIKET_BUILD/piket" remediate --apply --store "$STORE" "${wanted[@]}"
    [ "$status" -eq 0 ]
    [ "$(puts)" -eq 1 ]
    run python3 "$PIKET_ROOT/tests/cli/terminal.py" $'yes\n' $'no\n' \
        "$PIKET_BUILD/piket" revert --apply --store "$STORE" --tenant "$TENANT"
    [ "$status" -eq 1 ]
    [ "$(jq -r 'select(.method == "DELETE") | .path' "$EMULATOR_LOG")" = '' ]
}
