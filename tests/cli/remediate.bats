#!/usr/bin/env bats
# piket remediate and piket revert: options, refusals, the question, plans,
# backups, exit statuses. What may go wrong while applying is apply.bats.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    # Nothing of the caller's may sign in here, configure, or be written to.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG \
        PIKET_STORE
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@" </dev/null; }

subscription_id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# subscription NUMBER NAME [MEMBERS]: one with a compliant contact, merged
# with these members.
subscription() {
    jq -nc --arg id "$(subscription_id "$1")" --arg name "$2" \
        --arg tenant $TENANT --argjson more "${3:-{\}}" '{id: $id,
            displayName: $name, tenantId: $tenant,
            contacts: [{name: "default", isEnabled: true,
                emails: "soc@contoso.nl", phone: "+31 20 123 4567",
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]} + $more'
}

# estate SUBSCRIPTION...: starts an emulator with these.
estate() {
    jq -n --arg tenant $TENANT \
        --argjson subscriptions "[$(IFS=, ; echo "$*")]" '{
            tenants: [{id: $tenant, displayName: "Contoso", clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "Qw8~a+b&c=%2F",
                objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
            subscriptions: $subscriptions}' >estate.json
    start_emulator --estate estate.json ${FAULTS:+--faults "$FAULTS"}
}

# Four that do not comply, each in another way, and one that does.
small_estate() {
    estate "$(subscription 1 Absent '{"contacts": []}')" \
        "$(subscription 2 Bare '{"contacts": [{"name": "default",
            "isEnabled": true, "emails": "", "phone": "+31 20 123 4567",
            "notificationsByRole": {"state": "On", "roles": ["Owner"]},
            "notificationsSources": [{"sourceType": "Alert",
                                      "minimalSeverity": "High"}]}]}')" \
        "$(subscription 3 Compliant)" \
        "$(subscription 4 Disabled '{"contacts": [{"name": "default",
            "isEnabled": false, "emails": "soc@contoso.nl",
            "phone": "+31 20 123 4567",
            "notificationsByRole": {"state": "On", "roles": ["Owner"]},
            "notificationsSources": [{"sourceType": "Alert",
                                      "minimalSeverity": "Low"}]}]}')" \
        "$(subscription 5 Quiet '{"contacts": [{"name": "default",
            "isEnabled": true, "emails": "soc@contoso.nl",
            "phone": "+31 20 123 4567",
            "notificationsByRole": {"state": "Off", "roles": []},
            "notificationsSources": [{"sourceType": "Alert",
                                      "minimalSeverity": "High"}]}]}')"
}

