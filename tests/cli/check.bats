#!/usr/bin/env bats
# piket check against the emulator: what it says, what it sends, how it ends.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # Nothing of the caller's may sign in here.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    FOREIGN_PID=
}

teardown() {
    stop_emulator
    if [ -n "$FOREIGN_PID" ]; then
        EMULATOR_PID=$FOREIGN_PID
        stop_emulator
    fi
}

piket() { "$PIKET_BUILD/piket" "$@"; }

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    run --separate-stderr piket check --format json --output "$REPORT" "$@"
}

# report FILTER: what the last check says, as jq prints it.
report() { jq -r "$1" "$REPORT"; }

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# estate [SUBSCRIPTION...]: a file with these, given as JSON.
estate() {
    local file=$BATS_TEST_TMPDIR/estate.json
    jq -n --argjson subscriptions "[$(IFS=, ; echo "$*")]" \
        '{tenants: [{id: "7c0ffee0-0000-4000-8000-00000000abcd",
            displayName: "Contoso", clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "Qw8~a+b&c=%2F", objectId:
                "0b1ec750-0000-4000-8000-00000000abcd"}]}],
          subscriptions: $subscriptions}' >"$file"
    echo "$file"
}

# subscription NUMBER NAME [MEMBERS]: one with a compliant contact, merged
# with these members.
subscription() {
    jq -nc --arg id "$(subscription_id "$1")" --arg name "$2" \
        --argjson more "${3:-{\}}" '{id: $id, displayName: $name,
            tenantId: "7c0ffee0-0000-4000-8000-00000000abcd",
            contacts: [{name: "default", isEnabled: true,
                emails: "soc@contoso.nl", phone: "+31 20 123 4567",
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]}
            + $more'
}

subscription_id() { printf '00000000-0000-4000-8000-%012d' "$1"; }

# sent FILTER: the emulator's log through jq.
sent() { jq -c "$1" "$EMULATOR_LOG"; }

# start_foreign: another trusted host, whose log tells whether a token came.
start_foreign() {
    start_emulator --generate 1
    FOREIGN_PID=$EMULATOR_PID FOREIGN_URL=$EMULATOR_URL
    FOREIGN_LOG=$EMULATOR_LOG FOREIGN_CA=$SSL_CERT_FILE
}

trust_both() {
    cat "$SSL_CERT_FILE" "$FOREIGN_CA" >"$BATS_TEST_TMPDIR/both.pem"
    export SSL_CERT_FILE=$BATS_TEST_TMPDIR/both.pem
}

@test "the verdicts equal those worked out from the estate" {
    start_emulator --generate 60 --seed 1 --write-estate "$BATS_TEST_TMPDIR/e"
    for profile in baseline-nl conformity cis-2.0 cis-3.0 cis-5.0 strict; do
        check --profile "$profile"
        [ "$status" -eq 1 ]
        python3 "$PIKET_ROOT/tests/cli/verdicts.py" "$BATS_TEST_TMPDIR/e" \
            "$profile" "$REPORT"
    done
}

