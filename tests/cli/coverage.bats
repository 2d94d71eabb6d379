#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Whether all subscriptions were seen: the root management group, --expect,
# management groups, and tenants that are delegated by Azure Lighthouse.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-000000000001
OTHER=7c0ffee0-0000-4000-8000-000000000002
GROUPS_PATH=/providers/Microsoft.Management/managementGroups

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS PIKET_CONFIG
    PATH=$PIKET_BUILD:$PATH
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# start [FILTER] ARGS...: the emulator with three subscriptions that can be
# seen, all compliant, and one that cannot: Hidden, number 4. FILTER, in jq,
# changes the estate.
start() {
    local filter=${1:-.}
    [ $# -eq 0 ] || shift
    jq -n --arg tenant "$TENANT" --arg other "$OTHER" '
        def subscription($number; $name): {
            id: "00000000-0000-4000-8000-00000000000\($number)",
            displayName: $name, contacts: [{
                emails: "soc@contoso.nl", phone: "+31201234567",
                isEnabled: true,
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [
                    {sourceType: "Alert", minimalSeverity: "High"}]}]};
        {tenants: [{id: $tenant, displayName: "Contoso",
            defaultDomain: "contoso.nl", clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "secret",
                objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]},
            {id: $other, displayName: "Fabrikam",
             defaultDomain: "fabrikam.nl"}],
         managementGroups: [{id: "mg-zorg", displayName: "Zorg"},
            {id: "mg-lab", displayName: "Lab", parent: "mg-zorg"}],
         pageSize: 2,
         subscriptions: [
            (subscription(1; "Zorg-Prod") + {managementGroup: "mg-zorg"}),
            subscription(2; "Data"), subscription(3; "Kennisnet"),
            (subscription(4; "Hidden")
             + {managementGroup: "mg-lab", listed: false})]}
        | '"$filter" >estate.json
    start_emulator --estate estate.json "$@"
}

# faults JQ: writes a fault file, prints its name.
faults() {
    jq -n --arg id "$(id 4)" "$1" >faults.json
    echo faults.json
}

UNREADABLE='.tenants[0].rootGroupAccess = "none"'
ALL_LISTED='.subscriptions[3].listed = true'
# Three of another tenant, and delegated to this one.
# shellcheck disable=SC2016 # jq's variables
LIGHTHOUSE='.subscriptions += [.subscriptions[:3][]
    | .id |= sub("8000-0"; "8000-1") | .displayName |= "Klant-" + .
    | .tenantId = $other | .managedByTenants = [$tenant]
    | del(.managementGroup)]'

# check ARGS...: with a report as JSON in $output; status as usual.
check() {
    run --separate-stderr piket check --format json "$@"
}

report() { jq -r "$@" <<<"$output"; }
names() { report '.subscriptions | map(.name) | join(" ")'; }
coverage() { report -c '.run.coverage | [.known, .source, .expected, .notVisible]'; }
missing() { report '.subscriptions[] | select(.error.code == "NotVisible") | .name'; }
# sent PATTERN: how many requests had a path that fits.
sent() { jq -r --arg pattern "$1" 'select(.path | test($pattern; "i")) | .path' "$EMULATOR_LOG" | wc -l; }