# sent METHOD...: how many requests of these methods went to contacts.
sent() {
    local method count=0
    for method in "$@"; do
        count=$((count + $(jq -c "select(.method == \"$method\"
            and (.path | ascii_downcase | contains(\"securitycontacts\")))" \
            "$EMULATOR_LOG" | wc -l)))
    done
    echo $count
}

# contact NUMBER: the properties that are there now, or null.
contact() {
    [ -n "${TOKEN:-}" ] || sign_in
    arm "/subscriptions/$(subscription_id "$1")/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview" \
        | jq -cS '.value[0].properties // null'
}

contacts() { for number in 1 2 3 4 5; do contact $number; done; }

CONTACT=(--email soc@contoso.nl --phone '+31 20 123 4567')

remediate() { run --separate-stderr piket remediate "${CONTACT[@]}" "$@"; }

apply() { remediate --apply --yes --tenant $TENANT --verify-timeout 5 "$@"; }

revert() {
    run --separate-stderr piket revert --tenant $TENANT --verify-timeout 5 "$@"
}

@test "the what-if shows the changes, and writes nothing anywhere" {
    small_estate
    remediate
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
    [[ $output == *'Absent'*'+ emails'*'soc@contoso.nl'* ]]
    [[ $output == *'nothing has been written'* ]]
    remediate --apply --what-if
    [ "$status" -eq 1 ]
    [ "$(sent PUT DELETE POST)" -eq 0 ]
    [ ! -e state ]
}

@test "apply fixes all, a second one changes nothing, revert brings all back" {
    small_estate
    local before after
    before=$(contacts)
    apply --reason CHG-1234
    [ "$status" -eq 0 ]
    [[ $output == *'4 changes: 4 fixed'* ]]
    [[ $output == *'CHG-1234'* ]]
    [ "$(sent PUT)" -eq 4 ]
    after=$(contacts)
    [ "$before" != "$after" ]
    run -0 --separate-stderr piket check
    apply
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 4 ]
    revert
    [ "$status" -eq 1 ]
    [ "$(sent PUT DELETE)" -eq 4 ]
    [[ $output == *'that is advised against'* ]]
    revert --apply --yes
    [ "$status" -eq 0 ]
    [[ $output == *'4 changes: 4 restored'* ]]
    [[ $stderr == *'1 subscription goes without a security contact then, which is advised against'* ]]
    [ "$(sent DELETE)" -eq 1 ]
    [ "$(contacts)" = "$before" ]
}

@test "a revert is reverted by its id" {
    small_estate
    local after id
    apply
    after=$(contacts)
    revert --apply --yes --format json --output reverted.json
    [ "$status" -eq 0 ]
    id=$(jq -r .operation.id reverted.json)
    [ "$(jq -r .operation.kind reverted.json)" = reversal ]
    [ "$(contacts)" != "$after" ]
    revert "$id" --apply --yes
    [ "$status" -eq 0 ]
    [ "$(contacts)" = "$after" ]
}

@test "a tenant that cannot be read is said, and makes the plan incomplete" {
    small_estate
    local other=11111111-0000-4000-8000-000000000000
    remediate --tenant $TENANT --tenant $other
    [ "$status" -eq 2 ]
    [[ $stderr == *"could not be read: "*"$other"* ]]
    [[ $output == *'+ emails'* ]]
    apply --tenant $other
    [ "$status" -eq 2 ]
    [ "$(sent PUT)" -eq 4 ]
}

@test "a list that breaks off is said, and makes the plan incomplete" {
    printf '[{"when": {"path": "/subscriptions", "method": "GET"}, "then": {"nextLink": "https://management.elsewhere.example/subscriptions?page=2"}}]' >faults.json
    FAULTS=faults.json small_estate
    remediate
    [ "$status" -eq 2 ]
    [[ $stderr == *'piket: '*'management.elsewhere.example'* ]]
}

@test "only the subscriptions that are named are reverted" {
    small_estate
    apply
    revert --apply --yes --subscription 'Dis*' --format json --output reverted.json
    [ "$status" -eq 0 ]
    [ "$(jq -r '.changes[].subscription.name' reverted.json)" = Disabled ]
    revert --subscription Disbled
    [ "$status" -eq 3 ]
    [[ $stderr == *"did you mean 'Disabled'?"* ]]
    revert --exclude '*'
    [ "$status" -eq 3 ]
    [[ $stderr == *'nothing of it is left to revert'* ]]
}

@test "nothing is changed where nobody can answer, without --yes" {
    small_estate
    remediate --apply --tenant $TENANT
    [ "$status" -eq 64 ]
    [ "${stderr_lines[0]}" = 'piket: --apply asks before it changes anything, and nobody can answer here' ]
    [[ ${stderr_lines[1]} == *'--yes applies without asking'* ]]
    [ ! -s "$EMULATOR_LOG" ]
}

@test "nothing is changed in a tenant that nobody named" {
    small_estate
    remediate --apply --yes
    [ "$status" -eq 64 ]
    [ "${stderr_lines[0]}" = 'piket: --apply writes only to a tenant that is named, and none is' ]
    [ ! -s "$EMULATOR_LOG" ]
    printf 'version: 1\ntenant: %s\n' $TENANT >piket.yaml
    remediate --apply --yes --tenant 11111111-0000-4000-8000-000000000000
    [ "$status" -eq 3 ]
    [[ ${stderr_lines[0]} == "piket: piket.yaml is for tenant $TENANT, and --tenant names 11111111-"* ]]
    [ ! -s "$EMULATOR_LOG" ]
    remediate --apply --yes
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 4 ]
}

