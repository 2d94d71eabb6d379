#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Whose an answer is: it counts only for the subscription that was asked about.

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() {
    apply_setup
    ONE=$(subscription_id 1)
    TWO=$(subscription_id 2)
    THREE=$(subscription_id 3)
}

teardown() {
    stop_emulator
}

# check ARGS...: what it says is in $REPORT.
check() {
    run --separate-stderr piket check --no-store --format json \
        --output "$REPORT" "$@"
    echo "status $status"
    echo "$stderr"
}

# unknown NUMBER: the code and message with which it is unknown.
unknown() {
    report '.subscriptions[] | select(.id == "'"$(subscription_id "$1")"'")
        | select(.status == "unknown") | .error
        | "\(.code) \(.message)"'
}

# other NUMBER TEXT TEXT: a rule by which the contacts of this subscription are
# shown with one text in the place of the other.
other() {
    jq -nc --arg id "$(subscription_id "$1")" --arg old "$2" --arg new "$3" \
        '{when: {subscription: $id, path: "*securityContacts*"},
          then: {replace: {($old): $new}}}'
}

# connections: how many the emulator had.
connections() { jq -s 'map(.connection) | unique | length' "$EMULATOR_LOG"; }

@test "a contact of something else is no verdict" {
    start_emulator --estate "$(estate 9 '.subscriptions[].contacts =
        [contact | .emails = "soc@contoso.nl"]')" --faults "$(faults "[
        $(other 1 "$ONE" "$TWO"),
        $(other 2 Microsoft.Security Microsoft.Compute),
        $(other 3 /securityContacts/ /pricings/),
        $(other 4 securityContacts/default securityContacts/other),
        $(other 5 '"id":"/sub' '"id":"x/sub'),
        $(other 6 /subscriptions/ /SUBSCRIPTIONS/),
        $(other 7 '"id":' '"ID":'),
        $(other 8 securityContacts securityContact)]")"
    check
    [ "$status" -eq 2 ]
    [[ $(unknown 1) == "ForeignAnswer the answer holds the id /subscriptions/$TWO/providers/"*"/default, which is not of /subscriptions/$ONE/providers/"* ]]
    for number in 2 3 4 5; do
        [[ $(unknown $number) == 'ForeignAnswer the answer holds the id '* ]]
    done
    [ "$(report .summary.compliant)" = 4 ]
    # Each was asked about again, over another connection.
    jq -se --arg id "$ONE" 'map(select(.path | contains($id)))
        | length == 4 and (map(.connection) | unique | length == 4)' \
        "$EMULATOR_LOG"
}

@test "what comes right at the second try is right" {
    start_emulator --estate "$(estate 3)" --faults "$(faults "[
        $(other 3 "$THREE" "$TWO" | jq -c '.when.first = 1'),
        {\"when\": {\"subscription\": \"$TWO\", \"first\": 1},
         \"then\": {\"echo\": \"another\"}}]")"
    check --concurrency 1
    [ "$status" -eq 1 ]
    [ "$(report .summary.unknown)" = 0 ]
    [ "$(report .run.retries)" = 2 ]
    [ "$(jq -s 'map(select(.path | test("(?i)securityContacts"))) | length' \
        "$EMULATOR_LOG")" = 5 ]
}

@test "a service that repeats other ids is not believed" {
    start_emulator --estate "$(estate 2)" --faults "$(faults '[{
        "when": {"path": "*securityContacts*"}, "then": {"echo": "another"}}]')"
    check
    [ "$status" -eq 2 ]
    [ "$(unknown 1)" = 'ForeignAnswer 127.0.0.1 sent an answer that belongs to another request' ]
}

@test "a service that repeats no id is believed on a new connection" {
    start_emulator --estate "$(estate 6)" --faults "$(faults '[{
        "then": {"echo": "none"}}]')"
    check --concurrency 1
    [ "$status" -eq 1 ]
    [ "$(report .summary.unknown)" = 0 ]
    # Two of the six have none, whose list is empty: nothing in it tells. The
    # list of subscriptions came over the connection of the token.
    [ "$(connections)" = 5 ]
}

@test "lists of other things are no lists" {
    local odd
    for odd in "\"replace\": {\"subscriptionId\\\":\\\"$ONE\": \"subscriptionId\\\":\\\"$TWO\"}" \
        '"replace": {"/subscriptions/": "/tenants/"}' \
        "\"nextLink\": \"NEXT/tenants?api-version=2022-12-01\"" \
        "\"nextLink\": \"NEXT/subscriptions/$ONE/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview\""; do
        start_emulator --estate "$(estate 2)" --faults "$(faults '[]')"
        local port=${EMULATOR_URL##*:}
        stop_emulator
        start_emulator --listen "127.0.0.1:$port" --estate "$(estate 2)" \
            --faults "$(faults "[{\"when\": {\"path\": \"/subscriptions\"},
                \"then\": {${odd//NEXT/$EMULATOR_URL}}}]")"
        check
        echo "$odd"
        [ "$status" -ne 0 ] && [ "$status" -ne 1 ]
        [[ $stderr == *'the answer holds the id '* \
            || $(report .run.errors) == *'leads to another list'* ]]
        [ "$(jq -s 'map(select(.path == "/tenants")) | length' "$EMULATOR_LOG")" = 0 ]
        stop_emulator
    done
}

@test "a contact of something else is no before-image" {
    # The first look is right, the one right before the change is not.
    start 3 "[$(other 1 "\"value\":[]" "\"value\":[{\"id\":\"/subscriptions/$TWO/providers/Microsoft.Security/securityContacts/default\",\"name\":\"default\",\"properties\":{}}]" | jq -c '.when.after = 2'),
        $(other 2 "$TWO" "$THREE" | jq -c '.when.after = 2'),
        $(other 3 "$THREE" "$ONE" | jq -c '.when.after = 2')]"
    apply --stop-after 10
    [ "$status" -eq 2 ]
    [ "$(sent length)" = 0 ]
    [ "$(outcomes)" = "not-sent:3" ]
    [ "$(report '.changes[].error.code' | sort -u)" = ForeignAnswer ]
    [ "$(journal length)" = 0 ]
}

@test "a contact of something else proves no change" {
    # All that is read after the write is another subscription's, which is as
    # was wanted.
    start 3 "[$(other 3 "$THREE" "$TWO" | jq -c '.when += {after: 3}')]" \
        'del(.subscriptions[0, 1])'
    apply
    [ "$status" -eq 2 ]
    [ "$(sent length)" = 1 ]
    [ "$(outcome 3)" = unverified ]
}

@test "an answer to a write that is about something else is looked into" {
    start 1 "[{\"when\": {\"method\": \"PUT\"},
               \"then\": {\"replace\": {\"$ONE\": \"$TWO\"}}}]"
    apply
    [ "$status" -eq 0 ]
    [ "$(sent length)" = 1 ]
    [ "$(outcome 1)" = fixed ]
    journalled
}

@test "answers that nobody asked for harm nothing" {
    run timeout 600 python3 "$PIKET_ROOT/tests/cli/desync.py" \
        "$BATS_TEST_TMPDIR/desync" "${PIKET_DESYNC:-400}" 20261122
    echo "$output"
    [ "$status" -eq 0 ]
    [[ ${lines[-1]} == *' extra answers, 0 wrong' ]]
}