@test "what is below the root group and not listed is unknown" {
    start
    check
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Data Hidden Kennisnet Zorg-Prod' ]
    [ "$(coverage)" = '[true,"root-management-group",4,1]' ]
    [ "$(report .run.coverage.reason)" = null ]
    [ "$(report .run.complete)" = true ]
    [ "$(report '.summary | [.subscriptions, .compliant, .unknown] | @csv')" = 4,3,1 ]
    [ "$(report '.subscriptions[1] | [.id, .status, .reach, .state, .tenantId]
        | map(. // "null") | join(" ")')" = "$(id 4) unknown unknown null $TENANT" ]
    [ "$(report '.subscriptions[1].error | [.httpStatus, .code] | @csv')" = ',"NotVisible"' ]
    [[ $(report '.subscriptions[1].error.message') == *'root management group'*'can assign Reader or Security Reader'* ]]
    [ "$(report '.subscriptions[1].findings | map(.status) | unique | join(" ")')" = unknown ]
    # Nothing is asked about what cannot be seen.
    [ "$(sent "$(id 4)")" -eq 0 ]
    run piket check
    [ "$status" -eq 2 ]
    [[ $output == *'  Hidden   00000000   NotVisible: expected, but not shown to this identity'* ]]
    [[ $output == *'Coverage: 1 of 4 expected subscriptions is not visible to this identity (root management group)'* ]]
    [[ $output == *'have Reader or Security Reader assigned'*'(1 subscription)'* ]]
    check --fail-on non-compliant
    [ "$status" -eq 0 ]
}

@test "a whole tenant says that it is whole" {
    start "$ALL_LISTED"
    check
    [ "$status" -eq 0 ]
    [ "$(coverage)" = '[true,"root-management-group",4,0]' ]
    run piket check
    [[ $output == *'Coverage: all 4 expected subscriptions are visible (root management group)'* ]]
}

@test "not to know the coverage is no error, and says how to know it" {
    start "$UNREADABLE"
    check
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(names)" = 'Data Kennisnet Zorg-Prod' ]
    [ "$(coverage)" = '[false,null,null,0]' ]
    [[ $(report .run.coverage.reason) == *'403 AuthorizationFailed'*'assign Reader on the root management group, or give --expect FILE' ]]
    [ "$(report .run.retries)" -eq 0 ]
    [ "$(sent descendants)" -eq 1 ]
    run piket check
    [ "$status" -eq 0 ]
    [[ $output == *'Coverage: not known: this identity may not read the root management group (403 AuthorizationFailed)'* ]]
    run --separate-stderr piket check -v
    [[ $stderr == *'root management group: HTTP 403 AuthorizationFailed'*'managementGroups/descendants/read'* ]]
}

@test "it asks for no metadata and no tenants, and for the root group once" {
    start
    check
    [ "$(sent '^/(metadata|tenants|common)')" -eq 0 ]
    [ "$(sent 'well-known')" -eq 0 ]
    [ "$(jq -r 'select(.path | test("managementGroups")) | .path + "?" + .query' "$EMULATOR_LOG" | head -n 1)" \
        = "$GROUPS_PATH/$TENANT/descendants?api-version=2023-04-01" ]
    # Six descendants in pages of two.
    [ "$(sent descendants)" -eq 3 ]
}

@test "reading does not wait for the root group" {
    start . --faults "$(faults '[{when: {path: "*/descendants", first: 1}, then: {delay: 3000}}]')"
    check
    [ "$(coverage)" = '[true,"root-management-group",4,1]' ]
    # The contacts were answered before its first page.
    [ "$(jq -r .path "$EMULATOR_LOG" | grep -n securityContacts | tail -n 1 | cut -d: -f1)" \
        -lt "$(jq -r .path "$EMULATOR_LOG" | grep -n descendants | head -n 1 | cut -d: -f1)" ]
}

@test "a token of one's own says of which tenant it is" {
    start
    sign_in
    AZURE_ACCESS_TOKEN=$TOKEN check
    [ "$(coverage)" = '[true,"root-management-group",4,1]' ]
}

@test "a root group that leads in a circle, or answers nonsense, is not known" {
    local effect
    for effect in '{loopNextLink: true}' '{body: {value: 7}}' '{bodyText: "<html>"}' \
        '{body: {value: [{id: "/subscriptions/../../evil", properties: {}}]}}' \
        '{body: {value: [{name: "x"}]}}' '{status: 404, code: "NotFound"}' '{status: 400}' \
        '{nextLink: "https://evil.example/x"}' '{body: {value: []}}'; do
        start "$ALL_LISTED" --faults "$(faults "[{when: {path: \"*/descendants\"}, then: $effect}]")"
        check
        [ "$status" -eq 0 ] || { echo "$effect: $output" && false; }
        [ "$(report .run.coverage.known)" = false ]
        [ "$(report .run.coverage.reason)" != null ]
        [ "$(report .summary.subscriptions)" -eq 4 ]
        stop_emulator
    done
}

@test "what a broken list names counts nevertheless" {
    start '.pageSize = 5' --faults "$(faults '[{when: {path: "*/descendants", after: 1}, then: {status: 400}}]')"
    # The sixth descendant, Hidden, is on the second page.
    check
    [ "$status" -eq 0 ]
    stop_emulator
    start '.pageSize = 5 | .subscriptions |= [.[3], .[0], .[1], .[2]]' \
        --faults "$(faults '[{when: {path: "*/descendants", after: 1}, then: {status: 400}}]')"
    check
    [ "$status" -eq 2 ]
    [ "$(missing)" = Hidden ]
    [ "$(coverage)" = '[false,null,null,1]' ]
}

@test "duplicates, letter case and hostile names" {
    # shellcheck disable=SC2016 # jq's variable
    start . --faults "$(faults '[{when: {path: "*/descendants"}, then: {body: {value: [
        {id: "/SUBSCRIPTIONS/\($id | ascii_upcase)", properties: {displayName: "Hi\u001b[2Jdden\u202e"}},
        {id: "/subscriptions/\($id)", properties: {displayName: "Twice"}},
        {id: "/subscriptions/00000000-0000-4000-8000-000000000001", properties: null}]}}}]')"
    check
    [ "$(report .summary.subscriptions)" -eq 4 ]
    [ "$(coverage)" = '[true,"root-management-group",2,1]' ]
    run piket check
    [[ $output != *$'\033'* ]]
    [[ $output == *'[2Jdden'* ]]
}

