#!/usr/bin/env bats
# piket doctor: each of its lines in order, in doubt and failing; what it
# sends, and what it says to do.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd
OBJECT=0b1ec750-0000-4000-8000-00000000abcd

setup() {
    # Nothing of the caller's may sign in here, nor configure.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_PROXY no_proxy \
        NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    stop_emulator
}

piket() { "$PIKET_BUILD/piket" "$@"; }

# doctor ARGS...: runs it; the JSON is in $REPORT.
doctor() {
    REPORT=$BATS_TEST_TMPDIR/diagnosis.json
    rm -f "$REPORT"
    run --separate-stderr piket doctor --format json --output "$REPORT" "$@"
}

# line ID: status and reason of a line.
line() { jq -r --arg id "$1" '.lines[] | select(.id == $id) | .status + " " + .reason' "$REPORT"; }

# fact ID FILTER: of the facts of a line.
fact() { jq -c --arg id "$1" ".lines[] | select(.id == \$id) | .facts$2" "$REPORT"; }

# tells ID MEMBER: message, advice or command of a line.
tells() { jq -r --arg id "$1" --arg member "$2" '.lines[] | select(.id == $id)[$member]' "$REPORT"; }

# others STATUS: the ids of all lines that are not of this status.
others() { jq -r --arg status "$1" '[.lines[] | select(.status != $status).id] | join(" ")' "$REPORT"; }

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# estate FILTER: four subscriptions, changed by a jq filter.
estate() {
    jq -n --arg tenant "$TENANT" --arg object "$OBJECT" '
        def subscription($number; $name): {
            id: "00000000-0000-4000-8000-00000000000\($number)",
            displayName: $name, contacts: [{name: "default",
                isEnabled: true, emails: "soc@contoso.nl",
                notificationsByRole: {state: "Off", roles: []},
                notificationsSources: []}]};
        {tenants: [{id: $tenant, displayName: "Contoso", clients: [{
            clientId: "c11e4715-0000-4000-8000-00000000abcd",
            secret: "secret", objectId: $object}]}],
         pageSize: 2,
         subscriptions: [subscription(1; "Zorg"), subscription(2; "Data"),
            subscription(3; "Web"), subscription(4; "Lab")]} | '"${1:-.}" >estate.json
}

# start FILTER FAULTS: an emulator with that estate and these faults.
start() {
    estate "${1:-.}"
    printf '%s' "${2:-[]}" >faults.json
    start_emulator --estate estate.json --faults faults.json "${@:3}"
}

config() { printf 'version: 1\n%s\n' "$1" >piket.yaml; }

@test "where nothing is wrong, every line passes, and only GETs are sent" {
    start
    config "tenant: $TENANT
contact: {emails: [soc@contoso.nl]}"
    doctor
    [ "$status" -eq 0 ]
    [ -z "$(others pass)" ]
    [ "$(jq -r .summary.verdict "$REPORT")" = ready ]
    [ "$(jq .summary.pass "$REPORT")" -eq "$(jq '.lines | length' "$REPORT")" ]
    [ "$(fact configuration .file)" = '"piket.yaml"' ]
    [ "$(fact tenant .name)" = '"Contoso"' ]
    [ "$(fact identity .objectId)" = "\"$OBJECT\"" ]
    [ "$(fact arm-endpoint .httpStatus)" = 401 ]
    [ "$(fact subscriptions .byState)" = '{"Enabled":4}' ]
    [ "$(fact contact-read .version)" = '"2023-12-01-preview"' ]
    # A token request is no request to ARM.
    [ "$(jq -r 'select(.path | test("/oauth2/") | not).method' "$EMULATOR_LOG" | sort -u)" = GET ]
    [ "$(jq -r 'select(.path | test("securityContacts"))' "$EMULATOR_LOG" | jq -s length)" -eq 1 ]
}

