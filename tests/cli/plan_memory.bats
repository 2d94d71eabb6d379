#!/usr/bin/env bats
# A plan made where memory runs out at any moment of our own code: no change
# that is not as it should be, and none that is lost without a word.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS PIKET_CONFIG PIKET_STORE
    export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    cd "$BATS_TEST_TMPDIR" || return 1
    MODULE=$PIKET_BUILD/tests/fault/fail_allocation.so
}

teardown() { stop_emulator; }

# The module needs libc's allocator; the sanitizers replace it.
can_fail() {
    [ -e "$MODULE" ] || ! grep -q 'b_sanitize.*address' \
        "$PIKET_BUILD/meson-info/intro-buildoptions.json"
}

# A dropped address, an unregistered provider, contacts that lack something or
# all.
start() {
    start_emulator --generate 6 --seed 3 --write-estate made.json
    stop_emulator
    jq '.subscriptions[0].contacts = []
        | .subscriptions[1].contacts = [{name: "default", isEnabled: false,
            emails: "soc contoso.nl;jan@mailbox.example", phone: "112",
            notificationsByRole: {state: "Off", roles: ["Contributor"]}}]
        | .subscriptions[2].registered = false' made.json >estate.json
    start_emulator --estate estate.json
}

OPTIONS=(--email soc@contoso.nl --phone '+31 20 123 4567' --register-provider)

# survive "FIRST STEP" ARGS...: however the allocations of this command fail,
# one by one. Each subscription of the whole plan is there with the same change,
# or unreadable; one may be missing where the plan says that the list is.
survive() {
    local which=$1
    shift
    LD_PRELOAD=$MODULE PIKET_FAIL_EACH=$which PIKET_FAIL_RESULTS=results \
        "$PIKET_BUILD/piket" remediate --format json --timeout 5 "$@"
    head -n 1 results | jq -e '.total > 100 and (.out.text | fromjson.changes
        | length >= 3 and any(.[]; .drops != [])
          and any(.[]; .action == "register"))'
    # shellcheck disable=SC2016 # jq's variables
    jq -en '
        def whole($whole): .plan.complete as $complete
            | (.changes | INDEX(.subscription.id)) as $changes
            | (.obstacles | INDEX(.subscription.id)) as $obstacles
            | all($whole.changes[]; . as $expected | .subscription.id as $id
                  | $changes[$id] == $expected
                    or $obstacles[$id].reason == "unreadable"
                    or ($changes[$id] == null and $complete == false));
        (input.out.text | fromjson) as $whole | [inputs
            | select(((.status | IN(0, 1, 2))
                      and (.out.same or (.out.text | fromjson | whole($whole)))
                      or ((.status == 3 or .status == 64) and .err.text != ""))
                     | not)
            | {n, total, status, err: .err.text}]
        | if . == [] then true else (.[:3] | debug | false) end' results
}

@test "a plan is whole, or says what it lacks, whichever allocation fails" {
    can_fail || return 0
    start
    survive '1 3' "${OPTIONS[@]}"
}

@test "a plan that was kept is whole or refused, whichever allocation fails" {
    can_fail || return 0
    start
    "$PIKET_BUILD/piket" remediate "${OPTIONS[@]}" --save-plan whole.plan \
        >/dev/null || [ $? -eq 1 ]
    # Showing it needs no network.
    stop_emulator
    survive '1 1' --plan whole.plan
}
