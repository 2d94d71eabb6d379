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

# same OUT: each subscription of the whole plan is there with the same change,
# or unreadable; one may be missing where the plan says that the list is.
same() {
    jq -es --slurpfile whole whole.json '
        .[0].plan.complete as $complete
        | (.[0].changes | INDEX(.subscription.id)) as $changes
        | (.[0].obstacles | INDEX(.subscription.id)) as $obstacles
        | all($whole[0].changes[]; . as $expected | .subscription.id as $id
              | $changes[$id] == $expected
                or $obstacles[$id].reason == "unreadable"
                or ($changes[$id] == null and $complete == false))' \
        "$1" >/dev/null
}

# survive ARGS...: however the allocations of this command fail, one by one.
survive() {
    local total n result
    env LD_PRELOAD="$MODULE" PIKET_COUNT_ALLOCATIONS=count \
        "$PIKET_BUILD/piket" remediate --format json "$@" >whole.json \
        || [ $? -eq 1 ]
    jq -e '.changes | length >= 3 and any(.[]; .drops != [])
           and any(.[]; .action == "register")' whole.json
    total=$(cat count)
    [ "$total" -gt 100 ]
    for ((n = 1; n <= total; n++)); do
        result=0
        LD_PRELOAD=$MODULE PIKET_FAIL_ALLOCATION=$n timeout 20 \
            "$PIKET_BUILD/piket" remediate --format json --timeout 5 "$@" \
            >out 2>err || result=$?
        case $result in
        0 | 1 | 2) same out && continue ;;
        3 | 64) [ -s err ] && continue ;;
        esac
        echo "allocation $n of $total: status $result"
        cat err
        return 1
    done
}

@test "a plan is whole, or says what it lacks, whichever allocation fails" {
    can_fail || return 0
    start
    survive "${OPTIONS[@]}"
}

@test "a plan that was kept is whole or refused, whichever allocation fails" {
    can_fail || return 0
    start
    "$PIKET_BUILD/piket" remediate "${OPTIONS[@]}" --save-plan whole.plan \
        >/dev/null || [ $? -eq 1 ]
    # Showing it needs no network.
    stop_emulator
    survive --plan whole.plan
}
