#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# remediate --apply against the emulator: what it proves, what it reports where
# Azure loses, changes or refuses a write, and what stops it. An independent
# witness reads the emulator and the journal.

bats_require_minimum_version 1.5.0
load helpers
load apply

setup() { apply_setup; }
teardown() { stop_emulator; }

# only NUMBER THEN: a rule for writes of this subscription.
only() {
    jq -nc --arg id "$(subscription_id "$1")" --argjson effect "$2" \
        '[{when: {method: "PUT", subscription: $id}, then: $effect}]'
}

@test "500 subscriptions: the what-if writes nothing, apply fixes all, revert brings all back" {
    start_emulator --generate 500 --seed 3
    state before
    remediate --register-provider
    [ "$status" -eq 1 ]
    [ "$(sent length)" -eq 0 ]
    [ "$(journal length)" -eq 0 ]
    ! grep -q '/register"' "$EMULATOR_LOG"

    # What Azure answers now, byte for byte, is what the journal will hold.
    local one
    one=$(jq -r '[to_entries[] | select(.value.default != null
        and .value.default.isEnabled == false)][0].key' before.json)
    sign_in
    arm "/subscriptions/$one/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview" >bytes

    apply --register-provider
    [ "$status" -eq 0 ]
    [[ $(outcomes) =~ ^fixed:[0-9]+$ ]]
    [ "$(report '.changes | length')" -gt 100 ]
    [ "$(sent length)" -eq "$(report '.changes | length')" ]
    [ "$(sent '[.[].subscription] | unique | length')" -eq "$(sent length)" ]
    [ "$(journalled before)" = '[]' ]
    journal '.[] | select(.subscription == "'"$one"'" and .action == "update") | .before' \
        | cmp - <(cat bytes; echo)
    [ "$(journal 'map(.outcome) | unique | join(" ")')" = done ]
    run -0 piket check

    # Nothing is left to do.
    local writes
    writes=$(sent length)
    state fixed
    apply --register-provider
    [ "$status" -eq 0 ]
    [ "$(sent length)" -eq "$writes" ]
    state again
    same fixed again

    # Everything is as before, or is reported as residue.
    revert
    state after
    jq -n --slurpfile before before.json --slurpfile after after.json \
        '$before[0] | to_entries
        | map(select((.value // {}) != ($after[0][.key] // {})) | .key)' \
        >unlike
    [ "$(report '[.changes[] | select(.outcome == "different")
        | .subscription.id] | sort | tostring')" = "$(jq -r 'sort | tostring' unlike)" ]
    [ "$(report '[.changes[] | select(.outcome == "different" and (.residue | length) == 0)] | length')" -eq 0 ]
    [ "$(report '[.changes[] | select(.outcome == "restored")] | length')" -gt 50 ]
}

@test "what reads back as written and complies is fixed, however slowly Azure answers" {
    start 3 '[{"when": {"method": "PUT"}, "then": {"delay": 300}}]'
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = fixed:3 ]
    [ "$(sent length)" -eq 3 ]
    journalled
    run -0 piket check
}

@test "a write that shows late is waited for, and sent once" {
    start 3 '[{"when": {"method": "PUT"},
        "then": {"write": "later", "visibleAfterReads": 3}}]'
    apply --verify-timeout 60
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = fixed:3 ]
    [ "$(sent length)" -eq 3 ]
}

@test "a write that does not show in time is not fixed" {
    start 3 "$(only 3 '{"write": "later", "visibleAfterReads": 1000}')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:2 unverified:1' ]
    [ "$(outcome 3)" = unverified ]
    [ "$(report '.changes[2].error.code')" = NotShown ]
    [ "$(sent length)" -eq 3 ]
    journalled
}

@test "a write that Azure accepts and loses is not fixed" {
    start 3 "$(only 2 '{"write": "lost"}')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:2 unverified:1' ]
    [ "$(outcome 2)" = unverified ]
    [ "$(sent length)" -eq 3 ]
    [ "$(journal 'map(.outcome) | sort | join(" ")')" = 'done done unverified' ]
}

@test "a write that comes back different is reported member by member" {
    start 3 "$(only 3 '{"write": "changed",
        "properties": {"phone": "+31 6 1", "isEnabled": false}}')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 3)" = different ]
    [ "$(report '.changes[2].residue | map(.member) | sort | join(" ")')" \
        = 'isEnabled phone' ]
    [ "$(report '.changes[2].residue[] | select(.member == "phone")
        | [.intended, .actual] | join(" ")')" = '"+31 20 123 4567" "+31 6 1"' ]
    [ "$(sent length)" -eq 3 ]
}