@test "the text says what to type next, in 80 columns" {
    start
    run --separate-stderr piket doctor
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 'piket 0.1.0   doctor   AzureCloud' ]
    [[ $output == *'READY: a check can read everything in the sample (exit status 0)'* ]]
    [ "${lines[-1]}" = 'Next:  piket check' ]
    # Words such as file names may be longer.
    run ! awk 'length($0) > 80 && $0 !~ /\// { found = 1 } END { exit !found }' <<<"$output"
}

@test "the store: not there yet, usable, off, unfinished, unusable" {
    start
    config "tenant: $TENANT"
    local file=$XDG_STATE_HOME/piket/piket.db
    doctor
    [ "$status" -eq 0 ]
    [ "$(line store)" = 'pass store-absent' ]
    [ "$(fact store .file)" = "\"$file\"" ]
    # Looking makes none.
    [ ! -e "$file" ]
    piket check --quiet >/dev/null || true
    doctor
    [ "$(line store)" = 'pass store-usable' ]
    doctor --no-store
    [ "$(line store)" = 'pass store-off' ]
    # What a killed run leaves: begun, and no end.
    python3 - "$file" <<'END'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
store.execute("INSERT INTO operation (id, kind, started_at, finished_at, cloud,"
              " endpoint, profile) VALUES ('a', 'remediation', 1, 0,"
              " 'AzureCloud', 'https://management.azure.com', 'baseline-nl')")
store.execute("INSERT INTO change (operation, subscription, subscription_name,"
              " tenant, action, version, reverts, journalled_at, finished_at,"
              " outcome, settled, before_version, before, body) VALUES ('a',"
              " 'b', 'Zorg', 't', 'update', '2023-12-01-preview', 0, 1, 0,"
              " 'pending', 0, '2023-12-01-preview', x'7b7d', '{}')")
store.commit()
END
    python3 "$PIKET_ROOT/tests/cli/witness.py" seal "$file"
    doctor
    [ "$status" -eq 0 ]
    [ "$(line store)" = 'warn store-unfinished' ]
    [ "$(fact store .changes)" = 1 ]
    [[ $(tells store message) = *'1 change was begun'* ]]
    [[ $(tells store advice) = *'piket remediate --apply'* ]]
    chmod 666 "$file"
    doctor
    [ "$status" -eq 0 ]
    [ "$(line store)" = 'warn store-unusable' ]
    # A check that was told to use it could not run.
    doctor --store "$file"
    [ "$status" -eq 3 ]
    [ "$(line store)" = 'fail store-unusable' ]
    [[ $(tells store message) = *'is open to other users'* ]]
    [[ $(tells store advice) = *'chmod 600'* ]]
}

@test "the configuration: none, broken, without a contact, of another tenant" {
    start
    doctor
    [ "$status" -eq 0 ]
    [ "$(line configuration)" = 'pass config-none' ]
    [ "$(line desired-contact)" = 'warn contact-not-desired' ]
    [ "$(line configured-tenant)" = 'pass tenant-no-file' ]
    config 'profil: strict'
    doctor
    [ "$status" -eq 3 ]
    [ "$(line configuration)" = 'fail config-broken' ]
    [ "$(fact configuration .error)" = '"piket.yaml:2: profil: there is no such key"' ]
    [ "$(tells configuration advice)" = "did you mean 'profile'?" ]
    [ "$(line desired-contact)" = 'skipped depends' ]
    [ "$(line scope)" = 'skipped depends' ]
    [ "$(fact scope .because)" = '"configuration"' ]
    [ "$(line permission-read)" = 'pass allowed' ]
    config 'tenant: 11111111-2222-4333-8444-555555555555'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line configured-tenant)" = 'warn tenant-differs' ]
    config 'profile: strict'
    doctor
    [ "$(line configured-tenant)" = 'pass tenant-free' ]
    run --separate-stderr piket doctor --print-config
    [ "$status" -eq 0 ]
    [[ $output == *strict* ]]
}