@test "one subscription that is refused makes the run incomplete" {
    start_emulator --generate 60 --seed 1 --faults "$(faults '[{"when":
        {"path": "*securityContacts*", "first": 1},
        "then": {"status": 403}}]')"
    check
    [ "$status" -eq 2 ]
    [ "$(report .summary.unknown)" -eq 1 ]
    [ "$(report '.subscriptions[] | select(.status == "unknown")
        | [.error.httpStatus, .error.code, .reach,
           (.findings | map(.status) | unique | join("+"))] | @csv')" \
        = '403,"AuthorizationFailed","unknown","unknown"' ]
    [ "$(report '.subscriptions[] | select(.status == "unknown")
        | .error.requestId | length')" -gt 10 ]
    run --separate-stderr piket check --fail-on non-compliant
    [ "$status" -eq 1 ]
}

@test "a tenant without a fault ends with 0" {
    start_emulator --estate "$(estate "$(subscription 1 Zorg)" \
        "$(subscription 2 Kennisnet)")"
    run --separate-stderr piket check
    [ "$status" -eq 0 ]
    [[ $output == *'2 subscriptions: 2 compliant'* ]]
    [ -z "$stderr" ]
}

@test "without a credential it says what was tried and what to do" {
    start_emulator --generate 1
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    run --separate-stderr env PATH="$BATS_TEST_TMPDIR" \
        "$PIKET_BUILD/piket" check
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [[ $stderr == *'AccessTokenCredential: AZURE_ACCESS_TOKEN is not set'* ]]
    [[ $stderr == *'EnvironmentCredential: '*AZURE_CLIENT_SECRET* ]]
    [[ $stderr == *'AzureCliCredential: Azure CLI not found'* ]]
    [[ $stderr == *'run az login'* ]]
    [ ! -s "$EMULATOR_LOG" ]
}

@test "usage errors end with 64 and a hint" {
    run --separate-stderr piket check --profil strict
    [ "$status" -eq 64 ]
    [[ $stderr == *"there is no option '--profil'"*"did you mean '--profile'?"* ]]
    run --separate-stderr piket check --profile strickt
    [ "$status" -eq 64 ]
    [[ $stderr == *"did you mean 'strict'?"* ]]
    run --separate-stderr piket chekc
    [ "$status" -eq 64 ]
    [[ $stderr == *"did you mean 'piket check'?"* ]]
    local words
    for words in '--concurrency 0' '--concurrency 257' '--concurrency x' \
        '--timeout -1' '--rows none' '--format xml' '--cloud AzureMoon' \
        '--credential Nobody' '--arm-endpoint http://localhost' \
        '--arm-endpoint' '--fail-on warnings' 'subscriptions' \
        '--authority-host http://localhost' '--tenant ../x'; do
        # shellcheck disable=SC2086 # several words are meant
        run --separate-stderr piket check $words
        [ "$status" -eq 64 ] || { echo "$words: $status" && false; }
        [ -n "$stderr" ] && [ -z "$output" ]
    done
    run --separate-stderr piket
    [ "$status" -eq 64 ]
}

@test "help and version go to stdout, at most 80 columns wide" {
    local words
    for words in '--help' 'help' 'help check' 'check --help' '--version' \
        'help explain' 'explain --help' 'check --list-frameworks'; do
        # shellcheck disable=SC2086 # several words are meant
        run --separate-stderr piket $words
        [ "$status" -eq 0 ]
        [ -n "$output" ] && [ -z "$stderr" ]
        [ "$(wc -L <<<"$output")" -le 80 ] || { echo "$words" && false; }
    done
    for words in baseline-nl conformity cis-2.0 cis-3.0 cis-5.0 strict \
        text json AzureUSGovernment; do
        piket check --help | grep -q -- "$words"
    done
}

@test "it sends one GET for each subscription that can raise alerts" {
    start_emulator --generate 60 --seed 1 --write-estate "$BATS_TEST_TMPDIR/e"
    check
    [ "$(sent 'select(.path | test("securityContacts"))
        | [.method, .query, .path]' | sort | uniq -d | wc -l)" -eq 0 ]
    local applicable
    applicable=$(jq '[.subscriptions[] | select(.state != "Disabled"
        and .state != "Deleted"
        and (.quotaId // "" | startswith("AAD_") | not))] | length' \
        "$BATS_TEST_TMPDIR/e")
    [ "$(sent 'select(.path | test("securityContacts")) | .query' |
        sort | uniq -c | xargs)" \
        = "$applicable api-version=2023-12-01-preview" ]
    # The token, the listing, the root group, and the contacts: nothing else.
    [ "$(sent . | wc -l)" -eq $((applicable + 3)) ]
    [ "$(sent 'select(.method == "POST") | .path')" \
        = "\"/$AZURE_TENANT_ID/oauth2/v2.0/token\"" ]
    # Over few connections: 32 for ARM and one for the token.
    [ "$(sent .connection | sort -u | wc -l)" -le 33 ]
}

@test "every page of the listing is read" {
    start_emulator --generate 60 --seed 1 --page-size 7
    check
    [ "$(report .summary.subscriptions)" -eq 60 ]
    [ "$(report .run.complete)" = true ]
    [ "$(sent 'select(.path == "/subscriptions")' | wc -l)" -eq 9 ]
}

@test "a nextLink to another host is not followed" {
    start_foreign
    start_emulator --generate 60 --seed 1 --page-size 20 --faults "$(faults \
        "[{\"when\": {\"path\": \"/subscriptions\"},
           \"then\": {\"nextLink\": \"$FOREIGN_URL/subscriptions\"}}]")"
    trust_both
    check
    [ "$status" -eq 2 ]
    [ "$(report .summary.subscriptions)" -eq 20 ]
    [ "$(report .run.complete)" = false ]
    [[ $(report '.run.errors[0]') == *'another place'*'not followed'* ]]
    [ ! -s "$FOREIGN_LOG" ]
}

@test "a redirect is not followed" {
    start_foreign
    start_emulator --generate 20 --seed 1 --faults "$(faults \
        "[{\"when\": {\"path\": \"*securityContacts*\", \"first\": 1},
           \"then\": {\"redirect\": \"$FOREIGN_URL/\"}}]")"
    trust_both
    check
    [ "$status" -eq 2 ]
    [ "$(report .summary.unknown)" -eq 1 ]
    [ "$(report '.subscriptions[] | select(.error) | .error.httpStatus')" \
        -eq 307 ]
    [ ! -s "$FOREIGN_LOG" ]
}

@test "pages that lead in a circle end the listing" {
    start_emulator --generate 30 --seed 1 --page-size 10 --faults "$(faults \
        '[{"when": {"path": "/subscriptions"},
           "then": {"loopNextLink": true}}]')"
    check
    [ "$status" -eq 2 ]
    [[ $(report '.run.errors[0]') == *circle* ]]
    [ "$(sent 'select(.path == "/subscriptions")' | wc -l)" -le 3 ]
}

@test "answers that are no JSON, or too much of it, are that subscription's" {
    start_emulator --generate 20 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*", "first": 1},
         "then": {"status": 200, "contentType": "text/html",
                  "bodyText": "<html><h1>Sign in</h1></html>"}},
        {"when": {"path": "*securityContacts*", "first": 1},
         "then": {"padding": 20971520}},
        {"when": {"path": "*securityContacts*", "first": 1},
         "then": {"status": 200, "body": {"hello": "world"}}}]')"
    check
    [ "$status" -eq 2 ]
    [ "$(report .summary.unknown)" -eq 3 ]
    [ "$(report '[.subscriptions[] | select(.error) | .error.code]
        | unique | join(" ")')" = NotUnderstood ]
    [[ $(report '[.subscriptions[] | select(.error) | .error.message]
        | join("\n")') == *'<h1>Sign in'* ]]
    [[ $(report '[.subscriptions[] | select(.error) | .error.message]
        | join("\n")') == *'8 MiB'* ]]
}

@test "what breaks on the way is tried again" {
    start_emulator --generate 20 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*", "first": 2},
         "then": {"cut": "before-answer"}},
        {"when": {"path": "*securityContacts*", "first": 2},
         "then": {"cut": "in-body"}},
        {"when": {"path": "*securityContacts*", "first": 2},
         "then": {"truncate": "length"}},
        {"when": {"path": "*securityContacts*", "first": 2},
         "then": {"status": 503, "retryAfterMs": 10}},
        {"when": {"path": "*securityContacts*", "first": 2},
         "then": {"status": 429, "retryAfterMs": 10}}]')"
    check
    [ "$(report .summary.unknown)" -eq 0 ]
    # Ten tries more than subscriptions. Of the cut ones libcurl repeats some
    # by itself, on a connection that it had used before.
    local subscriptions
    subscriptions=$(report '.summary | .subscriptions - .notApplicable')
    [ "$(sent 'select(.path | test("securityContacts"))' | wc -l)" \
        -eq $((subscriptions + 10)) ]
    [ "$(report .run.retries)" -ge 6 ]
    # Each try of a request carries the same id.
    [ "$(sent 'select(.path | test("securityContacts"))
        | [.path, .headers["x-ms-client-request-id"]]' | sort -u | wc -l)" \
        -eq "$(sent 'select(.path | test("securityContacts")) | .path' |
            sort -u | wc -l)" ]
}

@test "a throttled tenant is read to its end" {
    start_emulator --generate 120 --seed 1 --rate-limit 60
    check
    [ "$(report .summary.unknown)" -eq 0 ]
    [ "$(sent 'select(.status == 429)' | wc -l)" -gt 0 ]
}

@test "tokens that ARM refuses are replaced, once for all" {
    start_emulator --generate 60 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*", "after": 30, "first": 1},
         "then": {"revokeTokens": true}}]')"
    check
    [ "$(report .summary.unknown)" -eq 0 ]
    [ "$(sent 'select(.path | test("oauth2"))' | wc -l)" -eq 2 ]
}

@test "a token of one's own is used as it is, and not replaced" {
    start_emulator --generate 5 --seed 1
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_ACCESS_TOKEN=$TOKEN check
    [ "$(report '.run.tenants[0].credential')" = AccessTokenCredential ]
    [ "$(report .summary.subscriptions)" -eq 5 ]
    AZURE_ACCESS_TOKEN=${TOKEN}x run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr == *'refused the token of AccessTokenCredential'* ]]
    [[ $stderr == *'put a new token into AZURE_ACCESS_TOKEN'* ]]
    [[ $stderr != *"$TOKEN"* ]]
}

@test "a token past its end is not even sent" {
    start_emulator --generate 5 --seed 1 --token-lifetime 1
    sign_in
    sleep 1.5
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_ACCESS_TOKEN=$TOKEN run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr == *'the token in AZURE_ACCESS_TOKEN ended at'* ]]
    [ "$(sent 'select(.path | test("oauth2") | not)' | wc -l)" -eq 0 ]
}

