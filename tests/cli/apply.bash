# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the proofs of remediate --apply share; after helpers.bash.

WITNESS=$PIKET_ROOT/tests/cli/witness.py
TENANT=7c0ffee0-0000-4000-8000-00000000abcd

apply_setup() {
    # Nothing of the caller's may sign in here, nor configure, nor be written.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG \
        PIKET_STORE
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    STORE=$BATS_TEST_TMPDIR/piket.db
    REPORT=$BATS_TEST_TMPDIR/report.json
    cd "$BATS_TEST_TMPDIR" || return 1
}

# subscription_id NUMBER
subscription_id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# estate COUNT [FILTER]: a file with so many subscriptions that do not comply:
# of three one without a contact, one that is switched off, one without a
# phone. FILTER, in jq, changes it; $one, $two, … are the first ids.
estate() {
    jq -n --argjson count "$1" --arg tenant "$TENANT" \
        --arg one "$(subscription_id 1)" --arg two "$(subscription_id 2)" \
        --arg three "$(subscription_id 3)" '
        def pad($n): tostring | (("0" * ($n - length)) // "") + .;
        def contact: {name: "default", isEnabled: true,
            emails: "old@contoso.nl", phone: "+31 10 765 4321",
            notificationsByRole: {state: "On", roles: ["Owner"]},
            notificationsSources: [{sourceType: "Alert",
                                    minimalSeverity: "High"}]};
        {tenants: [{id: $tenant, displayName: "Contoso", clients: [{
            clientId: "c11e4715-0000-4000-8000-00000000abcd",
            secret: "secret",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
         subscriptions: [range(1; $count + 1) | {
            id: ("00000000-0000-4000-8000-" + pad(12)),
            displayName: ("Sub-" + pad(4)), tenantId: $tenant,
            contacts: (if . % 3 == 1 then []
                       elif . % 3 == 2 then [contact + {isEnabled: false}]
                       else [contact | del(.phone)] end)}]}
        | '"${2:-.}" >"$BATS_TEST_TMPDIR/estate.json"
    echo "$BATS_TEST_TMPDIR/estate.json"
}

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# start COUNT FAULTS [FILTER]: an emulator with such an estate, as it was
# before in $BATS_TEST_TMPDIR/before.json.
start() {
    start_emulator --estate "$(estate "$1" "${3:-.}")" \
        --faults "$(faults "${2:-[]}")"
    state before
    WRITES=0
}

# state NAME: what the emulator holds now, in $BATS_TEST_TMPDIR/NAME.json.
state() {
    python3 "$WITNESS" state "$EMULATOR_DIR/ready.json" \
        "$BATS_TEST_TMPDIR/$1.json"
}

# same NAME NAME: whether it held the same then.
same() {
    python3 "$WITNESS" same "$BATS_TEST_TMPDIR/$1.json" \
        "$BATS_TEST_TMPDIR/$2.json"
}

WANTED=(--email soc@contoso.nl --phone '+31 20 123 4567')

# piket ARGS...
piket() { "$PIKET_BUILD/piket" "$@"; }

# change COMMAND ARGS...: what it reports is in $REPORT.
change() {
    rm -f "$REPORT"
    run --separate-stderr piket "$@" --tenant "$TENANT" --store "$STORE" \
        --format json --output "$REPORT"
    # Shown where a test fails.
    echo "status $status"
    echo "$stderr"
    [ ! -s "$REPORT" ] || jq -c '[.summary?, (.changes[] | [.outcome, .error,
        .residue])]' "$REPORT" | head -c 500
}

APPLY=(--apply --yes --verify-timeout 1)

# remediate ARGS...: shows what it would do.
remediate() { change remediate "${WANTED[@]}" "$@"; }

# apply ARGS..., apply_plan FILE, revert ARGS...: do it.
apply() { remediate "${APPLY[@]}" "$@"; }
apply_plan() { change remediate --plan "$1" "${APPLY[@]}"; }
revert() { change revert "${APPLY[@]}" "$@"; }

# report FILTER: what the last one says, as jq prints it.
report() { jq -r "$1" "$REPORT"; }

# outcomes: "fixed:2 refused:1" of the last report.
outcomes() {
    report '[.changes[].outcome] | group_by(.)
        | map("\(.[0]):\(length)") | join(" ")'
}

# outcome NUMBER: of this subscription.
outcome() {
    report '.changes[] | select(.subscription.id == "'"$(subscription_id "$1")"'")
        | .outcome'
}

# sent FILTER: the writes in the emulator's log, through jq.
sent() { python3 "$WITNESS" sent "$EMULATOR_LOG" | jq -r "$1"; }

# journal FILTER: the journalled changes, through jq.
journal() { python3 "$WITNESS" journal "$STORE" | jq -r "$1"; }

# journalled: whether each write has its before-image in the journal, as the
# state NAME has it.
journalled() {
    python3 "$WITNESS" journalled "$EMULATOR_LOG" "$STORE" \
        "$BATS_TEST_TMPDIR/${1:-before}.json"
}