@test "an address that cannot be used ends what rests on it" {
    start
    AZURE_AUTHORITY_HOST=https://login.example doctor
    [ "$status" -eq 3 ]
    [ "$(line cloud)" = 'fail cloud-unusable' ]
    [[ $(tells cloud advice) == *--authority-host* ]]
    [ "$(fact contact-read .because)" = '"cloud"' ]
    [ ! -s "$EMULATOR_LOG" ]
}

@test "the proxy is named without its password" {
    start
    HTTPS_PROXY=http://user:geheim@proxy.contoso.nl:3128 doctor
    [ "$(line proxy)" = 'pass proxy-loopback' ]
    [ "$(fact proxy .proxy)" = '"proxy.contoso.nl port 3128"' ]
    run ! grep -q geheim "$REPORT"
    doctor
    [ "$(line proxy)" = 'pass proxy-none' ]
}

@test "certificates that cannot be read, and those of somebody else" {
    start
    doctor --ca-file missing.pem
    [ "$status" -eq 3 ]
    [ "$(line ca-file)" = 'fail ca-file-unreadable' ]
    [ "$(fact ca-file .error)" = '"No such file or directory"' ]
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=other -days 2 \
        -keyout key.pem -out other.pem 2>openssl.log
    doctor --ca-file other.pem
    [ "$status" -eq 3 ]
    [ "$(line ca-file)" = 'pass ca-file' ]
    [ "$(line arm-endpoint)" = 'fail tls-failed' ]
    [ "$(line authority)" = 'fail tls-failed' ]
    [[ $(tells arm-endpoint advice) == *--ca-file* ]]
    [ "$(fact clock .because)" = '"arm-endpoint"' ]
}

@test "an endpoint that refuses, is not Azure's, or is busy" {
    start . '[{"when": {"path": "/subscriptions", "first": 3},
               "then": {"status": 200, "bodyText": "<html>Sign in</html>", "contentType": "text/html"}},
              {"when": {"path": "/subscriptions"}, "then": {"status": 503, "retryAfterMs": 1}}]'
    doctor --arm-endpoint https://127.0.0.1:1
    [ "$status" -eq 3 ]
    [ "$(line arm-endpoint)" = 'fail not-connected' ]
    [ "$(line authority)" = 'pass reached' ]
    [ "$(line credential)" = 'pass signed-in' ]
    doctor
    [ "$status" -eq 3 ]
    [ "$(line arm-endpoint)" = 'fail foreign' ]
    [[ $(tells arm-endpoint advice) == *proxy* ]]
    # Whatever is left of the first three.
    arm_status /subscriptions >/dev/null || true
    arm_status /subscriptions >/dev/null || true
    doctor
    [ "$(line arm-endpoint)" = 'warn busy' ]
    [ "$(line subscriptions)" = 'fail not-listed' ]
    [ "$status" -eq 3 ]
}

@test "the authority: a tenant that it does not know" {
    start
    AZURE_TENANT_ID=11111111-2222-4333-8444-555555555555 doctor
    [ "$status" -eq 3 ]
    [ "$(line authority)" = 'fail tenant-unknown' ]
    [ "$(line credential)" = 'fail not-signed-in' ]
    [ "$(fact identity .because)" = '"credential"' ]
    sign_in
    AZURE_ACCESS_TOKEN=$TOKEN AZURE_TENANT_ID=11111111-2222-4333-8444-555555555555 doctor
    [ "$status" -eq 0 ]
    [ "$(line authority)" = 'warn tenant-unknown' ]
}

@test "a clock that is off: a warning from 60 seconds, a failure from 300" {
    start . '[{"when": {"path": "/subscriptions", "first": 6}, "then": {"dateSkew": 90}},
              {"when": {"path": "/subscriptions"}, "then": {"dateSkew": -400}}]'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line clock)" = 'warn clock-behind' ]
    [ "$(fact clock '.seconds >= 88 and .seconds <= 92')" = true ]
    doctor
    [ "$(line clock)" = 'warn clock-behind' ]
    doctor
    [ "$status" -eq 3 ]
    [ "$(line clock)" = 'fail clock-ahead' ]
    [ "$(tells clock command)" = 'timedatectl set-ntp true' ]
}