@test "a wrong secret says which, with Entra's number" {
    start_emulator --generate 1
    AZURE_CLIENT_SECRET='wr0ng~secret' run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr == *EnvironmentCredential*AADSTS7000215* ]]
    [[ $stderr != *'wr0ng~secret'* ]]
}

@test "what a file of variables leaves around a value is told" {
    start_emulator --generate 1
    local wrapped
    for wrapped in "\"$AZURE_CLIENT_SECRET\"" "$AZURE_CLIENT_SECRET " "$AZURE_CLIENT_SECRET"$'\r'; do
        AZURE_CLIENT_SECRET=$wrapped run --separate-stderr piket check
        [ "$status" -eq 3 ]
        [[ $stderr == *AADSTS7000215*'AZURE_CLIENT_SECRET begins or ends with a blank or a quotation mark: set it without' ]]
        [[ $stderr != *"$AZURE_CLIENT_SECRET"* ]]
    done
    AZURE_CLIENT_ID="'$AZURE_CLIENT_ID'" run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr == *AADSTS700016*'AZURE_CLIENT_ID begins or ends with'* ]]
}

@test "a half of what signs in an application is told by the other half" {
    start_emulator --generate 1
    local -r alone=(env PATH="$BATS_TEST_TMPDIR" "$PIKET_BUILD/piket" check)
    AZURE_CLIENT_ID='' run --separate-stderr "${alone[@]}"
    [ "$status" -eq 3 ]
    [[ $stderr == *$'\n       set AZURE_CLIENT_ID, too' ]]
    unset AZURE_CLIENT_SECRET
    run --separate-stderr "${alone[@]}"
    [[ $stderr == *$'\n       set AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, too' ]]
    ACTIONS_ID_TOKEN_REQUEST_URL=https://127.0.0.1/ \
        run --separate-stderr "${alone[@]}"
    [[ $stderr == *$'\n       add --credential GitHubOidc' ]]
    # Nothing is advised that the selection leaves out.
    unset AZURE_CLIENT_ID
    AZURE_TOKEN_CREDENTIALS=dev run --separate-stderr "${alone[@]}"
    [[ $stderr == *$'\n       run az login' ]]
    AZURE_TOKEN_CREDENTIALS=prod run --separate-stderr "${alone[@]}"
    [[ $stderr != *'az login'* ]]
    [[ $stderr == *$'\n       set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET' ]]
}