@test "a configuration of another tenant changes nothing here" {
    small_estate
    printf 'version: 1\ntenant: 11111111-0000-4000-8000-000000000000\n' >piket.yaml
    remediate --apply --yes
    [ "$status" -eq 2 ]
    [[ $output == *"tenant $TENANT"* ]]
    [[ $output == *'name the tenant: --tenant'* ]]
    [ "$(sent PUT)" -eq 0 ]
}

@test "nothing is changed without a journal" {
    small_estate
    apply --no-store
    [ "$status" -eq 64 ]
    [ "${stderr_lines[0]}" = 'piket: --no-store: nothing is changed without a journal' ]
    mkdir read-only
    apply --store read-only
    [ "$status" -eq 3 ]
    [ "$(sent PUT)" -eq 0 ]
}

# ask ANSWER ARGS...: remediate --apply with a terminal on which a person
# answers; all that it shows is in asked.txt.
ask() {
    local answer=$1
    shift
    run python3 - "$answer" "$PIKET_BUILD/piket" remediate "${CONTACT[@]}" \
        --apply --tenant $TENANT "$@" <<'END'
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
    if (b"makes them" in shown or b"voert ze door" in shown) and not asked:
        asked = True
        os.write(terminal, answer.encode() + b"\n")
open("asked.txt", "wb").write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
}

@test "a person is shown the plan, and asked once" {
    small_estate
    ask no
    [ "$status" -eq 1 ]
    grep -q '+ emails' asked.txt
    grep -q "Make 4 changes? By tenant: $TENANT: 4" asked.txt
    grep -q 'nothing has been changed' asked.txt
    ask y
    [ "$status" -eq 1 ]
    [ "$(sent PUT)" -eq 0 ]
    [ "$(grep -c "Only 'yes'" asked.txt)" -eq 1 ]
    ask yes --limit 1
    [ "$status" -eq 2 ]
    grep -q "Make at most 1 of these changes? By tenant: $TENANT: 4" asked.txt
    [ "$(sent PUT)" -eq 1 ]
    ask yes
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 4 ]
}

@test "a person who has the question in Dutch answers in Dutch" {
    small_estate
    LC_ALL=nl_NL.UTF-8 ask nee
    [ "$status" -eq 1 ]
    [ "$(sent PUT)" -eq 0 ]
    grep -q 'er is niets gewijzigd' asked.txt
    LC_ALL=nl_NL.UTF-8 ask ja
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 4 ]
}

@test "the report is one document of JSON" {
    small_estate
    remediate --format json
    [ "$status" -eq 1 ]
    [ "$(jq -r '.changes | length' <<<"$output")" -eq 4 ]
    apply --format json --output report.json
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(jq -r '[.summary.fixed, .summary.changes, .summary.exitStatus] | @csv' report.json)" = 4,4,0 ]
    [ "$(jq -r '[.changes[] | .outcome] | unique[]' report.json)" = fixed ]
    [ "$(jq -r '.operation | [.kind, .profile, .endpoint] | join(" ")' report.json)" = "remediation baseline-nl $EMULATOR_URL" ]
    [ "$(jq -r '.operation.planSha256 | length' report.json)" -eq 64 ]
}

@test "a plan that was kept is shown again, and applied exactly" {
    small_estate
    remediate --save-plan plan.json
    [ "$status" -eq 1 ]
    local requests
    requests=$(wc -l <"$EMULATOR_LOG")
    run -1 --separate-stderr piket remediate --plan plan.json
    [[ $output == *'+ emails'* ]]
    [ "$(wc -l <"$EMULATOR_LOG")" -eq "$requests" ]
    run -64 --separate-stderr piket remediate --plan plan.json --email other@contoso.nl
    [[ $stderr == *'--plan: the plan says what is changed'* ]]
    run -3 --separate-stderr piket revert --plan plan.json
    [[ $stderr == *'is the plan of a remediation'* ]]
    run -64 --separate-stderr piket remediate --plan plan.json --apply --yes
    run -3 --separate-stderr piket remediate --plan plan.json --apply --yes \
        --tenant 11111111-0000-4000-8000-000000000000
    [[ $stderr == *"the plan changes tenant $TENANT, which is not named"* ]]
    [ "$(sent PUT)" -eq 0 ]
    run -0 --separate-stderr piket remediate --plan plan.json --apply --yes --tenant $TENANT
    [[ $output == *'4 changes: 4 fixed'* ]]
    [ "$(sent PUT)" -eq 4 ]
}