@test "a list that broke off makes nothing invisible" {
    start . --faults "$(faults '[{when: {path: "/subscriptions", after: 1}, then: {status: 400}}]')"
    id 9 >ids
    check --expect ids
    [ "$status" -eq 2 ]
    [ "$(report .run.complete)" = false ]
    [ -z "$(missing)" ]
    [ "$(coverage)" = '[false,null,null,0]' ]
    [[ $(report .run.coverage.reason) == 'the list of subscriptions is not whole'* ]]
}

@test "what is interrupted before the root group answers is not known" {
    start . --faults "$(faults '[{when: {path: "*/descendants"}, then: {delay: 60000}}]')"
    id 9 >ids
    piket check --format json --expect ids >report.json 3>&- &
    local pid=$! result=0
    until [ "$(sent securityContacts)" -ge 3 ]; do sleep 0.05; done
    kill -INT "$pid"
    wait "$pid" || result=$?
    [ "$result" -eq 130 ]
    output=$(cat report.json)
    [ -z "$(missing)" ]
    [ "$(coverage)" = '[false,null,null,0]' ]
    [[ $(report .run.coverage.reason) == 'the root management group could not be read (interrupted)'* ]]
}

@test "an interrupted listing makes nothing invisible" {
    start . --faults "$(faults '[{when: {path: "/subscriptions", after: 1}, then: {delay: 60000}}]')"
    piket check --format json >report.json 3>&- &
    local pid=$! result=0
    until [ "$(sent securityContacts)" -ge 2 ]; do sleep 0.05; done
    kill -INT "$pid"
    wait "$pid" || result=$?
    [ "$result" -eq 130 ]
    output=$(cat report.json)
    [ -z "$(missing)" ]
    [ "$(report .run.coverage.known)" = false ]
}

@test "the scope applies to what is not visible" {
    start
    for word in Hidden hidden 'hid*' "$(id 4)"; do
        check --exclude "$word"
        [ "$status" -eq 0 ]
        [ "$(coverage)" = '[true,"root-management-group",3,0]' ]
        [ "$(report .summary.leftOut.excluded)" -eq 1 ]
    done
    check --subscription Data
    [ "$status" -eq 0 ]
    [ "$(names)" = Data ]
    [ "$(coverage)" = '[true,"root-management-group",1,0]' ]
    check --subscription 'D*' --subscription Hidden
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Data Hidden' ]
    [ "$(coverage)" = '[true,"root-management-group",2,1]' ]
    # Nothing is read where a name is wrong.
    local before
    before=$(sent securityContacts)
    check --subscription Data --subscription Nowhere
    [ "$status" -eq 3 ]
    [ "$(sent securityContacts)" -eq "$before" ]
}