@test "no network, no such host, and a foreign certificate are told apart" {
    start_emulator --generate 1
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    export AZURE_ACCESS_TOKEN=$TOKEN
    run --separate-stderr piket check --arm-endpoint https://127.0.0.1:1
    [ "$status" -eq 3 ]
    [[ $stderr == *'127.0.0.1'* ]]
    run --separate-stderr piket check --arm-endpoint https://piket.invalid
    [ "$status" -eq 3 ]
    [[ $stderr == *'piket.invalid'* ]]
    unset SSL_CERT_FILE
    run --separate-stderr piket check
    [ "$status" -eq 3 ]
    [[ $stderr == *certificate* ]]
    run --separate-stderr piket check --ca-file /nonexistent
    [ "$status" -eq 3 ]
    [[ $stderr == */nonexistent* ]]
    [ "$(sent 'select(.path | test("oauth2") | not)' | wc -l)" -eq 0 ]
}

@test "names cannot act on the terminal" {
    local name=$'\e[31mRED\e]0;title\a\xe2\x80\xaeevil\xe2\x81\xa6\x7f'
    start_emulator --estate "$(estate \
        "$(subscription 1 "$name" '{"contacts": []}')")"
    run --separate-stderr piket check
    [ "$status" -eq 1 ]
    [[ $output == *RED* ]]
    if LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae|\xe2\x81\xa6' \
        <<<"$output"; then
        false
    fi
    check
    [ "$(report '.subscriptions[0].name')" = "$name" ]
    # Text outside ASCII is escaped, so that a terminal shows it harmlessly.
    if LC_ALL=C grep -qP '[^\x0a\x20-\x7f]' "$REPORT"; then
        false
    fi
}

