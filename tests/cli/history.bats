#!/usr/bin/env bats
# piket history: every page, by whole ids and beginnings, as text and JSON,
# and what tired people type.

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() { apply_setup; }

teardown() { stop_emulator; }

# history ARGS...
history() {
    run --separate-stderr piket history --store "$STORE" "$@" </dev/null
}

# json FILTER: of what the last one printed.
json() { jq -r "$1" <<<"$output"; }

# check: keeps a run, whose id is $RUN.
check() {
    piket check --store "$STORE" --format json --output run.json || true
    RUN=$(jq -r .run.id run.json)
}

# past: a run, a remediation of half of it, and a run. Ids in $FIRST,
# $CHANGED and $SECOND.
past() {
    start 6
    check
    FIRST=$RUN
    apply --exclude Sub-0004 --exclude Sub-0005 --exclude Sub-0006 \
        --reason CHG-1
    CHANGED=$(report .operation.id)
    check
    SECOND=$RUN
}

@test "runs and changes are listed, newest first" {
    past
    history
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(awk 'NR > 1 && NR < 5 { print $1, $2 }' <<<"$output")" = "$SECOND check
$CHANGED remediate
$FIRST check" ]
    [[ ${lines[1]} = *'6 subscriptions: 3 compliant, 3 non-compliant, 0 unknown'* ]]
    [[ ${lines[2]} = *'3 fixed  "CHG-1"'* ]]
    history --format json
    [ "$(json '.runs[].id')" = "$SECOND"$'\n'"$FIRST" ]
    [ "$(json '.operations[0] | [.id, .kind, .reason, .changes.fixed] | join(" ")')" = \
        "$CHANGED remediation CHG-1 3" ]
    [ "$(json .more)" = false ]
    history --limit 1
    [[ $output = *'... there are older ones: --limit all'* ]]
    [[ $output != *"$FIRST"* ]]
    history --limit 1 --format json
    [ "$(json '[.more, (.runs | length)] | @csv')" = true,1 ]
    history --limit all --lang nl
    [[ $output = *"$FIRST"* ]]
    [[ $output != *older* ]]
}