@test "a management group of the scope knows its own" {
    start "$UNREADABLE"
    check --management-group mg-zorg
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Hidden Zorg-Prod' ]
    [ "$(coverage)" = '[true,"management-groups",2,1]' ]
    [[ $(report '.subscriptions[0].error.message') == *"below management group 'mg-zorg'"* ]]
    [ "$(report '.subscriptions[0].tenantId')" = "$TENANT" ]
    # The root group has nothing to add.
    [ "$(sent "managementGroups/$TENANT")" -eq 0 ]
    # Beside a single subscription it has.
    check --management-group mg-zorg --subscription Data
    [ "$(names)" = 'Data Hidden Zorg-Prod' ]
    [ "$(report .run.coverage.known)" = false ]
    [ "$(sent "managementGroups/$TENANT")" -eq 1 ]
}

@test "a management group without a role is refused, by name" {
    start '.managementGroups[0].access = "none"'
    check --management-group mg-zorg
    [ "$status" -eq 3 ]
    [[ $stderr == *"--management-group: management group 'mg-zorg': HTTP 403 AuthorizationFailed"* ]]
}

@test "--expect takes ids, one a line" {
    start "$UNREADABLE"
    printf '\xef\xbb\xbf# all of ours\r\n%s\r\n\r\n  %s  # Data\r\n/subscriptions/%s\r\n' \
        "$(id 1)" "$(id 2 | tr a-f A-F)" "$(id 9)" >ids
    check --expect ids
    [ "$status" -eq 2 ]
    [ "$(coverage)" = '[true,"expected-file",3,1]' ]
    [ "$(report '.subscriptions[0] | [.id, .name, .error.code] | join(",")')" = "$(id 9),,NotVisible" ]
    [[ $(report '.subscriptions[0].error.message') == 'ids names it, '* ]]
    printf '%s\n' "$(id 1)" "$(id 2)" "$(id 2)" "$(id 3)" >ids
    check --expect ids
    [ "$status" -eq 0 ]
    [ "$(coverage)" = '[true,"expected-file",3,0]' ]
    run piket check --expect ids
    [[ $output == *'Coverage: all 3 expected subscriptions are visible (--expect)'* ]]
}

@test "--expect takes a CSV, as the portal exports it" {
    start "$UNREADABLE"
    printf '"SUBSCRIPTION NAME","SUBSCRIPTION ID","MY ROLE"\r\n"Data",%s,"Owner, and more"\r\n"Gone, ""really""",%s,\n,,\n' \
        "$(id 2)" "$(id 9)" >export.csv
    check --expect export.csv
    [ "$status" -eq 2 ]
    [ "$(missing)" = 'Gone, "really"' ]
    printf 'name;subscriptionId\nData;%s\nElsewhere;%s' "$(id 2)" "$(id 8)" >export.csv
    check --expect export.csv
    [ "$(missing)" = Elsewhere ]
    check --expect export.csv --exclude elsewhere
    [ "$status" -eq 0 ]
    printf 'id\tdisplayName\n/subscriptions/%s\tTabbed\n' "$(id 8)" >export.csv
    check --expect export.csv
    [ "$(missing)" = Tabbed ]
}

@test "an unusable --expect names file, line and what is wrong" {
    start
    fails_with() {
        run --separate-stderr piket check --expect list
        [ "$status" -eq 3 ]
        [ -z "$output" ]
        [[ $stderr == *"$1"* ]] || { echo "$stderr" && false; }
    }
    printf '%s\nData\n' "$(id 1)" >list
    fails_with "--expect: list:2: 'Data' is not the id of a subscription"
    [[ $stderr == *"header with a column 'subscriptionId'"* ]]
    printf 'id,name\n%s,a\n\n"x\ny",b\n' "$(id 1)" >list
    fails_with "list:4: 'x y' is not the id"
    printf 'name,id\nData,\n' >list
    fails_with "list:2: '' is not the id"
    printf 'id,name\n%s,"open\n' "$(id 1)" >list
    fails_with 'list:2: the quotes opened here do not end'
    printf '# nothing\n' >list
    fails_with 'list: names no subscription'
    printf 'i\0d\0' >list
    fails_with 'list: holds NUL bytes'
    rm list
    fails_with 'list: No such file'
    [ "$(sent .)" -eq 0 ]
    run piket check --expect a --expect b
    [ "$status" -eq 64 ]
}