@test "bytes that are not UTF-8 do not lose the subscription" {
    printf '\xef\xbb\xbf{"value":[{"name":"default","properties":%s' \
        $'{"emails":"caf\xe9@contoso.nl"}}]}' >"$BATS_TEST_TMPDIR/body"
    start_emulator --estate "$(estate "$(subscription 1 Zorg)")" \
        --faults "$(faults '[{"when": {"path": "*securityContacts*"},
            "then": {"bodyFile": "'"$BATS_TEST_TMPDIR"'/body",
                     "status": 200}}]')"
    check
    [ "$(report '.subscriptions[0].contact.emails[0]')" \
        = $'caf\xef\xbf\xbd@contoso.nl' ]
    [ "$status" -eq 1 ]
}

@test "an older cloud is read in the version that it serves" {
    local version
    for version in 2020-01-01-preview 2017-08-01-preview; do
        jq --arg version "$version" '. + {contactApiVersions: [$version]}' \
            "$(estate "$(subscription 1 Zorg)" "$(subscription 2 Data \
                '{"contacts": []}')")" >"$BATS_TEST_TMPDIR/old.json"
        start_emulator --estate "$BATS_TEST_TMPDIR/old.json"
        check
        [ "$status" -eq 1 ]
        [ "$(report .summary.compliant)" -eq 1 ]
        [ "$(report '.subscriptions[] | select(.name == "Zorg")
            | .contact.apiVersion')" = "$version" ]
        [ "$(report '.subscriptions[] | select(.name == "Zorg")
            | .findings[] | select(.requirement == "contact-enabled")
            | .status')" = not-applicable ]
        [[ $(report '.run.limitations[0]') == *"$version"* ]]
        stop_emulator
    done
}

@test "a contact of another name, and an unregistered provider, are named" {
    start_emulator --estate "$(estate \
        "$(subscription 1 Zorg '{"contacts": [{"name": "default1",
            "emails": "soc@contoso.nl"}]}')" \
        "$(subscription 2 Data '{"registered": false}')")"
    check
    [ "$status" -eq 1 ]
    [[ $(report '.subscriptions[] | select(.name == "Zorg")
        | .findings[0].message') == *default1* ]]
    [[ $(report '.subscriptions[] | select(.name == "Data")
        | .findings[0].message') == *'Microsoft.Security is not registered'* ]]
}

@test "subscriptions that cannot raise alerts are not applicable" {
    start_emulator --estate "$(estate \
        "$(subscription 1 Off '{"state": "Disabled"}')" \
        "$(subscription 2 Entra '{"quotaId": "AAD_2015-09-01"}')" \
        "$(subscription 3 Late '{"state": "PastDue"}')" \
        "$(subscription 4 Warned '{"state": "Warned"}')")"
    check
    [ "$status" -eq 0 ]
    [ "$(report '.summary | [.notApplicable, .compliant] | @csv')" = 2,2 ]
}

@test "a tenant that shows no subscription is not a tenant without fault" {
    start_emulator --estate "$(estate)"
    run --separate-stderr piket check
    [ "$status" -eq 2 ]
    [[ $output$stderr == *'no subscription'* ]]
}

@test "an interrupted check reports what was finished" {
    start_emulator --generate 60 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*", "after": 20},
         "then": {"delay": 30000}}]')"
    REPORT=$BATS_TEST_TMPDIR/report.json
    "$PIKET_BUILD/piket" check --format json --output "$REPORT" 3>&- &
    local pid=$! tries=0
    until [ "$(grep -c securityContacts "$EMULATOR_LOG")" -ge 20 ] ||
        [ $((tries += 1)) -gt 200 ]; do
        sleep 0.05
    done
    sleep 0.2
    # A background job of a script ignores SIGINT; SIGTERM is the same to us.
    kill -TERM "$pid"
    local status=0
    wait "$pid" || status=$?
    [ "$status" -eq 143 ]
    [ "$(report .summary.subscriptions)" -eq 60 ]
    [ "$(report '[.subscriptions[] | select(.error.code == "Interrupted")]
        | length')" -ge 20 ]
    [ "$(report .summary.compliant)" -ge 1 ]
    [ "$(report .summary.status)" = unknown ]
}

@test "the report is written whole or not at all" {
    start_emulator --generate 5 --seed 1
    local folder=$BATS_TEST_TMPDIR/out
    mkdir "$folder"
    echo before >"$folder/report.json"
    # No file may grow past one block of 512 bytes here.
    run --separate-stderr bash -c "ulimit -f 1; trap '' XFSZ
        exec '$PIKET_BUILD/piket' check --format json \
            --output '$folder/report.json'"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$folder/report.json"* ]]
    [ "$(cat "$folder/report.json")" = before ]
    [ "$(ls "$folder")" = report.json ]
    run --separate-stderr piket check --output "$folder/none/report"
    [ "$status" -eq 3 ]
    [[ $stderr == *"$folder/none/report: No such file or directory"* ]]
    run --separate-stderr bash -c "'$PIKET_BUILD/piket' check >/dev/full"
    [ "$status" -eq 3 ]
    [[ $stderr == *'No space left'* ]]
}

@test "no token and no secret is ever shown" {
    start_emulator --generate 5 --seed 1
    run piket check -vvv
    [[ $output == *securityContacts* ]]
    [[ $output == *'x-ms-client-request-id'* ]]
    [[ $output != *"$AZURE_CLIENT_SECRET"* ]]
    [[ $output != *eyJ* ]]
    [[ $output != *'Bearer '*[A-Za-z0-9]* ]]
}

@test "no token that an answer repeats is shown" {
    export AZURE_ACCESS_TOKEN=a-token-that-is-long-enough
    jq -n --arg token "$AZURE_ACCESS_TOKEN" '[{when: {path: "/subscriptions"},
        then: {status: 403, message: "Bearer \($token)!"}}]' >"$BATS_TEST_TMPDIR/faults.json"
    start_emulator --generate 5 --faults "$BATS_TEST_TMPDIR/faults.json"
    run piket check -vvv
    [ "$status" -eq 3 ]
    [[ $output == *'Bearer ***************************!'* ]]
    [[ $output != *"$AZURE_ACCESS_TOKEN"* ]]
}

@test "az signs in where nothing else is set" {
    start_emulator --generate 5 --seed 1
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    mkdir "$BATS_TEST_TMPDIR/bin"
    cat >"$BATS_TEST_TMPDIR/bin/az" <<END
#!/bin/sh
echo "\$@" >"$BATS_TEST_TMPDIR/arguments"
echo '{"accessToken":"$TOKEN","expires_on":4102444800,"tokenType":"Bearer"}'
END
    chmod +x "$BATS_TEST_TMPDIR/bin/az"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH check
    [ "$(report '.run.tenants[0].credential')" = AzureCliCredential ]
    [ "$(cat "$BATS_TEST_TMPDIR/arguments")" = "account get-access-token \
-o json --resource https://management.core.windows.net/" ]
}

@test "on a terminal it shows 20 rows of a group, and says how to see more" {
    start_emulator --generate 300 --seed 1
    # script gives piket a terminal; which one, it must not depend on the caller.
    export TERM=xterm
    run script -qec "'$PIKET_BUILD/piket' check" /dev/null
    [[ $output == *'more: --rows all'* ]]
    [[ $output == *$'\e['* ]]
    NO_COLOR=1 run script -qec "'$PIKET_BUILD/piket' check -q" /dev/null
    [[ $output != *$'\e['*m* ]]
    run --separate-stderr piket check
    [[ $output != *'more: --rows all'* ]]
    [[ $output != *$'\e['* ]]
}

@test "one subscription of an older version does not blind the others" {
    # 30 contacts are disabled, which only the newest version shows.
    start_emulator --estate "$(estate "$(subscription 1 Strange)" \
        "$(for i in $(seq 2 31); do
            subscription "$i" "Off-$i" | jq -c '.contacts[0].isEnabled = false'
            echo ,
        done | sed '$d')")" \
        --faults "$(faults '[{"when": {"apiVersion": "2023-12-01-preview",
            "subscription": "'"$(subscription_id 1)"'"},
            "then": {"status": 404, "code": "InvalidResourceType"}}]')"
    local concurrency
    for concurrency in 1 32; do
        check --concurrency $concurrency
        [ "$status" -eq 2 ]
        [ "$(report .summary.nonCompliant)" -eq 30 ]
        [ "$(report .summary.compliant)" -eq 0 ]
        [ "$(report '.subscriptions[] | select(.name == "Strange")
            | .status')" = unknown ]
        [ "$(report '.run.limitations | length')" -eq 0 ]
    done
}

