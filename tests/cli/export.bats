#!/usr/bin/env bats
# piket export: what it writes is read by the programs that it is for; az
# itself runs it in tests/conformance.

bats_require_minimum_version 1.5.0
load helpers

HOSTILE='o'\''neil`id`${HOME}%{x}@contoso.nl'

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR"
}

teardown() { stop_emulator; }

# export_to FORMAT ARGS...: the document on stdout; what is said beside it in
# the file said.
export_to() {
    local format=$1
    shift
    "$PIKET_BUILD/piket" export --format "$format" "$@" 2>said
}

# properties ARGS...: those that the ARM template has, in one line.
properties() { export_to arm "$@" | jq -c '.resources[0].properties'; }

# An az that notes its arguments, one to a line with its line breaks kept, and
# has chosen subscription "chosen".
fake_az() {
    mkdir -p bin
    cat >bin/az <<'EOF'
#!/bin/sh
if [ "$1" = account ]; then echo chosen; else printf '%s\0' "$@" >>calls; fi
EOF
    chmod +x bin/az
}

# az_calls FILTER: jq's answer on all calls of az rest, each a list of
# arguments.
az_calls() { jq -Rcs "split(\"\u0000\") | map(select(. != \"\")) | $1" calls; }

@test "a new contact mails what Azure would, unless something else is said" {
    [ "$(properties --email soc@contoso.nl)" = '{"isEnabled":true,"emails":"soc@contoso.nl","notificationsByRole":{"state":"On","roles":["Owner"]},"notificationsSources":[{"sourceType":"Alert","minimalSeverity":"High"}]}' ]
    [ "$(cat said)" = 'piket: profile baseline-nl would not let this contact pass: no phone number is set' ]
    [ "$(properties --email a@contoso.nl,b@contoso.nl --phone '+31 20 123 4567' \
        --minimal-severity low --minimal-risk-level critical --role contributor)" = \
        '{"isEnabled":true,"emails":"a@contoso.nl;b@contoso.nl","phone":"+31 20 123 4567","notificationsByRole":{"state":"On","roles":["Contributor"]},"notificationsSources":[{"sourceType":"Alert","minimalSeverity":"Low"},{"sourceType":"AttackPath","minimalRiskLevel":"Critical"}]}' ]
    grep -q 'baseline-nl would not let this contact pass: .*Owner' said
}

@test "options go before the document, and the document before the configuration" {
    cat >piket.yaml <<'EOF'
version: 1
contact:
  emails: [file@contoso.nl]
  phone: "+31 20 111 1111"
  minimal_severity: Low
EOF
    echo '{"properties":{"emails":"json@contoso.nl","phone":"+31 20 222 2222"}}' >contact.json
    [ "$(properties | jq -c '[.emails, .phone, .notificationsSources[0].minimalSeverity]')" = \
        '["file@contoso.nl","+31 20 111 1111","Low"]' ]
    [ "$(properties --contact contact.json | jq -c '[.emails, .phone, .notificationsSources[0].minimalSeverity]')" = \
        '["json@contoso.nl","+31 20 222 2222","Low"]' ]
    [ "$(properties --contact contact.json --email option@contoso.nl | jq -c '[.emails, .phone]')" = \
        '["option@contoso.nl","+31 20 222 2222"]' ]
    [ ! -s said ]
}

@test "an ARM template that was exported is a document for --contact" {
    export_to arm --email "soc@contoso.nl,$HOSTILE" --phone '+31 20 123 4567' \
        --minimal-risk-level medium --minimal-severity medium >first.json
    export_to arm --contact first.json >second.json
    cmp first.json second.json
}