@test "signing in: who was passed over and why, and when nobody can" {
    start
    doctor
    [ "$(fact credential .passedOver)" = '["AccessTokenCredential: AZURE_ACCESS_TOKEN is not set"]' ]
    unset AZURE_CLIENT_SECRET
    doctor
    [ "$status" -eq 3 ]
    [ "$(line credential)" = 'fail not-signed-in' ]
    for name in AccessTokenCredential EnvironmentCredential AzureCliCredential; do
        [[ $(tells credential message) == *"$name: "* ]]
    done
    # What is half configured was meant.
    [ "$(tells credential advice)" = 'set AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, too' ]
    unset AZURE_CLIENT_ID
    doctor
    [[ $(tells credential advice) == *'az login'* ]]
    for skipped in tenant identity token subscriptions permission-read; do
        [ "$(fact "$skipped" .because)" = '"credential"' ]
    done
}

@test "a token that ends soon, one that is not renewed, one that is refused" {
    start . '[]' --token-lifetime 300
    doctor
    [ "$status" -eq 0 ]
    [ "$(line token)" = 'warn token-ends-soon' ]
    stop_emulator
    start
    sign_in
    export AZURE_ACCESS_TOKEN=$TOKEN
    doctor
    [ "$(line token)" = 'pass token-static' ]
    run piket doctor -vvv
    [[ $output != *"$TOKEN"* ]]
    [[ $output != *"${TOKEN##*.}"* ]]
    AZURE_ACCESS_TOKEN=${TOKEN%????}AAAA doctor
    [ "$status" -eq 3 ]
    [[ $(line credential) == 'fail '* ]]
}

@test "what is visible: by state and tenant, nothing, a list that breaks off" {
    start '.subscriptions[1].state = "Disabled" | .subscriptions[2].state = "PastDue"'
    doctor
    [ "$(fact subscriptions .byState)" = '{"Enabled":2,"PastDue":1,"Disabled":1}' ]
    [ "$(fact permission-read .sample)" = 3 ]
    stop_emulator
    start '.subscriptions = []'
    doctor
    [ "$status" -eq 2 ]
    [ "$(line subscriptions)" = 'fail none-visible' ]
    [[ $(tells subscriptions advice) == *'Security Reader'* ]]
    [ "$(fact permission-read .because)" = '"subscriptions"' ]
    stop_emulator
    # The third is the second page: the first two are asked side by side.
    start . '[{"when": {"path": "/subscriptions", "after": 2}, "then": {"status": 403}}]'
    doctor
    [ "$status" -eq 2 ]
    [ "$(line subscriptions)" = 'fail list-broken' ]
    [ "$(fact subscriptions .subscriptions)" = 2 ]
}

@test "the scope: left out, named wrongly, nothing left" {
    start
    doctor --exclude Data
    [ "$status" -eq 0 ]
    [ "$(line scope)" = 'pass scope-applied' ]
    [ "$(fact scope .leftOut)" = 1 ]
    [ "$(fact permission-read .sample)" = 3 ]
    doctor --exclude '*-sandbox'
    [ "$(line scope)" = 'warn scope-noted' ]
    doctor --subscription Zorgg
    [ "$status" -eq 3 ]
    [ "$(line scope)" = 'fail scope-wrong' ]
    [[ $(tells scope advice) == *Zorg* ]]
    [ "$(line permission-read)" = 'pass allowed' ]
    doctor --exclude '*'
    [ "$status" -eq 2 ]
    [ "$(line scope)" = 'fail scope-empty' ]
    doctor --management-group mg-missing
    [ "$status" -eq 3 ]
    [ "$(line scope)" = 'fail scope-wrong' ]
}