@test "what is no page, or no link to one, breaks the listing off" {
    local odd
    for odd in '{"nextLink": 12345}' '{"nextLink": {}}' '{"nextLink": "\t"}' \
        '{"error": {"code": "x"}}' '{"value": null}' '{"value": {}}'; do
        start_emulator --generate 20 --seed 1
        sign_in
        arm '/subscriptions?api-version=2022-12-01' |
            jq -c --argjson odd "$odd" '. + $odd' \
                >"$BATS_TEST_TMPDIR/page"
        stop_emulator
        start_emulator --generate 20 --seed 1 --faults "$(faults '[
            {"when": {"path": "/subscriptions"}, "then": {"status": 200,
             "bodyFile": "'"$BATS_TEST_TMPDIR"'/page"}}]')"
        check
        [ "$status" -ge 2 ] || { echo "$odd: $status" && false; }
        stop_emulator
    done
}

@test "nothing read is never good, whatever is asked to fail on" {
    start_emulator --generate 5 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*"}, "then": {"status": 403}}]')"
    check --fail-on non-compliant
    [ "$status" -eq 2 ]
    stop_emulator
    start_emulator --estate "$(estate)"
    check --fail-on non-compliant
    [ "$status" -eq 2 ]
    run --separate-stderr piket check
    [[ $output == *'give it Security Reader on'* ]]
}

@test "one refused read does not cost a token of one's own" {
    start_emulator --generate 40 --seed 1 --faults "$(faults '[
        {"when": {"path": "*securityContacts*",
                  "subscription": "'"$(subscription_id 7)"'"},
         "then": {"status": 401}},
        {"when": {"path": "*securityContacts*", "after": 5, "first": 1},
         "then": {"status": 401}}]')"
    sign_in
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_ACCESS_TOKEN=$TOKEN check
    [ "$(report .summary.unknown)" -le 1 ]
}

@test "a closed standard output is a failure, and gets nothing else's bytes" {
    start_emulator --generate 5 --seed 1
    run --separate-stderr bash -c "'$PIKET_BUILD/piket' check >&-"
    [ "$status" -eq 3 ]
    [[ $stderr == *'standard output'* ]]
    # A reader that has seen enough is none.
    run --separate-stderr bash -c "set -o pipefail
        '$PIKET_BUILD/piket' check --format json | head -n 1 >/dev/null
        echo \${PIPESTATUS[0]}"
    [ -z "$stderr" ]
}