@test "a plan is not replaced, and not applied once it was edited or cut off" {
    small_estate
    remediate --save-plan plan.json
    remediate --save-plan plan.json
    [ "$status" -eq 3 ]
    [[ $stderr == *'--save-plan: plan.json: '* ]]
    sed 's/soc@contoso.nl/eve@contoso.nl/' plan.json >edited.json
    head -c 1000 plan.json >cut.json
    local file
    for file in edited cut; do
        run -3 --separate-stderr piket remediate --plan $file.json --apply --yes --tenant $TENANT
        [[ $stderr == *"$file.json"* ]]
    done
    [ "$(sent PUT)" -eq 0 ]
}

# tamper FILE CODE: FILE with its plan, p, changed by this Python, and a digest
# that is right again, in evil.json.
tamper() {
    python3 - "$1" "$2" <<'PYTHON'
import hashlib, json, sys
document = json.load(open(sys.argv[1]))
p = document["plan"]
changed = [c for c in p["changes"] if c["action"] == "update"][0]
exec(sys.argv[2])
document["sha256"] = hashlib.sha256(json.dumps(
    p, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
json.dump(document, open("evil.json", "w"))
PYTHON
}

# refuses COMMAND FILE CODE REASON
refuses() {
    tamper "$2" "$3"
    run -3 --separate-stderr piket "$1" --plan evil.json --apply --yes --tenant $TENANT
    [[ $stderr == *"evil.json: does not do what it shows: subscription "*"$4"* ]]
    run -3 --separate-stderr piket "$1" --plan evil.json
}

@test "a plan whose digest is right, and that would do something else than it shows, is refused" {
    small_estate
    remediate --save-plan plan.json
    refuses remediate plan.json \
        'changed["body"] = changed["body"].replace("emails\":\"", "emails\":\"eve@contoso.nl;")' \
        'body is not what before and after ask for'
    refuses remediate plan.json \
        'changed["before"]["phone"] = "+31 20 765 4321"' \
        'before is not what its image shows'
    # Of two members of one name a parser shows the last, Azure may take either.
    refuses remediate plan.json \
        'changed["body"] = changed["body"].replace("{", "{\"properties\":{},", 1)' \
        'body is not what before and after ask for'
    refuses remediate plan.json \
        'p["changes"].append(changed | {"subscription": changed["subscription"] | {"name": "Other"}})' \
        'stands in it twice'
    [ "$(sent PUT)" -eq 0 ]
    run -0 --separate-stderr piket remediate --plan plan.json --apply --yes --tenant $TENANT
    piket revert --save-plan reversal.json >/dev/null || [ $? -eq 1 ]
    local writes
    writes=$(sent PUT)
    refuses revert reversal.json \
        'changed["body"] = changed["body"].replace("emails\":\"", "emails\":\"eve@contoso.nl;")' \
        'body would write something else than after'
    refuses revert reversal.json \
        'changed["body"] = changed["body"].replace("emails\"", "Emails\":\"eve@contoso.nl\",\"emails\"")' \
        'two members named emails'
    [ "$(sent PUT)" -eq "$writes" ]
}

# lies FILE CODE REASON: such a plan is refused before anything is written.
lies() {
    tamper "$1" "$2"
    run -3 --separate-stderr piket remediate --plan evil.json --apply --yes --tenant $TENANT
    echo "$stderr"
    [[ $stderr == *"--plan: evil.json: $3"* ]]
}

@test "a plan that calls a subscription by another name or tenant is refused" {
    local other=7c0ffee0-0000-4000-8000-00000000dcba
    estate "$(subscription 1 Absent '{"contacts": []}')" \
        "$(subscription 2 Test '{"contacts": [{"name": "default",
            "isEnabled": false, "emails": "soc@contoso.nl"}]}')" \
        "$(subscription 3 Theirs '{"contacts": [{"name": "default",
            "isEnabled": false, "emails": "soc@contoso.nl"}]}')"
    jq --arg other $other --arg tenant $TENANT '
        .tenants += [.tenants[0] + {id: $other}]
        | .subscriptions[2] += {tenantId: $other, managedByTenants: [$tenant]}
        ' estate.json >two.json
    stop_emulator
    start_emulator --estate two.json
    remediate --save-plan plan.json
    [ "$(jq -r '[.plan.changes[].subscription.name] | join(" ")' plan.json)" = 'Absent Test' ]
    lies plan.json 'changed["subscription"]["name"] = "Sandbox"' \
        "subscription $(subscription_id 2) is called 'Test', and the plan says 'Sandbox'"
    lies plan.json \
        'changed["subscription"] |= {"id": "'"$(subscription_id 3)"'", "name": "Theirs"}' \
        "subscription $(subscription_id 3) belongs to tenant $other, and the plan says $TENANT"
    [ "$(sent PUT)" -eq 0 ]
    run -2 --separate-stderr piket remediate --plan plan.json --apply --yes --tenant $TENANT --format json
    [ "$(jq -r .operation.identity <<<"$output")" = "$AZURE_CLIENT_ID" ]
}