@test "subscriptions of other tenants count, unless one tenant is asked for" {
    start '.tenants += [{id: "11111111-2222-4333-8444-555555555555", displayName: "Fabrikam"}]
        | .subscriptions[3] += {tenantId: .tenants[1].id, managedByTenants: [.tenants[0].id]}'
    doctor
    [ "$status" -eq 0 ]
    [ "$(fact subscriptions .byTenant)" = "{\"$TENANT\":3,\"11111111-2222-4333-8444-555555555555\":1}" ]
    [ "$(line scope)" = 'pass scope-all' ]
    doctor --tenant "$TENANT"
    [ "$status" -eq 0 ]
    [ "$(line scope)" = 'pass scope-applied' ]
    [ "$(fact scope .leftOut)" = 1 ]
    [ "$(fact permission-read .sample)" = 3 ]
}

@test "coverage: what there is and cannot be seen" {
    start '.subscriptions[3].listed = false'
    doctor
    [ "$status" -eq 2 ]
    [ "$(line coverage)" = 'fail not-visible' ]
    [ "$(fact coverage .names)" = '["Lab"]' ]
    [ "$(fact coverage .expected)" = 4 ]
    [ "$(tells coverage command)" \
        = "az role assignment create --assignee $OBJECT --role \"Security Reader\" --scope /subscriptions/$(id 4)" ]
    doctor --exclude Lab
    [ "$(line coverage)" = 'pass covered' ]
    stop_emulator
    start . '[{"when": {"path": "*/descendants"}, "then": {"status": 403}}]'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line coverage)" = 'warn coverage-hidden' ]
    [[ $(tells coverage command) == *'"Management Group Reader"'*"managementGroups/$TENANT" ]]
}

@test "roles with wildcards and notActions, in pages" {
    start '.pageSize = 1
        | .subscriptions[0].roles = [
            {actions: ["Microsoft.Compute/*"]},
            {actions: ["*/read"], notActions: ["Microsoft.Billing/*"]},
            {actions: ["microsoft.security/SECURITYCONTACTS/*"]}]
        | .subscriptions[1].roles = [
            {actions: ["*"], notActions: ["Microsoft.Security/*/delete"]}]
        | .subscriptions[2].roles = [
            {actions: ["*"], notActions: ["Microsoft.Security/*"]},
            {actions: ["Microsoft.Security/securityContacts/write"]}]
        | .subscriptions[3].roles = []'
    doctor
    [ "$status" -eq 2 ]
    [ "$(line permission-read)" = 'fail read-denied' ]
    [ "$(fact permission-read .names)" = '["Web","Lab"]' ]
    [ "$(fact permission-read .ids)" = "[\"$(id 3)\",\"$(id 4)\"]" ]
    [ "$(tells permission-read command)" \
        = "az role assignment create --assignee $OBJECT --role \"Security Reader\" --scope /providers/Microsoft.Management/managementGroups/$TENANT" ]
    [ "$(line permission-write)" = 'warn write-denied' ]
    [ "$(fact permission-write .names)" = '["Data","Web","Lab"]' ]
    [[ $(tells permission-write command) == *'"Security Admin"'* ]]
    # The one real read goes where it is allowed.
    [ "$(line contact-read)" = 'pass contact-read' ]
    run --separate-stderr piket doctor
    [ "$status" -eq 2 ]
    [[ $output == *'A CHECK WOULD BE INCOMPLETE (exit status 2)'* ]]
    [[ $output == *"        az role assignment create --assignee $OBJECT --role \"Security Reader\""* ]]
    [ "${lines[-1]}" = 'Next:  mend what fails, from the top, then: piket doctor' ]
}

@test "what one may do agrees with what one may do" {
    start '.subscriptions[0].roles = [{actions: ["Microsoft.Security/*/read"]}]
        | .subscriptions |= .[:1]'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line permission-read)" = 'pass allowed' ]
    [ "$(line permission-write)" = 'warn write-denied' ]
    [ "$(tells permission-write command | grep -o '/subscriptions/.*')" = "/subscriptions/$(id 1)" ]
    # Security Reader may not read providers; nothing is amiss.
    [ "$(line registration)" = 'pass registration-unseen' ]
    [ "$(line contact-read)" = 'pass contact-read' ]
    sign_in
    [ "$(arm_status "/subscriptions/$(id 1)/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" \
        -X DELETE)" = 403 ]
}

