#!/usr/bin/env bats
# piket test-alert: who is mailed, the question, what is sent, what is on
# record, and what a person confirms.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

subscription_id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# subscription NUMBER NAME [MEMBERS]: one with a contact of two addresses,
# without roles, merged with these members.
subscription() {
    jq -nc --arg id "$(subscription_id "$1")" --arg name "$2" \
        --argjson more "${3:-{\}}" '{id: $id, displayName: $name,
            contacts: [{name: "default", isEnabled: true,
                emails: "soc@contoso.nl;piket@contoso.nl",
                notificationsByRole: {state: "Off", roles: []},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]} + $more'
}

# estate SUBSCRIPTION...: starts an emulator with these, and with $FAULTS.
estate() {
    jq -n --arg tenant $TENANT \
        --argjson subscriptions "[$(IFS=, ; echo "$*")]" '{
            tenants: [{id: $tenant, displayName: "Contoso", clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "secret",
                objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
            subscriptions: $subscriptions}' >estate.json
    printf '%s' "${FAULTS:-[]}" >faults.json
    start_emulator --estate estate.json --faults faults.json
}

# One of each way in which mail goes out, or does not.
OFF='{"contacts": [{"name": "default", "isEnabled": false,
    "emails": "soc@contoso.nl"}]}'
ROLES='{"contacts": [{"name": "default", "isEnabled": true,
    "emails": "SOC@contoso.nl;soc@contoso.nl;nonsense",
    "notificationsByRole": {"state": "On", "roles": ["Owner"]},
    "notificationsSources": [{"sourceType": "Alert",
                              "minimalSeverity": "Low"}]}]}'
every_way() {
    estate "$(subscription 1 Both)" "$(subscription 2 Roles "$ROLES")" \
        "$(subscription 3 None '{"contacts": []}')" \
        "$(subscription 4 Off "$OFF")" \
        "$(subscription 5 Unread '{"contacts": [{"name": "default",
            "rawText": "{\"value\": 7}"}]}')" \
        "$(subscription 6 Closed '{"state": "Disabled"}')"
}

piket() { "$PIKET_BUILD/piket" "$@"; }

# alert ARGS...: piket test-alert; a JSON report is in report.json.
alert() {
    run --separate-stderr piket test-alert "$@" </dev/null
}

# raise ARGS...: with a JSON report.
raise() {
    rm -f report.json
    alert --yes --format json --output report.json "$@"
}

report() { jq -r "$1" report.json; }

# simulated: the subscriptions of the requests that raise alerts, in order.
simulated() {
    jq -r 'select(.method == "POST" and (.path | test("/simulate$")))
        | .path | split("/")[2]' "$EMULATOR_LOG" | sort
}

@test "who is mailed is what the estate says, and each is asked for once" {
    every_way
    raise --subscription '*'
    [ "$status" -eq 0 ]
    [ "$(report '[.subscriptions[] | [.name, .reach, (.addresses | join(",")),
            .roles, .outcome]] | sort[] | join(" ")')" = \
        'Both contact soc@contoso.nl,piket@contoso.nl false raised
None owners  true raised
Off nobody  false raised
Roles contact SOC@contoso.nl,soc@contoso.nl true raised
Unread unknown  false raised' ]
    # The same mailbox in other letters is one, and counts each subscription
    # once.
    [ "$(report '.addresses[] | [.address, .subscriptions] | join(" ")')" = \
        'piket@contoso.nl 1
soc@contoso.nl 2' ]
    [ "$(simulated)" = "$(for i in 1 2 3 4 5; do subscription_id $i; echo; done)" ]
    [ "$(jq -c 'select(.path | test("/simulate$")) | .body' "$EMULATOR_LOG" \
        | sort -u | jq -r .)" = \
        '{"properties":{"kind":"Bundles","bundles":["VirtualMachines"]}}' ]
    [[ $stderr = *'1 subscription is left out: no alert can arise in it'* ]]
    [ "$(jq -r 'select(.method == "PUT" or .method == "DELETE") | .path' \
        "$EMULATOR_LOG")" = '' ]
    alert show
    [[ $output = *'Unread'*'who is mailed cannot be told'* ]]
    [[ $output = *'None'*'roles (owners)'* ]]
}