@test "a phone that Azure keeps is a residue of the reversal" {
    start 3
    apply
    [ "$status" -eq 0 ]
    revert
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'different:1 restored:2' ]
    [ "$(outcome 3)" = different ]
    [ "$(report '.changes[2].residue | map(.member) | join(" ")')" = phone ]
    [ "$(report '.changes[2].residue[0] | [.intended, .actual] | tostring')" \
        = '[null,"\"+31 20 123 4567\""]' ]
    state after
    run -1 same before after
    [ "${lines[0]}" = "$(subscription_id 3)" ]
    [ "${#lines[@]}" -eq 3 ]
}

@test "what Azure keeps for good is not waited for as what may come late" {
    start 3
    apply
    [ "$status" -eq 0 ]
    # Far longer than any test may take.
    APPLY=(--apply --yes --verify-timeout 3600)
    revert
    [ "$(outcomes)" = 'different:1 restored:2' ]
}

@test "a lost answer is found out about by reading, and nothing is sent twice" {
    start 4 "$(jq -nc '[
        {when: {method: "PUT", subscription: "'"$(subscription_id 2)"'"},
         then: {cut: "before-answer"}},
        {when: {method: "PUT", subscription: "'"$(subscription_id 3)"'"},
         then: {cut: "in-body"}},
        {when: {method: "PUT", subscription: "'"$(subscription_id 4)"'"},
         then: {cut: "before-processing"}}]')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 2)" = fixed ]
    [ "$(outcome 3)" = fixed ]
    [ "$(outcome 4)" = unverified ]
    [ "$(sent 'group_by(.subscription) | map(length) | unique | tostring')" = '[1]' ]
    [ "$(sent length)" -eq 4 ]
    journalled
}

@test "an answer of 500 says nothing: what reads back decides" {
    start 3 "$(only 2 '{"status": 500}')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 2)" = unverified ]
    [ "$(report '.changes[1].error.httpStatus')" -eq 500 ]
    [ "$(sent length)" -eq 3 ]
}

@test "what ARM refuses is refused with ARM's reason, and stops no other" {
    start 8 "$(jq -nc '[
        {when: {method: "PUT", subscription: "'"$(subscription_id 2)"'"},
         then: {status: 403}},
        {when: {method: "PUT", subscription: "'"$(subscription_id 6)"'"},
         then: {status: 409, code: "Conflict", message: "busy"}}]')" '
        .subscriptions[2].lock = "ReadOnly"
        | .subscriptions[3].policyDenied = true
        | .subscriptions[4].access = "read"'
    apply --stop-after 50
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:3 refused:5' ]
    [ "$(report '[.changes[] | select(.outcome == "refused") | .error.code] | join(" ")')" \
        = 'AuthorizationFailed ScopeLocked RequestDisallowedByPolicy AuthorizationFailed Conflict' ]
    [ "$(sent 'group_by(.subscription) | map(length) | unique | tostring')" = '[1]' ]
    [ "$(journal 'map(.outcome) | group_by(.) | map("\(.[0]):\(length)") | join(" ")')" \
        = 'done:3 refused:5' ]
}

@test "a throttled write was not processed, and is sent again; not without end" {
    start 3 "$(only 2 '{"status": 429, "retryAfterMs": 1}' \
        | jq -c '.[0].when.first = 2')"
    apply
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = fixed:3 ]
    [ "$(sent '[.[] | select(.status == 429)] | length')" -eq 2 ]
    [ "$(sent length)" -eq 5 ]
    stop_emulator
    STORE=$BATS_TEST_TMPDIR/second.db
    start 3 "$(only 2 '{"status": 429, "retryAfterMs": 1}')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 2)" = refused ]
    [ "$(report '.changes[1].error.httpStatus')" -eq 429 ]
}

@test "what cannot be read again is not written" {
    # The check reads each once; the re-read is the second.
    start 3 "$(jq -nc '[{when: {method: "GET", path: "*securityContacts*",
        subscription: "'"$(subscription_id 2)"'", after: 2},
        then: {status: 403}}]')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 2)" = refused ]
    [ "$(sent '[.[].subscription] | map(.[-1:]) | join("")')" = 13 ]
}

@test "what cannot be read back is not fixed" {
    start 3 "$(jq -nc '[{when: {method: "GET", path: "*securityContacts*",
        subscription: "'"$(subscription_id 2)"'", after: 3},
        then: {status: 403}}]')"
    apply
    [ "$status" -eq 2 ]
    [ "$(outcome 2)" = unverified ]
    [ "$(report '.changes[1].error.code')" = AuthorizationFailed ]
    [ "$(sent length)" -eq 3 ]
}

@test "the first write of 500 that comes back wrong is the only one" {
    local then
    for then in '{"write": "lost"}' '{"write": "changed", "properties":
        {"isEnabled": false}}' '{"status": 500}' '{"status": 403}'; do
        STORE=$BATS_TEST_TMPDIR/$RANDOM.db
        start 500 '[{"when": {"method": "PUT", "first": 1}, "then": '"$then"'}]'
        apply
        [ "$status" -eq 2 ]
        [ "$(sent length)" -eq 1 ]
        [ "$(report '[.changes[] | select(.outcome == "not-sent")] | length')" -eq 499 ]
        [[ $(report .summary.stopped) == *'Sub-0001'*'goes alone'* ]]
        [ "$(journal length)" -eq 1 ]
        stop_emulator
    done
}