@test "permissions that cannot be read, a registration that is missing" {
    start '.subscriptions[1].registered = false' \
        '[{"when": {"path": "*000000000003*permissions"}, "then": {"status": 404}}]'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line permission-read)" = 'warn permissions-unread' ]
    [ "$(fact permission-read .unread)" = 1 ]
    run piket doctor
    [[ $output == *'READY: a check can run; whether it can read everything is not known (exit status 0)'* ]]
    [ "$(line registration)" = 'warn not-registered' ]
    [ "$(fact registration .names)" = '["Data"]' ]
    [ "$(fact registration .registrable)" = 1 ]
    [ "$(tells registration command)" \
        = "az provider register --namespace Microsoft.Security --subscription $(id 2)" ]
}

@test "the one real read: refused, or in an older version" {
    start . '[{"when": {"path": "*securityContacts"}, "then": {"status": 403}}]'
    doctor
    [ "$status" -eq 2 ]
    [ "$(line contact-read)" = 'fail contact-unread' ]
    [ "$(fact contact-read .code)" = '"AuthorizationFailed"' ]
    stop_emulator
    start '.contactApiVersions = ["2020-01-01-preview"]'
    doctor
    [ "$status" -eq 0 ]
    [ "$(line contact-read)" = 'warn contact-older' ]
}

@test "--sample bounds what is asked, spread over all" {
    start
    doctor --sample 2
    [ "$(fact permission-read .sample)" = 2 ]
    [ "$(jq -r 'select(.path | test("permissions$")).path
        | capture("/subscriptions/(?<id>[^/]*)").id[-1:]' "$EMULATOR_LOG" | sort | tr -d '\n')" = 24 ]
    doctor --sample all
    [ "$(fact permission-read .sample)" = 4 ]
    doctor --sample 0
    [ "$status" -eq 64 ]
    run --separate-stderr piket doctor --format xml
    [ "$status" -eq 64 ]
}

@test "names of Azure's are made safe, and stay out of commands" {
    start '.subscriptions[0] += {displayName: "\u001b[31mrood$(id)", access: "none"}'
    run --separate-stderr piket doctor
    [ "$status" -eq 2 ]
    [[ $output != *$'\033'* ]]
    [[ $output == *'[31mrood$(id)'* ]]
    run ! grep -q 'az role.*rood' <<<"$output"
}

@test "what others wrote begins no line of the diagnosis" {
    start '.subscriptions[0] += {displayName: "a\nREADY\r\nREADY"}' \
        '[{"when": {"path": "*securityContacts*"}, "then": {"status": 403, "message": "no\nREADY"}}]'
    doctor
    [ "$status" -eq 2 ]
    [[ $(tells contact-read message) == 'a READY  READY: HTTP 403'*': no READY' ]]
}

@test "an interruption tells what was known by then" {
    start . '[{"when": {"path": "*permissions"}, "then": {"delay": 60000}}]'
    "$PIKET_BUILD/piket" doctor --format json --output out.json &
    local pid=$!
    # All sampled are being asked.
    until [ "$(jq -r 'select(.path | test("providers/Microsoft.Security$")).path' "$EMULATOR_LOG" | wc -l)" -eq 4 ]; do
        kill -0 "$pid"
        sleep 0.05
    done
    kill -INT "$pid"
    local result=0
    wait "$pid" || result=$?
    [ "$result" -eq 130 ]
    REPORT=out.json
    [ "$(jq .interrupted "$REPORT")" = true ]
    [ "$(line subscriptions)" = 'pass visible' ]
    [ "$(line permission-read)" = 'skipped interrupted' ]
}