@test "a subscription must be chosen, and so must what is raised" {
    every_way
    alert --yes
    [ "$status" -eq 3 ]
    [[ $stderr = *'on which subscriptions?'*'--subscription ID|NAME|GLOB'* ]]
    alert --subscription Both
    [ "$status" -eq 64 ]
    [[ $stderr = *'--yes raises the alerts'* ]]
    alert --yes --subscription Both --bundle Virtualmachines
    [ "$status" -eq 64 ]
    [[ $stderr = *"did you mean 'VirtualMachines'?"* ]]
    alert --yes --subscription Both --bundle DNS --bundle DNS
    [ "$status" -eq 64 ]
    [[ $stderr = *'DNS: given twice'* ]]
    alert --yes --subscription Bth
    [ "$status" -eq 3 ]
    [[ $stderr = *"did you mean 'Both'?"* ]]
    alert --yes --subscription Closed
    [ "$status" -eq 3 ]
    [[ $stderr = *'in none of these subscriptions can an alert arise'* ]]
    alert --yes --subscription Both --no-store
    [ "$status" -eq 64 ]
    alert --yes --subscription Both --output /nowhere/x
    [ "$status" -eq 3 ]
    [[ $stderr = *'--output: /nowhere/x'* ]]
    [ "$(simulated)" = '' ]
    raise --subscription Both --bundle DNS --bundle KeyVaults
    [ "$status" -eq 0 ]
    [ "$(report .bundles)" = 'DNS KeyVaults' ]
}

# ask ANSWER ARGS...: a terminal on which a person answers; all that it shows
# is in asked.txt.
ask() {
    local answer=$1
    shift
    run python3 - "$answer" "$PIKET_BUILD/piket" test-alert "$@" <<'END'
import os, pty, sys
answer, command = sys.argv[1], sys.argv[2:]
shown = b""
asked = False
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "dumb"
    os.execv(command[0], command)
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if (b"raises them" in shown or b"roept ze op" in shown) and not asked:
        asked = True
        os.write(terminal, answer.encode() + b"\n")
open("asked.txt", "wb").write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
}

@test "a person is told who will be mailed, and asked once" {
    every_way
    ask no --subscription Both --subscription None
    [ "$status" -eq 1 ]
    grep -q 'WOULD BE MAILED.* 2 ' asked.txt
    grep -q 'Both.*soc@contoso.nl, piket@contoso.nl' asked.txt
    grep -q 'None.*roles (owners)' asked.txt
    grep -q 'They are alerts like others: in the portal' asked.txt
    grep -q 'Raise sample alerts on 2 subscriptions?' asked.txt
    grep -q 'no alert has been raised' asked.txt
    [ "$(grep -c "Only 'yes'" asked.txt)" -eq 1 ]
    ask y --subscription Both
    [ "$status" -eq 1 ]
    LC_ALL=nl_NL.UTF-8 ask nee --subscription Both
    [ "$status" -eq 1 ]
    [ "$(simulated)" = '' ]
    # What was declined is not on record.
    alert show
    [ "$status" -eq 3 ]
    [[ $stderr = *'holds no test yet'* ]]
    LC_ALL=nl_NL.UTF-8 ask ja --subscription Both
    [ "$status" -eq 0 ]
    [ "$(simulated)" = "$(subscription_id 1)" ]
}

@test "a lost answer is uncertain, and nothing is asked for again" {
    FAULTS='[{"when": {"path": "*/simulate", "subscription":
            "'$(subscription_id 1)'"}, "then": {"cut": "before-answer"}},
        {"when": {"path": "*/simulate", "subscription":
            "'$(subscription_id 2)'"}, "then": {"status": 500}},
        {"when": {"path": "*/simulate", "subscription":
            "'$(subscription_id 3)'"}, "then": {"status": 403}}]' every_way
    raise --subscription Both --subscription Roles --subscription None \
        --subscription Off
    [ "$status" -eq 2 ]
    [ "$(report '[.subscriptions[] | [.name, .outcome, .error.httpStatus]]
        | sort[] | map(tostring) | join(" ")')" = 'Both uncertain null
None refused 403
Off raised null
Roles uncertain 500' ]
    [ "$(simulated)" = "$(for i in 1 2 3 4; do subscription_id $i; echo; done)" ]
    alert show
    [[ $output = *'NOT CERTAIN   2   the answer is lost: it may have been raised'* ]]
    [[ $output = *'REFUSED   1'*'None'*'403 AuthorizationFailed: needs Contributor'* ]]
    alert show --rows 1
    [[ $output = *'... 1 more: --rows all'* ]]
    # A mail that may have been sent may be confirmed.
    alert confirm --address piket@contoso.nl
    [ "$status" -eq 0 ]
}