@test "a limit counts what is sent" {
    start 12
    apply --limit 3
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:3 not-sent:9' ]
    [ "$(sent length)" -eq 3 ]
    [[ $(report .summary.stopped) == *'9 were left'* ]]
    apply --limit 9
    [ "$status" -eq 0 ]
    [ "$(sent length)" -eq 12 ]
}

@test "after so many failures no further change begins" {
    start 12 '[{"when": {"method": "PUT", "after": 1}, "then": {"status": 403}}]'
    apply --stop-after 2 --concurrency 1
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'fixed:1 not-sent:9 refused:2' ]
    [ "$(sent length)" -eq 3 ]
    [[ $(report .summary.stopped) == '2 changes failed'* ]]
    # Those under way end; of many at a time no more than that are sent.
    apply --stop-after 2 --concurrency 4
    [ "$status" -eq 2 ]
    [ "$(sent length)" -le 7 ]
}

@test "what somebody else changed since the plan is a conflict" {
    start 3
    remediate --save-plan plan.json
    [ "$status" -eq 1 ]
    sign_in
    arm "/subscriptions/$(subscription_id 2)/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" \
        -X PUT -H 'Content-Type: application/json' \
        -d '{"properties": {"emails": "other@contoso.nl"}}' >/dev/null
    state before
    apply_plan plan.json
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'conflict:1 fixed:2' ]
    [ "$(outcome 2)" = conflict ]
    state after
    [ "$(jq -r --arg id "$(subscription_id 2)" '.[$id].default.emails' after.json)" \
        = other@contoso.nl ]
    # The same plan again: what is done is done.
    apply_plan plan.json
    [ "$status" -eq 2 ]
    [ "$(outcomes)" = 'already:2 conflict:1' ]
}

@test "two at once on one store take turns, and write each subscription once" {
    start 20 '[{"when": {"method": "PUT"}, "then": {"delay": 20}}]'
    local first second one=0 two=0
    piket remediate --tenant "$TENANT" --store "$STORE" "${WANTED[@]}" --apply \
        --yes >one 2>&1 3>&- &
    first=$!
    piket remediate --tenant "$TENANT" --store "$STORE" "${WANTED[@]}" --apply \
        --yes >two 2>&1 3>&- &
    second=$!
    wait "$first" || one=$?
    wait "$second" || two=$?
    [ "$one" -eq 0 ] && [ "$two" -eq 0 ]
    [ "$(sent length)" -eq 20 ]
    [ "$(sent '[.[].subscription] | unique | length')" -eq 20 ]
    journalled
    [ "$(journal 'map(.outcome) | unique | join(" ")')" = done ]
    run -0 piket check
}

@test "two at once on stores of their own lose nothing that either was sent for" {
    start 20 '[{"when": {"method": "PUT"}, "then": {"delay": 20}}]'
    local first second
    piket remediate --tenant "$TENANT" --store one.db "${WANTED[@]}" --apply \
        --yes >one 2>&1 3>&- &
    first=$!
    piket remediate --tenant "$TENANT" --store two.db "${WANTED[@]}" --apply \
        --yes >two 2>&1 3>&- &
    second=$!
    wait "$first" || true
    wait "$second" || true
    run -0 piket check
    # Between the two, each write is journalled by whoever sent it.
    [ "$(sent '[.[].subscription] | unique | length')" -eq 20 ]
    local writes
    writes=$(($(STORE=one.db journal length) + $(STORE=two.db journal length)))
    [ "$(sent length)" -eq "$writes" ]
}

@test "each tenant's subscriptions are written with its own token" {
    local other=7c0ffee0-0000-4000-8000-00000000ffff
    start 4 '[]' '.tenants += [.tenants[0] + {id: "'"$other"'", displayName: "Fabrikam"}]
        | .subscriptions[1].tenantId = "'"$other"'"
        | .subscriptions[3].tenantId = "'"$other"'"'
    unset AZURE_TENANT_ID
    apply --tenant "$other"
    [ "$status" -eq 0 ]
    [ "$(outcomes)" = fixed:4 ]
    [ "$(sent 'map(.status) | sort | tostring')" = '[200,200,201,201]' ]
    # One that was not named is not written to.
    stop_emulator
    STORE=$BATS_TEST_TMPDIR/second.db
    start 3 '[]' '.tenants += [.tenants[0] + {id: "'"$other"'", displayName: "Fabrikam"}]
        | .subscriptions[1].tenantId = "'"$other"'"
        | .subscriptions[1].managedByTenants = ["'"$TENANT"'"]'
    unset AZURE_TENANT_ID
    apply
    [ "$(sent '[.[].subscription] | map(.[-1:]) | join("")')" = 13 ]
}