@test "two sources are one" {
    start
    printf 'id,name\n%s,Ours\n%s,Other name\n%s,Data\n' "$(id 9)" "$(id 4)" "$(id 2)" >list.csv
    check --expect list.csv
    [ "$status" -eq 2 ]
    [ "$(missing | xargs -d '\n')" = 'Other name Ours' ]
    [ "$(coverage)" = '[true,"root-management-group+expected-file",5,2]' ]
}

@test "no subscription at all, but some expected" {
    start '.subscriptions[].listed = false'
    check
    [ "$status" -eq 2 ]
    [ "$(coverage)" = '[true,"root-management-group",4,4]' ]
    [ "$(report .summary.unknown)" -eq 4 ]
}

@test "a mute does not hide what is not visible" {
    start
    printf 'version: 1\nmutes: [{subscription: Hidden, requirement: "*", reason: x, until: 2999-12-31}]\n' >piket.yaml
    check
    [ "$status" -eq 2 ]
    [ "$(missing)" = Hidden ]
    [ "$(report -c .run.notes)" = '[]' ]
}

@test "delegated tenants are checked, and shown as such" {
    start "$ALL_LISTED | $LIGHTHOUSE"
    check
    [ "$status" -eq 0 ]
    [ "$(report .summary.subscriptions)" -eq 7 ]
    [ "$(report -c '.run.tenants | map([.id, .credential, .delegated])')" \
        = "[[\"$TENANT\",\"EnvironmentCredential\",false],[\"$OTHER\",null,true]]" ]
    [ "$(report -c '[.subscriptions[] | select(.tenantId == "'"$OTHER"'") | .name]')" \
        = '["Klant-Data","Klant-Kennisnet","Klant-Zorg-Prod"]' ]
    # They are below another root group, and no gap in this one.
    [ "$(coverage)" = '[true,"root-management-group",4,0]' ]
    run piket check --all
    [[ ${lines[0]} == *'   7c0ffee0 and 1 by Azure Lighthouse   profile'* ]]
    printf 'version: 1\ntenant: %s\n' "$TENANT" >piket.yaml
    check
    [ "$(report -c .run.notes)" = '[]' ]
}

@test "--tenant leaves out what is delegated, and counts it" {
    start "$ALL_LISTED | $LIGHTHOUSE"
    check --tenant "$TENANT"
    [ "$status" -eq 0 ]
    [ "$(report -c '[.summary.subscriptions, .summary.leftOut]')" = '[4,{"excluded":0,"otherTenants":3}]' ]
    [ "$(report '.run.tenants | length')" -eq 1 ]
    [ "$(sent 8000-1)" -eq 0 ]
    run piket check --tenant "$TENANT"
    [[ $output == *'; 3 of other tenants left out'* ]]
    # By its domain, too: the token says which tenant that is.
    check --tenant contoso.nl --exclude Data
    [ "$(report -c .summary.leftOut)" = '{"excluded":1,"otherTenants":3}' ]
    # Names that only other tenants have exist nevertheless.
    check --tenant "$TENANT" --subscription 'Klant-*' --subscription Data
    [ "$(names)" = Data ]
}

@test "subscriptions of several tenants stand together in the text report" {
    start "$ALL_LISTED | $LIGHTHOUSE | del(.subscriptions[].contacts)"
    run piket check
    [ "$status" -eq 1 ]
    [ "$(grep -c "no security contact" <<<"$output")" -eq 7 ]
    # Each row names its tenant, and those of one stand in one block.
    [ "$(grep 'no security contact$' <<<"$output" | awk '{ print $3 }' | uniq | wc -l)" -eq 2 ]
}