@test "one who has seen the mail confirms it, by name or by role" {
    every_way
    raise --subscription Both
    local only=$(report .id)
    alert confirm --address socc@contoso.nl
    [ "$status" -eq 3 ]
    [ "${stderr_lines[0]}" = \
        "piket: --address: no mail of test $only goes to socc@contoso.nl" ]
    [[ ${stderr_lines[1]} = *"did you mean 'soc@contoso.nl'?"* ]]
    alert confirm --address elsewhere@fabrikam.com
    [[ $stderr = *"piket test-alert show $only lists who is mailed"* ]]
    alert confirm "$only" --address SOC@contoso.nl --format json
    [ "$status" -eq 0 ]
    [ "$(jq -r '.addresses[] | [.address, .confirmedAt != null, .byRole]
        | map(tostring) | join(" ")' <<<"$output")" = \
        'piket@contoso.nl false false
soc@contoso.nl true false' ]
    alert show "$only"
    [[ $output = *'soc@contoso.nl'*'arrived, 20'* ]]
    [[ $output = *'piket@contoso.nl'*'not confirmed'* ]]
    [[ $output != *'by a role'* ]]

    raise --subscription None
    alert confirm --address jan@contoso.nl
    [ "$status" -eq 0 ]
    [[ $output = *'jan@contoso.nl'*'arrived'*'(by a role)'* ]]
    # That was another test.
    alert show "$only"
    [[ $output != *jan@contoso.nl* ]]
}

@test "words and options that do not belong together are refused" {
    every_way
    raise --subscription Both
    local id=$(report .id)
    alert confrm --address soc@contoso.nl
    [ "$status" -eq 64 ]
    [[ $stderr = *"'confrm': is neither confirm nor show"* ]]
    alert "$id" confirm --address soc@contoso.nl
    [ "$status" -eq 64 ]
    alert confirm "$id" "$id" --address soc@contoso.nl
    [ "$status" -eq 64 ]
    alert confirm
    [ "$status" -eq 64 ]
    [[ $stderr = *'--address says where the mail was seen'* ]]
    alert confirm --address 'not an address'
    [ "$status" -eq 64 ]
    [[ $stderr = *'is not an e-mail address'* ]]
    alert show --address soc@contoso.nl
    [ "$status" -eq 64 ]
    alert show --yes
    [ "$status" -eq 64 ]
    [[ $stderr = *'--yes: only for raising alerts, and show raises none'* ]]
    alert confirm --address soc@contoso.nl --subscription Both
    [ "$status" -eq 64 ]
    [[ $stderr = *'--subscription'* ]]
    alert show --rows 0
    [ "$status" -eq 64 ]
    alert show 1999
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no test 1999 in the store'*"$id"* ]]
    raise --subscription Both
    alert show 20
    [ "$status" -eq 3 ]
    [[ $stderr = *'more than one test begins with 20'*"$id"* ]]
    alert show "$id"
    [ "$status" -eq 0 ]
    alert show --store nowhere.db
    [ "$status" -eq 3 ]
    [[ $stderr = *'there is no store'* ]]
}

@test "killed before its answers, a test stays on record as not certain" {
    # The contacts have been read, and where alerts are kept is being asked.
    FAULTS='[{"when": {"path": "*/locations"}, "then": {"delay": 60000}}]' \
        estate "$(subscription 1 Both)"
    "$PIKET_BUILD/piket" test-alert --yes --subscription Both \
        >/dev/null 2>&1 3>&- </dev/null &
    local pid=$! tries=0
    until piket test-alert show >/dev/null 2>&1 </dev/null; do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
    kill -KILL "$pid"
    wait "$pid" || true
    alert show --format json
    [ "$status" -eq 0 ]
    [ "$(jq -r '.subscriptions[].outcome' <<<"$output")" = uncertain ]
    [ "$(simulated)" = '' ]
}

@test "an interruption asks for no further one, and says which" {
    FAULTS='[{"when": {"path": "*/simulate"}, "then": {"delay": 1500}}]' \
        estate "$(for i in $(seq 12); do subscription "$i" "S$i"; done \
            | paste -sd,)"
    "$PIKET_BUILD/piket" test-alert --yes --subscription '*' --format json \
        --output report.json >/dev/null 2>&1 3>&- </dev/null &
    local pid=$! tries=0 result=0
    until [ "$(grep -c 'Microsoft.Security/locations"' "$EMULATOR_LOG")" -ge 8 ]
    do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
    kill -TERM "$pid"
    wait "$pid" || result=$?
    [ "$result" -eq 143 ]
    [ "$(report '[.subscriptions[].outcome] | group_by(.)
        | map("\(.[0]):\(length)") | join(" ")')" = 'not-sent:4 raised:8' ]
    [ "$(simulated | wc -l)" -eq 8 ]
    alert show
    [[ $output = *'NOT ASKED FOR   4   interrupted before'* ]]
}

@test "what cannot be listed is said, and makes the test incomplete" {
    FAULTS='[{"when": {"path": "/subscriptions", "method": "GET"}, "then":
        {"nextLink": "https://management.elsewhere.example/subscriptions"}}]' \
        every_way
    raise --subscription Both
    [[ $stderr = *'management.elsewhere.example'* ]]
    [ "$status" -ne 0 ]
}

@test "remediate names it as the step that follows" {
    every_way
    run --separate-stderr piket remediate --email soc@contoso.nl \
        --phone '+31 20 123 4567' --subscription None --apply --yes \
        --tenant $TENANT --verify-timeout 5 </dev/null
    [ "$status" -eq 0 ]
    [[ $output = *'piket test-alert'* ]]
}
