#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Several tenants in one run: a sign-in for each, one report; a tenant that
# cannot be signed in to; subscriptions that are seen through two of them.

bats_require_minimum_version 1.5.0
load helpers

CONTOSO=7c0ffee0-0000-4000-8000-000000000001
FABRIKAM=7c0ffee0-0000-4000-8000-000000000002
WOODGROVE=7c0ffee0-0000-4000-8000-000000000003

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS PIKET_CONFIG
    PATH=$PIKET_BUILD:$PATH
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

# start [FILTER] ARGS...: three tenants with the same application, and two
# subscriptions each, all compliant. FILTER, in jq, changes the estate.
start() {
    local filter=${1:-.}
    [ $# -eq 0 ] || shift
    jq -n --arg contoso "$CONTOSO" --arg fabrikam "$FABRIKAM" \
        --arg woodgrove "$WOODGROVE" '
        def tenant($id; $name): {id: $id, displayName: $name,
            defaultDomain: ($name | ascii_downcase + ".nl"), clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "secret",
                objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]};
        def subscription($number; $name; $tenant): {
            id: "00000000-0000-4000-8000-00000000000\($number)",
            displayName: $name, tenantId: $tenant, contacts: [{
                emails: "soc@contoso.nl", phone: "+31201234567",
                isEnabled: true,
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [
                    {sourceType: "Alert", minimalSeverity: "High"}]}]};
        {tenants: [tenant($contoso; "Contoso"), tenant($fabrikam; "Fabrikam"),
            tenant($woodgrove; "Woodgrove")],
         subscriptions: [
            subscription(1; "Zorg"; $contoso), subscription(2; "Data"; $contoso),
            subscription(3; "Web"; $fabrikam), subscription(4; "Lab"; $fabrikam),
            subscription(5; "Net"; $woodgrove),
            subscription(6; "Ops"; $woodgrove)]}
        | '"$filter" >estate.json
    start_emulator --estate estate.json "$@"
    unset AZURE_TENANT_ID
}

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

check() { run --separate-stderr piket check --format json "$@"; }
report() { jq -r "$@" <<<"$output"; }
names() { report '.subscriptions | map(.name) | join(" ")'; }
tenants() { report '.run.tenants | map(.id[-1:] + (if .delegated then "d" else "" end)) | join(" ")'; }
# reads NUMBER: how often the contact of this subscription was read.
reads() { jq -r .path "$EMULATOR_LOG" | grep -c "$(id "$1").*securityContacts" || true; }

@test "each tenant is signed in to, and there is one report" {
    start
    check --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [ "$status" -eq 0 ]
    [ "$(names)" = 'Data Lab Web Zorg' ]
    [ "$(tenants)" = '1 2' ]
    [ "$(report '.run.tenants | map(.credential) | unique | join(" ")')" = EnvironmentCredential ]
    [ "$(report '.run.tenants | map(.error) | unique | tostring')" = '[null]' ]
    [ "$(jq -r 'select(.path | endswith("/token")) | .path' "$EMULATOR_LOG" | sort | xargs)" \
        = "/$CONTOSO/oauth2/v2.0/token /$FABRIKAM/oauth2/v2.0/token" ]
    [ "$(report .run.requests)" -eq "$(grep -vc '/token"' "$EMULATOR_LOG")" ]
    run --separate-stderr piket check --all --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [[ $output == *'2 tenants'* ]]
    [[ $output == *'4 subscriptions: 4 compliant'* ]]
}

@test "one tenant by its id and by its domain is not counted twice" {
    start
    check --tenant "$CONTOSO" --tenant fabrikam.nl
    [ "$status" -eq 0 ]
    check --tenant contoso.nl --tenant "$CONTOSO"
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ $stderr == *"--tenant: 'contoso.nl' and '$CONTOSO' are the same tenant, $CONTOSO"* ]]
    [[ $stderr == *'give each tenant once'* ]]
}

@test "a tenant that cannot be signed in to makes the run incomplete" {
    start '.tenants[1].clients[0].secret = "another"'
    check --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Data Zorg' ]
    [ "$(tenants)" = '1 2' ]
    [ "$(report '.run.tenants[0].error')" = null ]
    [[ $(report '.run.tenants[1].error') == *'EnvironmentCredential: '*AADSTS7000215*'AZURE_CLIENT_SECRET'* ]]
    [ "$(report .run.complete)" = false ]
    [ "$(report .run.coverage.known)" = false ]
    [ "$(report .summary.status)" = unknown ]
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --fail-on non-compliant
    [ "$status" -eq 2 ]
    run --separate-stderr piket check --tenant "$FABRIKAM" --tenant "$CONTOSO"
    [ "$status" -eq 2 ]
    [[ $output == *'Error: '*'could not be read: EnvironmentCredential: '* ]]
}

@test "where no tenant can be signed in to there is no report" {
    start
    export AZURE_CLIENT_SECRET=another
    check --tenant "$CONTOSO" --tenant fabrikam.nl
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ $stderr == *"tenant $CONTOSO: "*AADSTS7000215* ]]
    [[ $stderr == *'tenant fabrikam.nl: '*AADSTS7000215* ]]
}

