#!/usr/bin/env bats
# piket init: what is read, what is written, and what is left alone.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd

setup() {
    # Nothing of the caller's may sign in here, nor configure.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    mkdir "$BATS_TEST_TMPDIR/work"
    cd "$BATS_TEST_TMPDIR/work" || return 1
}

teardown() {
    stop_emulator
}

piket() { "$PIKET_BUILD/piket" "$@"; }

init() { run --separate-stderr piket init "$@"; }

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# start ARGS...: three subscriptions with contacts, one without; hostile names
# where a tenant's administrators may choose them. Two to a page.
start() {
    jq -n --arg tenant "$TENANT" '
        def subscription($number; $name): {
            id: "00000000-0000-4000-8000-00000000000\($number)",
            displayName: $name};
        def contact($emails): {contacts: [{name: "default",
                isEnabled: true, emails: $emails,
                phone: "+31 20 123 4567",
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [
                    {sourceType: "Alert", minimalSeverity: "High"},
                    {sourceType: "AttackPath", minimalRiskLevel: "High"}]}]};
        {tenants: [{id: $tenant, displayName: "Contoso", clients: [{
            clientId: "c11e4715-0000-4000-8000-00000000abcd",
            secret: "secret",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
         managementGroups: [
            {id: "mg-zorg", displayName: "Zorg\nversion: 2 # \u202e\u001b[2J"},
            {id: "mg-lab", displayName: "Lab", parent: "mg-zorg"}],
         pageSize: 2,
         subscriptions: [
            (subscription(1; "Zorg\nmutes: x") + contact("soc@contoso.nl")
                + {managementGroup: "mg-zorg"}),
            (subscription(2; "Lab")
                + contact("SOC@contoso.nl;\"a: b\"@x.nl")
                + {managementGroup: "mg-lab"}),
            (subscription(3; "Data") + contact("soc@contoso.nl;jan(at)x.nl")),
            subscription(4; "Kennisnet-Sandbox")]}' >../estate.json
    start_emulator --estate ../estate.json "$@"
}

# methods: those of all requests to ARM, once each.
methods() {
    jq -r 'select(.path | test("^/(subscriptions|providers)")) | .method' \
        "$EMULATOR_LOG" | sort -u | tr '\n' ' '
}

@test "piket.yaml is written from the tenant, by GETs alone, and then used" {
    start
    umask 022
    init
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "${lines[0]}" = 'piket.yaml is written. It proposes, from the contacts of 3 of 4 subscriptions:' ]
    [[ $output == *'emails               soc@contoso.nl   3 of 3 contacts'* ]]
    [[ $output == *$'\n       piket check\n'* ]]
    [ "$(methods)" = 'GET ' ]
    [ "$(stat -c %a piket.yaml)" = 644 ]
    [ "$(ls -A)" = piket.yaml ]
    [[ $(<piket.yaml) != *$'\e'* ]]
    grep -qx 'tenant: 7c0ffee0-0000-4000-8000-00000000abcd' piket.yaml
    grep -qx '    - soc@contoso.nl                    # 3 of 3 contacts' piket.yaml
    grep -qx '#    - "\\"a: b\\"@x\.nl"  *# 1 of 3 contacts' piket.yaml
    grep -qx '# And 1 that is not valid.' piket.yaml
    grep -qx '#    - mg-lab                           # Lab' piket.yaml
    grep -q '^#    - mg-zorg  *# Zorg version: 2 # ' piket.yaml
    run --separate-stderr piket check --print-config
    [ "$status" -eq 0 ]
    [[ $output =~ 'configuration file: piket.yaml'\ +'# default' ]]
    [[ $output =~ 'emails: ["soc@contoso.nl"]'\ +'# file' ]]
    [[ $output =~ 'phone: "+31 20 123 4567"'\ +'# file' ]]
    [[ $output =~ 'allowed_domains: ["contoso.nl"]'\ +'# file' ]]
    run --separate-stderr piket check --format json
    [ "$status" -eq 1 ]
    [ "$(jq -r .run.config <<<"$output")" = piket.yaml ]
    # What the profile does not demand is said to be compared with nothing.
    [ "$(jq -r '.run.notes[]' <<<"$output" | sed 's/ is compared.*//')" \
        = 'piket.yaml: thresholds.allowed_domains
piket.yaml: contact' ]
}

@test "the same tenant gives the same bytes" {
    start_emulator --generate 40 --seed 3 --latency 5
    init --output one.yaml --concurrency 1
    [ "$status" -eq 0 ]
    init --output two.yaml --concurrency 32
    [ "$status" -eq 0 ]
    [[ $output == *'piket check --config two.yaml'* ]]
    cmp one.yaml two.yaml
}

@test "what stands there stays, and nothing is sent" {
    start
    echo mine >piket.yaml
    ln -s nowhere.yaml link.yaml
    local file
    for file in piket.yaml link.yaml none/piket.yaml .; do
        init --output "$file"
        [ "$status" -eq 3 ]
        [ -z "$output" ]
        [[ $stderr == "piket: write the configuration: $file: "* ]]
        [[ $stderr == *'piket init --output other.yaml writes it elsewhere' ]]
    done
    init
    [ "$stderr" = 'piket: write the configuration: piket.yaml: is there already, and stays as it is
       piket init --output other.yaml writes it elsewhere' ]
    [ "$(cat piket.yaml)" = mine ]
    [ ! -e nowhere.yaml ]
    [ ! -s "$EMULATOR_LOG" ]
    [ "$(ls -A | tr '\n' ' ')" = 'link.yaml piket.yaml ' ]
}

@test "a file that appears meanwhile stays, too" {
    start --latency 500
    "$PIKET_BUILD/piket" init >out 2>err 3>&- &
    local pid=$!
    until [ -s "$EMULATOR_LOG" ]; do
        kill -0 "$pid"
        sleep 0.02
    done
    echo theirs >piket.yaml
    local result=0
    wait "$pid" || result=$?
    [ "$result" -eq 3 ]
    [ "$(cat piket.yaml)" = theirs ]
    [ ! -s out ]
    grep -q 'piket.yaml: is there already, and stays as it is' err
    [ "$(ls -A | tr '\n' ' ')" = 'err out piket.yaml ' ]
}

@test "an interrupted init writes nothing" {
    start --latency 5000
    "$PIKET_BUILD/piket" init >out 2>err 3>&- &
    local pid=$!
    until [ -s "$EMULATOR_LOG" ]; do
        kill -0 "$pid"
        sleep 0.02
    done
    kill -TERM "$pid"
    local result=0
    wait "$pid" || result=$?
    [ "$result" -eq 143 ]
    [ "$(cat err)" = 'piket: interrupted: nothing is written' ]
    [ ! -s out ]
    [ ! -e piket.yaml ]
}

@test "--output - prints the file and nothing else; a strict umask is kept" {
    start
    init --output -
    [ "$status" -eq 0 ]
    [ ! -e piket.yaml ]
    printf '%s\n' "$output" >printed.yaml
    piket check --print-config --config printed.yaml >/dev/null
    umask 077
    init
    [ "$(stat -c %a piket.yaml)" = 600 ]
    cmp piket.yaml printed.yaml
}

@test "the scope and the profile of the options are those of the file" {
    start
    init --exclude 'kennisnet-*' --management-group mg-zorg --profile strict
    [ "$status" -eq 0 ]
    run --separate-stderr piket check --print-config
    [ "$status" -eq 0 ]
    [[ $output =~ 'profile: "strict"'\ +'# file' ]]
    [[ $output =~ 'management_groups: ["mg-zorg"]'\ +'# file' ]]
    [[ $output =~ 'exclude: ["kennisnet-*"]'\ +'# file' ]]
    grep -qx '# 2 of 2 subscriptions have a security contact.' piket.yaml
    grep -qx '# The profile demands something else: see piket explain alerts-notified.' piket.yaml
    run --separate-stderr piket check --format json
    [ "$(jq .summary.subscriptions <<<"$output")" -eq 2 ]
}

@test "what cannot be read is told, and makes the exit status 2" {
    printf '[{"when": {"subscription": "%s"}, "then": {"status": 403}}]' \
        "$(id 1)" >../faults.json
    start --faults ../faults.json
    init
    [ "$status" -eq 2 ]
    [[ $output == *'1 subscription could not be read; piket check says why.'* ]]
    grep -qx '# - 1 that could not be read' piket.yaml
    piket check --print-config >/dev/null
}

@test "where only unreadable subscriptions are, a template is written" {
    echo '[{"when": {"path": "*securityContacts*"}, "then": {"status": 403}}]' \
        >../faults.json
    start --faults ../faults.json
    init
    [ "$status" -eq 2 ]
    [ "${lines[0]}" = 'piket.yaml is written. There is no contact to start from: it shows examples.' ]
    [[ $output == *'4 subscriptions could not be read'* ]]
    grep -qx '#contact:' piket.yaml
    piket check --print-config >/dev/null
}

@test "management groups that cannot be listed are no failure" {
    echo '[{"when": {"path": "*managementGroups"}, "then": {"status": 403}}]' \
        >../faults.json
    start --faults ../faults.json
    init
    [ "$status" -eq 0 ]
    [[ $output == *'The management groups could not be listed: HTTP 403 AuthorizationFailed.'* ]]
    grep -qx '# The management groups could not be listed: HTTP 403 AuthorizationFailed.' piket.yaml
    grep -qx '#  management_groups: \[mg-production\]' piket.yaml
}

@test "management groups are read to their last page" {
    start
    init
    [ "$(jq -r 'select(.path | endswith("managementGroups")) | .query' \
        "$EMULATOR_LOG" | wc -l)" -eq 2 ]
    [ "$(jq -r 'select(.path | endswith("managementGroups")) | .query' \
        "$EMULATOR_LOG" | head -n 1)" = 'api-version=2023-04-01' ]
}

@test "who cannot sign in gets no file" {
    start
    AZURE_CLIENT_SECRET=wrong init
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [ ! -e piket.yaml ]
    init --subscription Nowhere
    [ "$status" -eq 3 ]
    [[ $stderr == *"--subscription: no subscription is called 'Nowhere'"* ]]
    [ ! -e piket.yaml ]
}

@test "PIKET_CONFIG is told apart from what is found by itself" {
    start
    PIKET_CONFIG=other.yaml init
    [ "$status" -eq 0 ]
    [[ $output == *'piket check --config piket.yaml'* ]]
}

@test "wrong options end with 64" {
    local words
    for words in '--output' '--config x' '--profile strickt' 'piket.yaml'; do
        # shellcheck disable=SC2086 # several words are meant
        init $words
        [ "$status" -eq 64 ]
        [ -z "$output" ]
    done
    [ ! -e piket.yaml ]
}
