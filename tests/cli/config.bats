#!/usr/bin/env bats
# The configuration and the scope: what is found, what is sent, what is said.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    # Nothing of the caller's may sign in here, nor configure.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    stop_emulator
}

piket() { "$PIKET_BUILD/piket" "$@"; }

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    rm -f "$REPORT"
    run --separate-stderr piket check --format json --output "$REPORT" "$@"
}

# report FILTER: what the last check says, as jq prints it.
report() { jq -r "$1" "$REPORT"; }

# names: the subscriptions that the last check reports.
names() { report '[.subscriptions[].name] | join(" ")'; }

# config LINES: writes piket.yaml, whose version is given.
config() { printf 'version: 1\n%s\n' "$1" >piket.yaml; }

# contacts_read: the subscriptions whose contact was asked for, by number.
contacts_read() {
    jq -r 'select(.path | test("securityContacts")) | .path
        | capture("/subscriptions/(?<id>[^/]*)").id[-1:]' "$EMULATOR_LOG" \
        | sort -u | tr -d '\n'
}

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# start: five subscriptions, of which Zorg-Prod lies below the group mg-zorg,
# and Zorg-Lab below its child. None notifies owners; nothing else is wrong.
start() {
    jq -n --arg tenant "$TENANT" '
        def subscription($number; $name): {
            id: "00000000-0000-4000-8000-00000000000\($number)",
            displayName: $name, contacts: [{name: "default",
                isEnabled: true, emails: "soc@contoso.nl",
                phone: "+31 20 123 4567",
                notificationsByRole: {state: "Off", roles: []},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]};
        {tenants: [{id: $tenant, displayName: "Contoso", clients: [{
            clientId: "c11e4715-0000-4000-8000-00000000abcd",
            secret: "secret",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
         managementGroups: [{id: "mg-zorg", displayName: "Zorg"},
            {id: "mg-lab", displayName: "Lab", parent: "mg-zorg"},
            {id: "mg-empty", displayName: "Empty"}],
         pageSize: 2,
         subscriptions: [
            (subscription(1; "Zorg-Prod") + {managementGroup: "mg-zorg"}),
            (subscription(2; "Zorg-Lab") + {managementGroup: "mg-lab"}),
            subscription(3; "Data"), subscription(4; "Data"),
            subscription(5; "Kennisnet-Sandbox")]}' >estate.json
    start_emulator --estate estate.json "$@"
}

@test "piket.yaml in the working directory is found, and named" {
    start
    check
    [ "$status" -eq 1 ]
    [ "$(report .run.config)" = null ]
    config 'requirements: {drop: [owner-notified]}'
    check
    [ "$status" -eq 0 ]
    [ "$(report .run.config)" = piket.yaml ]
    [ "$(report '.run.notes[0]')" \
        = 'profile baseline-nl is adjusted by piket.yaml: drops owner-notified' ]
    run piket check
    [[ ${lines[0]} == *'   piket.yaml' ]]
}

@test "--config wins over PIKET_CONFIG, which wins over the working directory" {
    start
    config 'profile: strict'
    printf 'version: 1\nprofile: conformity\n' >environment.yaml
    printf '{"version": 1, "profile": "cis-5.0"}' >option.json
    check
    [ "$(report .run.profile)" = strict ]
    PIKET_CONFIG=environment.yaml check
    [ "$(report .run.profile)" = conformity ]
    PIKET_CONFIG=environment.yaml check --config option.json
    [ "$(report .run.profile)" = cis-5.0 ]
    [ "$(report .run.config)" = option.json ]
    check --profile cis-2.0
    [ "$(report .run.profile)" = cis-2.0 ]
}

@test "an error in the configuration ends with 3, and nothing is sent" {
    start
    config 'profil: strict'
    check
    [ "$status" -eq 3 ]
    [ "$stderr" = "piket: piket.yaml:2: profil: there is no such key
       did you mean 'profile'?" ]
    check --config missing.yaml
    [ "$status" -eq 3 ]
    [ "$stderr" = 'piket: read the configuration: missing.yaml: No such file or directory' ]
    PIKET_CONFIG=. check
    [ "$status" -eq 3 ]
    [[ $stderr == *'.: is not a regular file
       PIKET_CONFIG names this file: mend it, or unset it' ]]
    [ ! -s "$EMULATOR_LOG" ]
}

@test "an error in a terminal's control characters is shown without them" {
    printf 'version: 1\nprofile: "\\e[2Jx"\n' >piket.yaml
    run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr != *$'\e'* ]]
}

@test "wrong options end with 64" {
    local words
    for words in '--management-group a/b' '--subscription' '--config'; do
        # shellcheck disable=SC2086 # several words are meant
        run --separate-stderr piket check $words
        [ "$status" -eq 64 ]
        [ -z "$output" ]
    done
    run --separate-stderr piket check --exclude ''
    [ "$status" -eq 64 ]
    [[ $stderr == *'--exclude: must not be empty'* ]]
}

@test "--print-config shows each value's origin, without Azure" {
    run --separate-stderr piket check --print-config
    [ "$status" -eq 0 ]
    [[ $output =~ 'profile: "baseline-nl"'\ +'# default' ]]
    [[ $output == *'# configuration file: none'* ]]
    config 'profile: cis-5.0
thresholds: {alerts_of: Low}
scope: {exclude: ["*-Sandbox"], management_groups: [mg-zorg]}
mutes:
  - {subscription: "a \"b\"", requirement: "*", reason: x, until: 2027-03-01}'
    PIKET_CONFIG=piket.yaml run --separate-stderr piket check --print-config \
        --exclude Data --subscription 'Zorg-*'
    [ "$status" -eq 0 ]
    [[ $output =~ 'configuration file: piket.yaml'\ +'# environment' ]]
    [[ $output =~ 'profile: "cis-5.0"'\ +'# file' ]]
    [[ $output =~ 'alerts_of: Low'\ +'# file' ]]
    [[ $output =~ 'attack_paths_of: Critical'\ +'# profile' ]]
    [[ $output =~ 'subscriptions: ["Zorg-*"]'\ +'# option' ]]
    [[ $output =~ 'exclude: ["*-Sandbox", "Data"]'\ +'# file and option' ]]
    [[ $output == *'# scope.management_groups: not set'* ]]
    # What is printed can be read again, and means the same.
    printf '%s\n' "$output" >again.yaml
    run piket check --print-config --config again.yaml
    [ "$status" -eq 0 ]
    [ "$(sed 's/ *# [a-z ]*$//; 1d' <<<"$output")" \
        = "$(sed 's/ *# [a-z ]*$//; 1d' again.yaml)" ]
}

@test "nothing is read of what is excluded, and it is counted" {
    start
    config 'scope: {exclude: ["*-sandbox"]}'
    check --exclude "$(id 3)"
    [ "$status" -eq 1 ]
    [ "$(names)" = 'Data Zorg-Lab Zorg-Prod' ]
    [ "$(report .summary.leftOut.excluded)" -eq 2 ]
    [ "$(contacts_read)" = 124 ]
    run piket check
    [[ $output == *'; 1 left out by the scope'* ]]
}

@test "inclusions by name, id and glob; those of the command line replace" {
    start
    config 'scope: {subscriptions: [kennisnet-sandbox]}'
    check
    [ "$(names)" = Kennisnet-Sandbox ]
    [ "$(report .summary.leftOut.excluded)" -eq 4 ]
    [ "$(contacts_read)" = 5 ]
    check --subscription 'zorg-*' --subscription "$(id 4)" --exclude Zorg-Lab
    [ "$(names)" = 'Data Zorg-Prod' ]
    [ "$(contacts_read)" = 145 ]
}

@test "a name that nothing or too much has is an error with the candidates" {
    start
    check --subscription Zorg-Prd
    [ "$status" -eq 3 ]
    [ "$stderr" = "piket: --subscription: no subscription is called 'Zorg-Prd'
       did you mean 'Zorg-Prod'?" ]
    check --subscription Data
    [ "$status" -eq 3 ]
    [[ $stderr == *"2 subscriptions are called 'Data'"*"$(id 3)"*"$(id 4)"* ]]
    check --subscription 'x*'
    [ "$status" -eq 3 ]
    # Nothing may be read while it is not certain what is meant.
    [ -z "$(contacts_read)" ]
    config 'scope: {exclude: [Zorg-Prd]}'
    check
    [ "$status" -eq 3 ]
    [[ $stderr == *"piket.yaml: scope.exclude: no subscription is called"* ]]
    config 'scope: {exclude: ["x*"]}'
    check
    [ "$status" -eq 1 ]
    [ "$(report '.run.notes[0]')" \
        = "piket.yaml: scope.exclude: no subscription fits 'x*'" ]
}

@test "management groups are read to their end, at any depth" {
    start
    check --management-group mg-zorg
    [ "$(names)" = 'Zorg-Lab Zorg-Prod' ]
    [ "$(contacts_read)" = 12 ]
    [ "$(jq -r 'select(.path | test("descendants")) | .query' \
        "$EMULATOR_LOG" | head -n 1)" = 'api-version=2023-04-01' ]
    [ "$(report .summary.leftOut.excluded)" -eq 3 ]
    config 'scope: {management_groups: [mg-lab]}'
    check
    [ "$(names)" = Zorg-Lab ]
    check --management-group "$TENANT" --exclude Zorg-Lab
    [ "$(report .summary.subscriptions)" -eq 4 ]
    check --management-group mg-empty
    [ "$status" -eq 2 ]
    [ "$(report '.run.notes[0]')" = "--management-group: management group 'mg-empty' has no subscriptions" ]
    check --management-group mg-nowhere
    [ "$status" -eq 3 ]
    [[ $stderr == *"--management-group: management group 'mg-nowhere': HTTP 404"* ]]
    [[ $stderr == *'not its display name'* ]]
}

@test "what a management group has and the listing lacks is not forgotten" {
    jq -n --arg id "$(id 2)" --arg tenant "$TENANT" '[{
        when: {path: "/subscriptions"}, then: {body: {value: [{
            subscriptionId: $id, displayName: "Zorg-Lab",
            tenantId: $tenant, state: "Enabled"}]}}}]' >faults.json
    start --faults faults.json
    check --management-group mg-zorg
    [ "$status" -eq 2 ]
    [ "$(names)" = 'Zorg-Lab Zorg-Prod' ]
    [ "$(report '.subscriptions[1].error.code')" = NotVisible ]
    [ "$(report .run.complete)" = true ]
}

@test "a mute keeps the outcome, its reason and its day" {
    start
    config 'mutes:
  - subscription: "*"
    requirement: owner-*
    reason: agreed, CHG-1
    until: 2999-12-31
  - subscription: Zorg-Prod
    requirement: owner-notified
    reason: over
    until: 2020-01-01
  - subscription: Gone
    requirement: owner-notified
    reason: nobody
    until: 2999-12-31'
    check
    [ "$status" -eq 0 ]
    [ "$(report .summary.status)" = compliant ]
    [ "$(report .summary.muted)" -eq 5 ]
    [ "$(report '.subscriptions[0].findings[] | select(.status == "muted")
        | [.requirement, .outcome, .mute.reason, .mute.until] | @csv')" \
        = '"owner-notified","fail","agreed, CHG-1","2999-12-31"' ]
    [ "$(report '.run.notes | length')" -eq 2 ]
    [ "$(report '.run.notes[0]')" = 'piket.yaml:7: the mute of owner-notified on Zorg-Prod mutes no longer: it ended on 2020-01-01' ]
    [ "$(report '.run.notes[1]')" = 'piket.yaml:11: the mute of owner-notified on Gone matches nothing, as no subscription is called so; it ends on 2999-12-31' ]
    run piket check
    [[ $output == *'5 muted'* ]]
    [[ $output == *'Note:  piket.yaml:7: the mute of owner-notified'* ]]
}

@test "a mute of what is left out matches, and unknown is not muted" {
    printf '[{"when": {"subscription": "%s"}, "then": {"status": 403}}]' \
        "$(id 1)" >faults.json
    start --faults faults.json
    config 'mutes:
  - {subscription: "Zorg-*", requirement: "*", reason: x, until: 2999-12-31}
  - {subscription: Data, requirement: "*", reason: x, until: 2999-12-31}'
    check --subscription 'Zorg-*'
    [ "$status" -eq 2 ]
    [ "$(report '[.subscriptions[].status] | join(" ")')" = 'muted unknown' ]
    [ "$(report '.run.notes | length')" -eq 0 ]
}

@test "the desired contact, thresholds and another tenant" {
    start
    config "tenant: 7c0ffee0-0000-4000-8000-000000000000
contact: {emails: [cert@contoso.nl]}
requirements: {add: [desired-contact, email-domain], drop: [owner-notified]}
thresholds: {allowed_domains: [contoso.nl], alerts_of: Low}"
    check
    [ "$status" -eq 1 ]
    [ "$(report '.subscriptions[0].findings[] | select(.status == "fail")
        | [.requirement, .reason] | join(" ")')" = 'alerts-notified alerts-level
desired-contact not-desired' ]
    [ "$(report '.run.notes[1]')" = "piket.yaml is for tenant 7c0ffee0-0000-4000-8000-000000000000, but this is tenant $TENANT" ]
}