@test "a tenant whose list does not come is lost, and the others are not" {
    printf '[{"when": {"path": "/subscriptions", "first": 1},
        "then": {"status": 403}}]' >faults.json
    start . --faults faults.json
    check --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [ "$status" -eq 2 ]
    [ "$(report '.subscriptions | length')" -eq 2 ]
    [ "$(report '[.run.tenants[] | select(.error != null)] | length')" -eq 1 ]
    [[ $(report '.run.tenants[] | .error // empty') == *'list subscriptions'*'Security Reader'* ]]
}

@test "what is delegated from one tenant of the run to another is read once" {
    start '.subscriptions[2,3].managedByTenants = [$contoso]'
    check --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [ "$status" -eq 0 ]
    [ "$(names)" = 'Data Lab Web Zorg' ]
    [ "$(tenants)" = '1 2' ]
    [ "$(reads 3)" -eq 1 ]
    [ "$(reads 4)" -eq 1 ]
    [ "$(report .summary.leftOut.otherTenants)" -eq 0 ]
}

@test "what its own tenant does not show is read through the other one" {
    # Whichever is asked first shows nothing; each delegates to the other.
    printf '[{"when": {"path": "/subscriptions", "first": 1},
        "then": {"body": {"value": []}}}]' >faults.json
    start '.subscriptions[0,1].managedByTenants = [$fabrikam]
        | .subscriptions[2,3].managedByTenants = [$contoso]' --faults faults.json
    check --tenant "$CONTOSO" --tenant "$FABRIKAM"
    [ "$status" -eq 0 ]
    [ "$(names)" = 'Data Lab Web Zorg' ]
    local number
    for number in 1 2 3 4; do
        [ "$(reads $number)" -eq 1 ]
    done
    [ "$(report -c '.run.coverage | [.known, .expected, .notVisible]')" = '[true,4,0]' ]
}

@test "what is of a tenant that nobody asked for is left out, and counted once" {
    start '.subscriptions[2].managedByTenants = [$contoso, $woodgrove]'
    check --tenant "$CONTOSO" --tenant "$WOODGROVE"
    [ "$status" -eq 0 ]
    [ "$(names)" = 'Data Net Ops Zorg' ]
    [ "$(report .summary.leftOut.otherTenants)" -eq 1 ]
    [ "$(reads 3)" -eq 0 ]
}

@test "a name in the scope may be of any of the tenants" {
    start
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --subscription Zorg --subscription Lab
    [ "$status" -eq 0 ]
    [ "$(names)" = 'Lab Zorg' ]
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --exclude Zorg
    [ "$(names)" = 'Data Lab Web' ]
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --subscription Labb
    [ "$status" -eq 3 ]
    [[ $stderr == *Labb* ]]
    [[ $stderr == *Lab* ]]
}

@test "a user's list speaks for all tenants" {
    start
    { id 1; echo; id 3; echo; id 9; echo; } >ids
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --expect ids
    [ "$status" -eq 2 ]
    [ "$(report '.subscriptions[] | select(.error.code == "NotVisible") | .id')" = "$(id 9)" ]
    [ "$(report .summary.unknown)" -eq 1 ]
    [ "$(report .run.coverage.known)" = true ]
    [ "$(report .run.coverage.notVisible)" -eq 1 ]
}

@test "a list is no witness against a tenant that is lost" {
    start '.tenants[1].clients[0].secret = "another"'
    { id 1; echo; id 3; echo; } >ids
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --expect ids
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Data Zorg' ]
    [ "$(report .run.coverage.known)" = false ]
}

@test "an interrupt ends all of them" {
    printf '[{"when": {"path": "*securityContacts"}, "then": {"delay": 60000}}]' >faults.json
    start . --faults faults.json
    piket check --format json --tenant "$CONTOSO" --tenant "$FABRIKAM" >report.json 3>&- &
    local pid=$! result=0
    until [ "$(grep -c securityContacts "$EMULATOR_LOG" || true)" -ge 1 ] ||
        [ "$(grep -c '"path":"/subscriptions"' "$EMULATOR_LOG" || true)" -ge 2 ]; do
        sleep 0.05
    done
    kill -TERM "$pid"
    wait "$pid" || result=$?
    [ "$result" -eq 143 ]
    jq -e '.run.complete | not' report.json
}

@test "the same tenant twice, too many, and groups of nobody knows which are errors" {
    start
    check --tenant "$CONTOSO" --tenant "$CONTOSO"
    [ "$status" -eq 64 ]
    [[ $stderr == *'is given twice'* ]]
    # shellcheck disable=SC2046 # many words are meant
    check $(for i in $(seq 65); do echo "--tenant t$i.nl"; done)
    [ "$status" -eq 64 ]
    [[ $stderr == *'at most 64 tenants'* ]]
    check --tenant "$CONTOSO" --tenant "$FABRIKAM" --management-group mg-zorg
    [ "$status" -eq 3 ]
    [[ $stderr == *'--management-group: a management group belongs to one tenant'* ]]
    local command
    for command in doctor 'init --output new.yaml'; do
        # shellcheck disable=SC2086 # several words are meant
        run --separate-stderr piket $command --tenant "$CONTOSO" --tenant "$FABRIKAM"
        [ "$status" -eq 3 ]
        [[ $stderr == *'--tenant: this command takes one tenant only'* ]]
    done
    [ ! -s "$EMULATOR_LOG" ]
}
