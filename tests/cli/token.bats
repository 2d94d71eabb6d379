#!/usr/bin/env bats
# Tokens while a run lasts: they end, are revoked, and are asked for again
# with other claims.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
}

teardown() { stop_emulator; }

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    run --separate-stderr "$PIKET_BUILD/piket" check --format json \
        --output "$REPORT" "$@"
}

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# complete N: the last check judged N subscriptions, and knows them all.
complete() {
    [ "$(jq -c '[.run.complete, .summary.subscriptions, .summary.unknown]' "$REPORT")" = "[true,$1,0]" ]
}

# recovered: no request to ARM failed but for a 401, behind which the same one
# came again and got its answer. (A 404 is one: the provider is not
# registered there.)
recovered() {
    jq -es '[.[] | select(.headers.authorization != null)
             | {request: (.path + "?" + .query), status}]
        | group_by(.request)
        | all(map(.status) as $all | ($all[-1] | IN(200, 404))
              and ($all[:-1] | length <= 1 and all(. == 401)))' \
        "$EMULATOR_LOG" >/dev/null
}

# tokens: how many were asked for, of Entra or of the machine.
tokens() {
    jq -r 'select(.path | endswith("/token")) | .status' "$EMULATOR_LOG" | grep -c '^200$'
}

CONTACTS='*/securityContacts'

@test "2,000 subscriptions with tokens that live 3 seconds" {
    # 2,000 reads of 150 ms, 32 at a time, outlast several tokens.
    start_emulator --generate 2000 --seed 1 --token-lifetime 3 --latency 150
    check
    [ "$status" -eq 1 ]
    complete 2000
    recovered
    [ "$(tokens)" -ge 4 ]
}

@test "and so as a machine's identity" {
    start_emulator --generate 600 --seed 1 --token-lifetime 3 --latency 250
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL check
    [ "$status" -eq 1 ]
    complete 600
    recovered
    [ "$(tokens)" -ge 3 ]
}

@test "tokens that are revoked midway are replaced, and nothing is lost" {
    start_emulator --generate 400 --seed 1 --faults "$(faults "[
        {\"when\": {\"path\": \"$CONTACTS\", \"after\": 100, \"first\": 1}, \"then\": {\"revokeTokens\": true}},
        {\"when\": {\"path\": \"$CONTACTS\", \"after\": 250, \"first\": 1}, \"then\": {\"revokeTokens\": true}}]")"
    check
    [ "$status" -eq 1 ]
    complete 400
    recovered
    [ "$(tokens)" -eq 3 ]
}

# challenge [RULE]: a rule that answers with a claims challenge.
NEEDED='{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}'
challenge() {
    jq -nc --arg path "$CONTACTS" --arg claims "$(base64 -w0 <<<"$NEEDED")" \
        --argjson more "${1:-{\}}" '{when: ({path: $path} + $more), then: {status: 401,
        headers: {"WWW-Authenticate": ("Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"" + $claims + "\"")}}}'
}

@test "a claims challenge is answered once, with its claims and our capability" {
    start_emulator --generate 50 --seed 1 --faults "$(faults "[$(challenge '{"after": 20, "first": 1}')]")"
    check
    [ "$status" -eq 1 ]
    complete 50
    recovered
    [ "$(tokens)" -eq 2 ]
    # The capability goes with every request, the claims with the second.
    [ "$(jq -c 'select(.form.claims) | .form.claims | fromjson | .access_token.xms_cc.values' "$EMULATOR_LOG" | sort -u)" = '["CP1"]' ]
    [ "$(jq -r 'select(.form.claims) | .form.claims | fromjson | .access_token.nbf.value' "$EMULATOR_LOG" | tr '\n' ' ')" = 'null 1700000000 ' ]
}

@test "a challenge that no token satisfies does not go in circles" {
    start_emulator --generate 20 --seed 1 --faults "$(faults "[$(challenge)]")"
    check
    [ "$status" -eq 2 ]
    [ "$(jq -r .summary.unknown "$REPORT")" -eq 20 ]
    # Each read twice at the most, and not a token for each.
    [ "$(jq -r 'select(.path | endswith("securityContacts")) | .path' "$EMULATOR_LOG" | sort | uniq -c | sort -rn | awk 'NR == 1 {print $1}')" -le 2 ]
    [ "$(tokens)" -le 6 ]
}

@test "one challenge of many answers is met once for all" {
    start_emulator --generate 200 --seed 1 --latency 20 --faults "$(faults "[$(challenge '{"after": 50, "first": 20}')]")"
    check
    complete 200
    recovered
    [ "$(tokens)" -le 3 ]
}

@test "claims cannot be passed on to a machine's identity, and nothing is lost" {
    start_emulator --generate 50 --seed 1 --faults "$(faults "[$(challenge '{"after": 20, "first": 1}')]")"
    unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_TENANT_ID
    AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL check -v
    [ "$status" -eq 1 ]
    complete 50
    recovered
    [[ $stderr == *'the claims that are asked for cannot be passed on to a managed identity'* ]]
    fails grep -q claims= "$EMULATOR_LOG"
}

# fails COMMAND...: as "!", which bats does not notice.
fails() { if "$@"; then return 1; fi; }