@test "a plan is not applied where the subscriptions cannot be listed" {
    small_estate
    remediate --save-plan plan.json
    stop_emulator
    echo '[{"when": {"path": "/subscriptions"}, "then": {"status": 403}}]' >faults.json
    FAULTS=faults.json small_estate
    jq --arg url "$EMULATOR_URL" '.plan.endpoint = $url' plan.json >here.json
    lies here.json 'p' 'list subscriptions: '
    [ "$(sent PUT)" -eq 0 ]
}

@test "what somebody else changed since the plan is left alone" {
    small_estate
    remediate --save-plan plan.json
    sign_in
    arm "/subscriptions/$(subscription_id 4)/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" \
        -X PUT -H 'Content-Type: application/json' \
        -d '{"properties": {"emails": "other@contoso.nl"}}' >other.json
    run -2 --separate-stderr piket remediate --plan plan.json --apply --yes --tenant $TENANT --format json
    [ "$(jq -r '.changes[] | select(.subscription.name == "Disabled") | .outcome' <<<"$output")" = conflict ]
    [ "$(jq -r .summary.fixed <<<"$output")" -eq 3 ]
}

@test "at most so many changes are made" {
    small_estate
    apply --limit 2
    [ "$status" -eq 2 ]
    [ "$(sent PUT)" -eq 2 ]
    [[ $output == *'2 fixed, 2 not sent'* ]]
    apply --limit 2
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 4 ]
}

@test "a plan that was kept is applied in parts, each an operation of its own" {
    small_estate
    local before
    before=$(contacts)
    remediate --save-plan plan.json
    run -2 --separate-stderr piket remediate --plan plan.json --apply --yes \
        --tenant $TENANT --limit 1 --format json
    local first
    first=$(jq -r .operation.id <<<"$output")
    [ "$(sent PUT)" -eq 1 ]
    run -0 --separate-stderr piket remediate --plan plan.json --apply --yes \
        --tenant $TENANT --format json
    [ "$(jq -r '[.summary.fixed, .summary.already] | @csv' <<<"$output")" = 3,1 ]
    [ "$(jq -r .operation.id <<<"$output")" != "$first" ]
    [ "$(sent PUT)" -eq 4 ]
    revert --apply --yes
    [ "$status" -eq 0 ]
    [[ $output == *'3 changes: 3 restored'* ]]
    revert "$first" --apply --yes
    [ "$status" -eq 0 ]
    [ "$(contacts)" = "$before" ]
}

