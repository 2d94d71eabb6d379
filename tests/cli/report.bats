#!/usr/bin/env bats
# piket report: a stored run in every format, byte for byte as check wrote it.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@" </dev/null; }

# report ARGS...
report() { run --separate-stderr piket report "$@"; }

# reports FOLDER: the options that write every format there is into it.
reports() {
    local format
    mkdir -p "$1"
    for format in $(piket report --list-formats | awk '{ print $1 }'); do
        printf -- '--report\n%s=%s/%s\n' "$format" "$1" "$format"
    done
}

# same FOLDER FOLDER: whether both hold the same files, byte for byte.
same() {
    [ "$(ls "$1" | wc -l)" -eq 12 ]
    diff -r "$1" "$2"
}

# check FOLDER ARGS...: writes every format into the folder.
check() {
    local folder=$1 options
    shift
    mapfile -t options < <(reports "$folder")
    run --separate-stderr piket check --quiet "${options[@]}" "$@"
}

# again FOLDER ARGS...: the same of the stored run.
again() {
    local folder=$1 options
    shift
    mapfile -t options < <(reports "$folder")
    report "${options[@]}" "$@"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

# What may go wrong with a run is in it, too: one unreadable, one muted, one
# with another's page of errors in its name.
troubled() {
    printf '%s' '[{"when": {"subscription": "98d0ff43-e173-46ae-980a-2bd6343d01f8"},
        "then": {"status": 403}}]' >faults.json
    cat >piket.yaml <<'END'
version: 1
mutes:
  - subscription: Identiteit-Lab-03
    requirement: phone-configured
    reason: "CHG-1 <b>"
    until: 2099-01-01
scope:
  exclude: ["*-Sandbox-*"]
END
    start_emulator --generate 20 --seed 1 --faults faults.json
}

@test "every format of a stored run is what check wrote of it" {
    troubled
    check first --framework cis-3.0
    [ "$status" -eq 2 ]
    again second --framework cis-3.0
    same first second
    check third --mask --lang nl
    again fourth --mask --lang nl
    same third fourth
    ! grep -rl 98d0ff43-e173 fourth
}

@test "a run is named by its id or the beginning of it; without, it is the last" {
    troubled
    check first
    check second
    local first second
    first=$(jq -r .run.id first/json)
    second=$(jq -r .run.id second/json)
    report --format json
    [ "$(jq -r .run.id <<<"$output")" = "$second" ]
    report "$first" --format json
    [ "$status" -eq 0 ]
    diff first/json - <<<"$output"
    report "${first%?}" --format csv
    [ "$(tr -d '\r' <first/csv)" = "$(tr -d '\r' <<<"$output")" ]
    report 20
    [ "$status" -eq 3 ]
    [[ $stderr = *'more than one run begins with 20'*"$second, $first"* ]]
    report 1999
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no run 1999 in the store'* ]]
}

@test "the html page compares with the run before that one" {
    start_emulator --generate 20 --seed 1
    check first
    piket remediate --email soc@contoso.nl --phone '+31 20 123 4567' --apply \
        --yes --tenant "$AZURE_TENANT_ID" --verify-timeout 5 --limit 2 \
        >/dev/null || true
    check second
    again stored
    same second stored
    # The first had none to compare with, and must not take the later one.
    report "$(jq -r .run.id first/json)" --format html --output first.html
    cmp first/html first.html
    ! cmp -s first/html second/html
    grep -q "$(jq -r .run.id first/json)" stored/html
}

@test "only a format whose statuses are part of it tells how the run ended" {
    troubled
    check first
    report --format json --output /dev/null
    [ "$status" -eq 0 ]
    report --format nagios
    echo "$status"
    [ "$status" -eq 3 ]
    [ "$(head -1 first/nagios)" = "${lines[0]}" ]
    run -3 piket check --quiet --format nagios
}

@test "mistakes are told, and nothing is asked of Azure" {
    report
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no store'*'piket check makes one'* ]]
    troubled
    check first
    local before words
    before=$(wc -l <"$EMULATOR_LOG")
    for words in '--no-store' 'a b' '--format nonsense' \
        '--report json=x --report csv=x' '--report json' '--mask --mask=1'; do
        # shellcheck disable=SC2086
        report $words
        echo "$words: $status $stderr"
        [ "$status" -eq 64 ]
        [ -z "$output" ]
    done
    report --output /nowhere/x
    [ "$status" -eq 3 ]
    [[ $stderr = *'--output: /nowhere/x'* ]]
    report --report html=/nowhere/x
    [ "$status" -eq 3 ]
    [[ $stderr = *'/nowhere/x'* ]]
    report --format jsn
    [[ $stderr = *"'json'"* ]]
    [ "$(wc -l <"$EMULATOR_LOG")" -eq "$before" ]
}
