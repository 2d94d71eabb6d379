#!/usr/bin/env bats
# What is typed in haste: ids of something else, and what the next step and
# the question promise.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG \
        PIKET_STORE
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
    start_emulator --generate 12 --seed 7
}

teardown() { stop_emulator; }

piket() { run --separate-stderr "$PIKET_BUILD/piket" "$@" </dev/null; }

# A check, and then a remediation of one subscription; their ids are in $CHECK
# and $CHANGE.
check_and_change() {
    "$PIKET_BUILD/piket" check --quiet --output /dev/null || true
    "$PIKET_BUILD/piket" remediate --quiet --email soc@contoso.nl \
        --phone '+31 20 123 4567' --tenant $TENANT --apply --yes --limit 1 \
        --output /dev/null </dev/null || true
    piket history --format json
    CHECK=$(jq -r '.runs[0].id' <<<"$output")
    CHANGE=$(jq -r '.operations[0].id' <<<"$output")
    [[ $CHECK == 20* && $CHANGE == 20* ]]
}

@test "the id of something else is told, and none is guessed" {
    check_and_change
    piket report "$CHANGE"
    [ "$status" -eq 3 ]
    [ "${stderr_lines[0]}" = "piket: load a run: $CHANGE is the id of a remediation or a reversal, which is not what this takes" ]
    [ "${stderr_lines[1]}" = "       piket history $CHANGE shows it" ]
    piket revert "$CHECK"
    [ "$status" -eq 3 ]
    [ "${stderr_lines[0]}" = "piket: $CHECK is the id of a check, which is not what this takes" ]
    [ "${stderr_lines[1]}" = "       piket report $CHECK shows it" ]
    # One letter is wrong: another id is never what piket would take back.
    piket revert "${CHANGE%?}x"
    [ "$status" -eq 3 ]
    [[ $stderr == *'there is no operation'*"the last ones are $CHANGE"* ]]
    [[ $stderr != *'did you mean'* ]]
}

@test "revert says of which operation a subscription is not" {
    check_and_change
    piket revert --subscription Nobody
    [ "$status" -eq 3 ]
    [[ $stderr == *"of what $CHANGE changed: --subscription: no subscription is called 'Nobody'"* ]]
    "$PIKET_BUILD/piket" remediate --email soc@contoso.nl \
        --phone '+31 20 123 4567' --save-plan plan.json --output /dev/null || true
    piket revert --from plan.json
    [ "$status" -eq 3 ]
    [[ $stderr == *'plan.json:1: is no line of a backup'*'--plan'* ]]
}

@test "the next step names what --apply needs" {
    piket remediate --email soc@contoso.nl --phone '+31 20 123 4567'
    [[ $output == *'add --apply --tenant ID '* ]]
    piket remediate --email soc@contoso.nl --phone '+31 20 123 4567' \
        --tenant $TENANT --save-plan plan.json
    [[ $output == *'--plan plan.json --apply '* ]]
    piket remediate --plan plan.json
    [[ $output == *'--plan plan.json --apply --tenant ID '* ]]
    piket remediate --plan plan.json --tenant $TENANT --apply --yes --limit 1 \
        --backup before.jsonl
    [[ $output == *'with another --backup'* ]]
}