@test "a backup holds what was there, and revert --from reads it" {
    small_estate
    local before
    before=$(contacts)
    apply --backup backup.jsonl
    [ "$status" -eq 0 ]
    [ "$(stat -c %a backup.jsonl)" = 600 ]
    [ "$(wc -l <backup.jsonl)" -eq 6 ]
    [ "$(jq -r 'select(.subscription.name == "Disabled") | .before.text | fromjson | .value[0].properties.isEnabled' backup.jsonl)" = false ]
    apply --backup backup.jsonl
    [ "$status" -eq 3 ]
    [[ $stderr == *'--backup: backup.jsonl: '* ]]
    # The machine with the journal is gone.
    rm -r state
    revert --from backup.jsonl
    [ "$status" -eq 1 ]
    [ ! -e state ]
    [[ $stderr != *'closing line'* ]]
    # Whole lines at the end are lost.
    head -n 3 backup.jsonl >shorter.jsonl
    revert --from shorter.jsonl
    [ "$status" -eq 1 ]
    [[ $stderr == *'shorter.jsonl: its closing line is missing'*'It shows 2 of'* ]]
    # A process that was killed leaves part of a line.
    sed -i '$d' backup.jsonl
    printf '{"change":9' >>backup.jsonl
    revert --from backup.jsonl --apply --yes
    [ "$status" -eq 0 ]
    [[ $stderr == *'closing line is missing'* ]]
    [[ $stderr != *'never sent'* ]]
    [ "$(contacts)" = "$before" ]
}

@test "a backup that was edited is refused, with its line" {
    small_estate
    apply --backup backup.jsonl
    sed 's/"action":"create"/"action":"remove"/' backup.jsonl >edited.jsonl
    revert --from edited.jsonl
    [ "$status" -eq 3 ]
    [[ ${stderr_lines[0]} == 'piket: --from: edited.jsonl:'*'edited or damaged'* ]]
    python3 "$PIKET_ROOT/tests/cli/witness.py" reseal edited.jsonl
    revert --from edited.jsonl
    [ "$status" -eq 3 ]
    [[ ${stderr_lines[0]} == 'piket: --from: edited.jsonl:'*': action: '* ]]
    sed 3d backup.jsonl >shorter.jsonl
    revert --from shorter.jsonl
    [ "$status" -eq 3 ]
    [[ ${stderr_lines[0]} == 'piket: --from: shorter.jsonl:3: '*'a line before it is missing'* ]]
    tail -n +2 backup.jsonl >headless.jsonl
    revert --from headless.jsonl
    [ "$status" -eq 3 ]
    [[ ${stderr_lines[0]} == 'piket: --from: headless.jsonl:1: kind: '* ]]
    : >empty.jsonl
    revert --from empty.jsonl
    [ "$status" -eq 3 ]
    [[ $stderr == *'empty.jsonl: is not a backup'* ]]
}

@test "what was changed in one Azure is not reverted in another" {
    small_estate
    apply --backup backup.jsonl
    stop_emulator
    small_estate
    revert --apply --yes
    [ "$status" -eq 3 ]
    [[ $stderr == *"and this is $EMULATOR_URL"* ]]
    revert --from backup.jsonl --apply --yes
    [ "$status" -eq 3 ]
    [ "$(sent PUT DELETE)" -eq 0 ]
}

@test "an address that nobody gives is not made up" {
    small_estate
    run -2 --separate-stderr piket remediate
    [[ $output == *'an address is needed, none is given'* ]]
    run -2 --separate-stderr piket remediate --apply --yes --tenant $TENANT --phone '+31 20 123 4567' --verify-timeout 5
    [ "$(sent PUT)" -eq 2 ]
    [[ $output == *'2 changes: 2 fixed; 2 not planned'* ]]
}

@test "a contact comes from a file, the configuration and options" {
    small_estate
    printf 'version: 1\ntenant: %s\ncontact:\n  emails: [config@contoso.nl]\n' $TENANT >piket.yaml
    printf '{"properties": {"emails": "file@contoso.nl", "phone": "+31 20 765 4321"}}' >contact.json
    run -0 --separate-stderr piket remediate --contact contact.json --apply --yes
    contact 1 | grep -q 'file@contoso.nl'
    contact 1 | grep -q '+31 20 765 4321'
    contact 2 | grep -q '+31 20 123 4567'
    printf '{"properties": 1}' >contact.json
    run -3 --separate-stderr piket remediate --contact contact.json
    [[ $stderr == *'--contact: contact.json: '* ]]
    run -3 --separate-stderr piket remediate --contact nowhere.json
}