@test "the az script writes to the subscriptions that are named, and to the chosen one" {
    fake_az
    export_to az --email "soc@contoso.nl,$HOSTILE" --email '"\"$(id)"@contoso.nl' \
        --phone '+31 20 123 4567' >script.sh
    bash -n script.sh
    export PATH=$PWD/bin:$PATH
    bash script.sh 11111111-1111-4111-8111-111111111111 second
    [ "$(az_calls '[.[] | select(test("securityContacts"))]')" = \
        '["/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview","/subscriptions/second/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview"]' ]
    [ "$(az_calls '[.[] | select(startswith("{")) | fromjson.properties] | .[0] == .[1]')" = true ]
    [ "$(az_calls '[.[] | select(startswith("{")) | fromjson.properties.emails][0]')" = \
        "$(properties --email "soc@contoso.nl,$HOSTILE" --email '"\"$(id)"@contoso.nl' | jq -c .emails)" ]
    rm calls
    bash script.sh
    [ "$(az_calls '[.[] | select(test("securityContacts"))] | map(split("/")[2])')" = '["chosen"]' ]
}

@test "the az script ends where az fails" {
    mkdir bin
    printf '#!/bin/sh\n[ "$1" = account ] && exit 3\nexit 4\n' >bin/az
    chmod +x bin/az
    export_to az --email soc@contoso.nl >script.sh
    export PATH=$PWD/bin:$PATH
    run -4 bash script.sh one two
    run -3 bash script.sh
}

@test "the policy deploys what the template says, and leaves alone what says all of it" {
    local -a contact=(--email "soc@contoso.nl,$HOSTILE" --phone '+31 20 123 4567'
        --minimal-risk-level high)
    export_to policy "${contact[@]}" >policy.json
    export_to arm "${contact[@]}" >arm.json
    # Each expression replaced by the parameter's default is the template.
    jq -S '.properties as $p
        | ($p.parameters | map_values(.defaultValue)) as $values
        | $p.policyRule.then.details.deployment.properties.template.resources[0].properties
        | walk(if type == "string" and startswith("[parameters(")
            then $values[.[13:-3]] else . end)' policy.json >deployed.json
    jq -S '.resources[0].properties' arm.json | cmp - deployed.json
    # Every member is held against its alias.
    [ "$(jq -c '[.. | objects | .field? // empty | select(startswith("Microsoft.Security"))] | unique
        | map(ltrimstr("Microsoft.Security/securityContacts/"))' policy.json)" = \
        '["email","isEnabled","notificationsByRole.roles[*]","notificationsByRole.state","notificationsSources[*]","notificationsSources[*].Alert.minimalSeverity","notificationsSources[*].AttackPath.minimalRiskLevel","notificationsSources[*].sourceType","phone"]' ]
    # Every parameter that is passed is declared, and used.
    jq -e '.properties.policyRule.then.details.deployment.properties
        | (.parameters | keys) == (.template.parameters | keys)' policy.json >/dev/null
    # Without attack paths, a contact that mails them is not as wanted.
    export_to policy --email soc@contoso.nl |
        jq -e '[.. | objects | select(.count?.where?.equals? == "AttackPath") | .equals] == [0]' >/dev/null
}

@test "a document goes to a file whole, or not at all" {
    export_to bicep --email soc@contoso.nl --output main.bicep
    [ "$(cat main.bicep)" = "$(export_to bicep --email soc@contoso.nl)" ]
    run --separate-stderr -3 "$PIKET_BUILD/piket" export --format bicep \
        --email soc@contoso.nl --output absent/main.bicep
    [[ ${stderr_lines[0]} == 'piket: export the contact: '*absent/main.bicep* ]]
}

@test "what is missing or wrong is said" {
    run --separate-stderr -64 "$PIKET_BUILD/piket" export --email soc@contoso.nl
    [ "${stderr_lines[0]}" = 'piket: --format: which one?' ]
    [ "${stderr_lines[1]}" = '       there are: bicep, terraform, arm, az, powershell, policy' ]
    run --separate-stderr -64 "$PIKET_BUILD/piket" export --format Bicep
    [ "${stderr_lines[0]}" = "piket: --format: there is no format 'Bicep'" ]
    run --separate-stderr -3 "$PIKET_BUILD/piket" export --format az
    [ "${stderr_lines[0]}" = 'piket: no address is given that would be mailed' ]
    [ -z "$output" ]
    echo '{"emails":"<address>"}' >contact.json
    run --separate-stderr -3 "$PIKET_BUILD/piket" export --format az --contact contact.json
    [ "${stderr_lines[0]}" = "piket: --contact: contact.json: properties.emails: '<address>' is not a valid e-mail address" ]
    [ -z "$output" ]
}

@test "a subscription to which it was written complies" {
    local estate=$BATS_TEST_TMPDIR/estate id
    start_emulator --generate 8 --seed 7 --write-estate "$estate"
    sign_in
    export PATH=$PWD/bin:$PATH TOKEN
    mkdir bin
    cat >bin/az <<'EOF'
#!/bin/bash
while [ $# -gt 0 ]; do
    case $1 in
    --url) url=$2 ;;
    --body) body=$2 ;;
    esac
    shift
done
exec curl -fsS --noproxy '*' --cacert "$SSL_CERT_FILE" -X PUT \
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d "$body" "$PIKET_ARM_ENDPOINT$url"
EOF
    chmod +x bin/az
    id=$("$PIKET_BUILD/piket" check --format json 2>/dev/null |
        jq -r '[.subscriptions[] | select(.status == "non-compliant")][0].id')
    [ -n "$id" ]
    export_to az --email "soc@contoso.nl,$HOSTILE" --phone '+31 20 123 4567' \
        --minimal-risk-level high >script.sh
    [ ! -s said ]
    bash script.sh "$id" >/dev/null
    for profile in baseline-nl cis-5.0; do
        "$PIKET_BUILD/piket" check --format json --subscription "$id" \
            --profile "$profile" >run.json 2>/dev/null || true
        jq -r '.subscriptions[0] | .status, (.findings[] | select(.status == "fail") | .requirement)' run.json
    done | tee found
    [ "$(head -1 found)" = compliant ]
    jq -e --arg email "$HOSTILE" '.subscriptions[0].contact.emails == ["soc@contoso.nl", $email]' run.json
}