@test "one is shown by its id, or by as much as no other has" {
    past
    history "$CHANGED"
    [ "$status" -eq 0 ]
    [[ $output = *'reason       CHG-1'* ]]
    [ "$(grep -c 'fixed$' <<<"$output")" -eq 4 ]
    [[ $output = *"piket revert $CHANGED"* ]]
    history "$CHANGED" --format json
    [ "$(json '[.changes[].subscription.name] | sort | join(" ")')" = \
        'Sub-0001 Sub-0002 Sub-0003' ]
    [ "$(json '.changes[] | select(.subscription.name == "Sub-0002")
        | .before.body | fromjson | .value[0].properties.isEnabled')" = false ]
    # A run is what check showed of it.
    history "$FIRST" --format json
    [ "$(json .run.id)" = "$FIRST" ]
    [ "$(json .summary.nonCompliant)" = 6 ]
    history "${FIRST%?}"
    [ "$status" -eq 0 ]
    # Runs and changes together begin so.
    history 20
    [ "$status" -eq 3 ]
    [ "${stderr_lines[0]}" = \
        'piket: look in the store: more than one run or operation begins with 20' ]
    [[ ${stderr_lines[1]} = *"$SECOND, $CHANGED, $FIRST"* ]]
}

@test "an id that is not there is told with those that are" {
    past
    history 1999
    [ "$status" -eq 3 ]
    [ "${stderr_lines[0]}" = \
        'piket: look in the store: there is no run or operation 1999 in the store' ]
    [[ ${stderr_lines[1]} = *"$SECOND"*"$CHANGED"* ]]
    history "${CHANGED%????}zzzz"
    [ "$status" -eq 3 ]
    [[ $stderr = *"the last ones are $SECOND, $CHANGED, $FIRST"* ]]
    history ''
    [ "$status" -eq 64 ]
    history diff "$FIRST" 1999
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no run 1999 in the store'* ]]
    # An operation is no run.
    history diff "$FIRST" "$CHANGED"
    [ "$status" -eq 3 ]
    [[ $stderr = *"$CHANGED is the id of a remediation or a reversal"* ]]
    history contacts "$CHANGED"
    [ "$status" -eq 3 ]
}

@test "a subscription's way through runs and changes, by id and by name" {
    past
    local id
    id=$(subscription_id 2)
    history --subscription "$id" --format json
    [ "$status" -eq 0 ]
    [ "$(json '.assessments[] | [.run, .name, .status, .reach] | join(" ")')" = \
        "$SECOND Sub-0002 compliant contact
$FIRST Sub-0002 non-compliant nobody" ]
    [ "$(json '.changes[] | [.operation, .outcome] | join(" ")')" = \
        "$CHANGED fixed" ]
    local page=$output
    history --subscription SUB-0002 --format json
    [ "$output" = "$page" ]
    history --subscription "${id^^}" --format json
    [ "$output" = "$page" ]
    history --subscription "$id"
    [[ ${lines[0]} = "Sub-0002   $id" ]]
    history --subscription "$id" --limit 1
    [[ $output = *'there are older ones'* ]]
    history --subscription Sub-002
    [ "$status" -eq 3 ]
    [[ $stderr = *"the last run has no subscription 'Sub-002'"*'give its id'* ]]
    history --subscription 11111111-0000-4000-8000-000000000000
    [ "$status" -eq 3 ]
    [[ $stderr = *'neither an assessment nor a change of 11111111'* ]]
}

@test "what differs between two runs, and that they were given in reverse" {
    past
    history diff "$FIRST" "$SECOND" --format json
    [ "$status" -eq 0 ]
    [ "$(json '[.before, .after] | join(" ")')" = "$FIRST $SECOND" ]
    [ "$(json '.summary.fixed')" = 3 ]
    [ "$(json '[.summary | to_entries[] | select(.key != "same") | .value]
        | add')" = 3 ]
    history diff "$FIRST" "$SECOND"
    [[ $output = *'+ emails: soc@contoso.nl'* ]]
    [[ $output = *'3 subscriptions are as they were'* ]]
    [[ $output != *'the other way round'* ]]
    history diff "$SECOND" "$FIRST"
    [[ $output = *'the run named first is the later one'* ]]
    history diff "$FIRST" "$FIRST"
    [ "$status" -eq 0 ]
    [[ $output = *'6 subscriptions are as they were'* ]]
}

@test "every address has the subscriptions that it is mailed for" {
    past
    history contacts --format json
    [ "$status" -eq 0 ]
    # What the report of the same run says of contacts that mail somebody.
    [ "$(json '.addresses[] | .email as $email | .subscriptions[]
        | [$email, .name] | join(" ")' | sort)" = \
        "$(jq -r '.subscriptions[] | .name as $name | .contact | select(. != null
            and .enabled and .alerts != null) | .emails[] | [., $name]
            | join(" ")' run.json | sort)" ]
    history contacts "$FIRST"
    [[ $output = *'old@contoso.nl  '*'     2  Sub-0003, Sub-0006'* ]]
    [[ $output = *'of 6 subscriptions: only roles are mailed for 2, nobody for 2, not known for 0'* ]]
}

@test "old runs are removed, and never the journal" {
    past
    history prune --keep 1
    [ "$status" -eq 0 ]
    [ "$output" = '1 run removed; the journal of changes stays' ]
    history prune --keep 1 --format json --output pruned.json
    [ "$(jq -c 'del(.schemaVersion)' pruned.json)" = '{"removed":0,"keep":1}' ]
    history --format json
    [ "$(json '.runs[].id')" = "$SECOND" ]
    [ "$(json '.operations[].id')" = "$CHANGED" ]
    revert
    [ "$(report '.operation.reverts')" = "$CHANGED" ]
    [ "$(outcomes)" = 'different:1 restored:2' ]
}

@test "mistakes are told before anything happens" {
    start 3
    # No store yet, and none is made by looking.
    history
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no store'*'piket check makes one'* ]]
    [ ! -e "$STORE" ]
    check
    local words
    for words in 'prune' 'prune --keep 0' 'prune --keep all' 'prune 3' \
        '--keep 3' '--limit 0' '--rows 0' 'diff' "diff $RUN" \
        "diff $RUN $RUN $RUN" "$RUN diff $RUN" "contacts $RUN $RUN" \
        "$RUN contacts" "contacts --subscription Sub-0001" '--no-store' \
        'nonsense' '--format csv' 'x y z w'; do
        # shellcheck disable=SC2086
        if [ "$words" = --no-store ]; then
            run --separate-stderr piket history --no-store
        else
            history $words
        fi
        echo "$words: $status $stderr"
        [ "$status" -eq 64 ]
        [ -z "$output" ]
    done
    history contcts
    [[ $stderr = *"'contcts': is neither an id nor a page"*"did you mean 'contacts'?"* ]]
    history prune --keep 1 --output /nowhere/x
    [ "$status" -eq 3 ]
    [[ $stderr = *'--output: /nowhere/x'* ]]
    history --format json
    [ "$(json '.runs | length')" = 1 ]
}

@test "a store that holds nothing says what makes something" {
    start 3
    # Nothing is made by what needs something that is there.
    history prune --keep 1
    [ "$status" -eq 3 ]
    run piket test-alert confirm --address soc@contoso.nl --store "$STORE"
    [ "$status" -eq 3 ]
    [ ! -e "$STORE" ]
    # What fails before its first record leaves one that is empty.
    run piket test-alert --yes --subscription nobody --store "$STORE" </dev/null
    [ -e "$STORE" ]
    history
    [ "$status" -eq 0 ]
    [[ $output = *'RUNS AND CHANGES   0'*'Next:  piket check'* ]]
    history contacts
    [ "$status" -eq 3 ]
    [[ $stderr = *'piket check'* ]]
    history 2026
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no run or operation in the store yet'* ]]
}