@test "a provider is registered only when that is asked for" {
    estate "$(subscription 1 Unregistered '{"contacts": [], "registered": false}')"
    remediate
    [ "$status" -eq 2 ]
    [[ $output == *'add --register-provider'* ]]
    apply
    [ "$status" -eq 2 ]
    [ "$(sent PUT)" -eq 0 ]
    apply --register-provider
    [ "$status" -eq 0 ]
    [ "$(sent PUT)" -eq 1 ]
    revert --apply --yes
    [ "$status" -eq 2 ]
    [[ $output == *'stays registered'* ]]
}

@test "what ARM refuses is shown with what to do" {
    estate "$(subscription 1 Locked '{"contacts": [], "lock": "ReadOnly"}')"
    apply
    [ "$status" -eq 2 ]
    [[ $output == *'409 ScopeLocked: '* ]]
    [[ $output == *'take the lock off'* ]]
    stop_emulator
    estate "$(subscription 1 Denied '{"contacts": [], "policyDenied": true}')"
    apply
    [ "$status" -eq 2 ]
    [[ $output == *'403 RequestDisallowedByPolicy: '* ]]
    [[ $output == *'an Azure Policy forbids it'* ]]
    stop_emulator
    estate "$(subscription 1 Read '{"contacts": [], "access": "read"}')"
    apply
    [ "$status" -eq 2 ]
    [[ $output == *'403 AuthorizationFailed: needs'* ]]
    [[ $output == *'grant the identity Security Admin'* ]]
}

# apply_behind ARGS...: applies in the background, to writes that take their time, and
# returns once the first change is journalled; sets $BEHIND. The emulator
# writes its line only once it has answered.
apply_behind() {
    printf '[{"when": {"method": "PUT"}, "then": {"delay": 2000}}]' >faults.json
    FAULTS=faults.json small_estate
    "$PIKET_BUILD/piket" remediate "${CONTACT[@]}" --apply --yes \
        --tenant $TENANT --format json --output report.json "$@" </dev/null \
        >stdout.txt 2>stderr.txt 3>&- &
    BEHIND=$!
    local tries=0
    until python3 -c 'import sqlite3, sys
rows = sqlite3.connect("file:state/piket/piket.db?mode=ro", uri=True).execute("select count(*) from change").fetchone()
sys.exit(0 if rows[0] else 1)' 2>/dev/null; do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
}

@test "a second piket says for whom it waits, and finds nothing left to do" {
    apply_behind
    apply
    [ "$status" -eq 0 ]
    [[ $stderr == *"waiting for another piket that makes changes: process $BEHIND"* ]]
    wait $BEHIND
    [ "$(sent PUT)" -eq 4 ]
}

@test "what a killed piket left is settled first, and said" {
    apply_behind
    kill -KILL $BEHIND
    wait $BEHIND || true
    apply
    [ "$status" -eq 0 ]
    [[ $stderr == *'1 unfinished change of an earlier run is settled'* ]]
    [[ $output == *'1 unfinished change of an earlier run was found out first'* ]]
}

@test "a backup has what was there before Azure has answered" {
    apply_behind --backup backup.jsonl
    local before tries=0
    until [ "$(wc -l <backup.jsonl)" -ge 2 ]; do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
    kill -KILL $BEHIND
    wait $BEHIND || true
    [ "$(sent PUT)" -eq 0 ]
    [ "$(sed -n 2p backup.jsonl | jq -r '[.subscription.name, .action, .before.text] | join(" ")')" = 'Absent create {"value":[]}' ]
}

@test "an interrupted apply ends what is under way, and reports it" {
    apply_behind
    kill -INT $BEHIND
    local status=0
    wait $BEHIND || status=$?
    [ "$status" -eq 130 ]
    [ "$(sent PUT)" -eq 1 ]
    [ "$(jq -r '[.summary.fixed, .summary.notSent, .summary.interrupted] | @csv' report.json)" = 1,3,true ]
}

@test "an interrupted reading changes nothing" {
    printf '[{"when": {"path": "*/securityContacts"}, "then": {"delay": 60000}}]' >faults.json
    FAULTS=faults.json small_estate
    "$PIKET_BUILD/piket" remediate "${CONTACT[@]}" --apply --yes \
        --tenant $TENANT </dev/null >stdout.txt 2>stderr.txt 3>&- &
    local pid=$! tries=0
    until grep -q '"path":"/subscriptions"' "$EMULATOR_LOG"; do
        [ $((tries += 1)) -lt 600 ]
        sleep 0.05
    done
    kill -TERM $pid
    local status=0
    wait $pid || status=$?
    [ "$status" -eq 143 ]
    grep -q 'interrupted: nothing has been changed' stderr.txt
    [ "$(sent PUT)" -eq 0 ]
}

@test "options that contradict each other, and values that cannot be, are told" {
    local words
    while IFS='|' read -r words expected; do
        # shellcheck disable=SC2086
        run -64 --separate-stderr piket $words
        [[ ${stderr_lines[0]} == "piket: $expected"* ]] \
            || { echo "$words: $stderr" && return 1; }
    done <<'END'
remediate --limit 0|--limit: '0' is not a whole number from 1
remediate --stop-after x|--stop-after: 'x' is not a whole number
remediate --verify-timeout 0|--verify-timeout: '0' is not a whole number
remediate --format xml|--format: there is no format 'xml'
remediate --email soc|--email: 'soc' is not a valid e-mail address
remediate --phone 020|--phone: '020' is not a phone number
remediate --role Admin|--role: Azure knows no 'Admin'
remediate --plan a --save-plan b|--save-plan: the plan is one that was kept
remediate --reason a --reason b|--reason: one per run
remediate --aply|there is no option '--aply'
remediate word|'word' is not an option
revert one two|'two': one remediation at a time
revert one --from file|--from: the backup says what is taken back
revert --no-store|--no-store: the journal says what is taken back
revert --plan a one|--plan: the plan says what is changed
revert --store postgresql://host/piket|--store: 
END
}

@test "what there is not cannot be reverted" {
    small_estate
    revert
    [ "$status" -eq 3 ]
    apply
    revert 2001
    [ "$status" -eq 3 ]
    [ "$(sent DELETE)" -eq 0 ]
}

@test "a backup that would bring back two members of one name is refused" {
    small_estate
    apply --backup backup.jsonl
    jq -c 'if .before.text? then .before.text |= gsub("\"emails\":";
        "\"Emails\":\"eve@contoso.nl\",\"emails\":") else . end' \
        backup.jsonl >evil.jsonl
    python3 "$PIKET_ROOT/tests/cli/witness.py" reseal evil.jsonl
    local writes
    writes=$(sent PUT)
    run -3 --separate-stderr piket revert --from evil.jsonl --apply --yes --tenant $TENANT
    [[ $stderr == *'two members named emails'* ]]
    [ "$(sent PUT)" -eq "$writes" ]
}

@test "a kept plan is for its owner alone" {
    small_estate
    umask 022
    remediate --save-plan plan.json
    [ "$(stat -c %a plan.json)" = 600 ]
}

@test "changes whose report cannot be written are named all the same" {
    small_estate
    run -3 --separate-stderr bash -c '"$PIKET_BUILD/piket" "$@" >/dev/full' - \
        remediate --email soc@contoso.nl --phone '+31 20 123 4567' \
        --apply --yes --tenant $TENANT
    [[ $stderr == *'write the report: '* ]]
    [[ $stderr =~ '4 changes were sent to Azure all the same: piket history '([^ ]+)' shows them' ]]
    run piket history "${BASH_REMATCH[1]}" --format json
    echo "$output"
    [ "$(jq -r '[.changes[].outcome] | unique | join(" ")' <<<"$output")" = fixed ]
}

@test "a backup that could not be begun leaves nothing in the way" {
    [ "$(id -u)" -ne 0 ] || skip 'root may read every folder'
    small_estate
    # Its name cannot be made durable in a folder that cannot be opened.
    mkdir -m 0300 kept
    run -3 --separate-stderr piket remediate --email soc@contoso.nl \
        --phone '+31 20 123 4567' --apply --yes --tenant $TENANT \
        --backup kept/backup.jsonl
    [[ $stderr == *'--backup: kept/backup.jsonl: '* ]]
    [ ! -e kept/backup.jsonl ]
    [ "$(sent PUT)" -eq 0 ]
}
