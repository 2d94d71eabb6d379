#!/usr/bin/env bats
# piket check as a machine's identity: each service of the platform, over real
# sockets, when it works and in the ways in which it does not.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd
SYSTEM=c11e4715-0000-4000-8000-00000000abcd
USER_ONE=c11e4715-0000-4000-8000-000000000001
USER_TWO=c11e4715-0000-4000-8000-000000000002
OBJECT_TWO=0b1ec750-0000-4000-8000-000000000002
RESOURCE_TWO=/subscriptions/5ab5c000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/two

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy http_proxy NO_COLOR
    # There is no az here.
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    mkdir "$BATS_TEST_TMPDIR/bin"
    MODULES=$PIKET_BUILD/tests/fault
    OTHER_PID=
}

teardown() {
    stop_emulator
    [ -z "$OTHER_PID" ] || kill "$OTHER_PID" 2>/dev/null || true
}

# start_machine ARGS...: an emulator whose machine has identities, and no
# other way to sign in.
start_machine() {
    start_emulator --generate 3 --seed 1 "$@"
    unset AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET
}

# The platforms, each as it sets the environment.
on_vm() { export AZURE_POD_IDENTITY_AUTHORITY_HOST=$EMULATOR_IDENTITY_URL; }
on_app_service() {
    export IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/msi/token \
        IDENTITY_HEADER=$EMULATOR_IDENTITY_HEADER
}
on_machine_learning() {
    export MSI_ENDPOINT=$EMULATOR_IDENTITY_URL/machinelearning/msi/token \
        MSI_SECRET=$EMULATOR_IDENTITY_HEADER
}
on_cloud_shell() { export MSI_ENDPOINT=$EMULATOR_IDENTITY_URL/oauth2/token; }
on_arc() {
    export IDENTITY_ENDPOINT=$EMULATOR_IDENTITY_URL/arc/metadata/identity/oauth2/token \
        IMDS_ENDPOINT=$EMULATOR_IDENTITY_URL PIKET_ARC_FOLDER=$BATS_TEST_TMPDIR/keys
    mkdir -p "$PIKET_ARC_FOLDER"
}
start_arc() {
    mkdir -p "$BATS_TEST_TMPDIR/keys"
    start_machine --arc-folder "$BATS_TEST_TMPDIR/keys" "$@"
    on_arc
}

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    rm -f "$REPORT"
    run --separate-stderr env PATH="$BATS_TEST_TMPDIR/bin" \
        LD_PRELOAD="${PRELOADED:-}" "$PIKET_BUILD/piket" check --format json --output "$REPORT" "$@"
}

# check_arc ARGS...: the same, with the agent's folder where the test has it.
check_arc() {
    PRELOADED=$MODULES/move_folder.so check "$@"
}

# signed_in CLIENT: the last check was complete, as this client's identity.
signed_in() {
    [ "$status" -eq 1 ] || { echo "$status: $stderr" && return 1; }
    [ "$(jq -r '.run.tenants[0].credential' "$REPORT")" = ManagedIdentityCredential ]
    [ "$(jq -r '.run.complete' "$REPORT")" = true ]
    token_of "$1"
}

# token_of CLIENT: the emulator's own word on whose token ARM was sent.
token_of() {
    [ "$(jq -rs '[.[] | select(.path == "/subscriptions") | .client] | unique | join(" ")' \
        "$EMULATOR_LOG")" = "$1" ]
}

# refused TEXT...: there was no report, and stderr holds each of these.
refused() {
    local text
    [ "$status" -eq 3 ] || { echo "$status: $stderr" && return 1; }
    for text in "$@"; do
        [[ $stderr == *"$text"* ]] || { echo "without '$text': $stderr" && return 1; }
    done
    # Nothing was asked of ARM, and no secret was shown.
    [ -z "$(sent /subscriptions)" ]
    [[ $stderr != *"$EMULATOR_IDENTITY_HEADER"* ]]
}

# sent PATH [FILTER]: what was asked of this path, as jq prints it.
sent() {
    jq -rc --arg path "$1" "select(.path == \$path) | ${2:-.status}" "$EMULATOR_LOG"
}

# identities: an estate with a system-assigned and two user-assigned ones, or
# with what the filter makes of it.
identities() {
    start_emulator --generate 3 --seed 1 --write-estate "$BATS_TEST_TMPDIR/plain"
    stop_emulator
    jq --arg one "$USER_ONE" --arg two "$USER_TWO" --arg object "$OBJECT_TWO" \
        --arg resource "$RESOURCE_TWO" '.tenants[0].clients += [
            {clientId: $one, secret: "x", objectId:
             "0b1ec750-0000-4000-8000-000000000001", managedIdentity: "user"},
            {clientId: $two, secret: "x", objectId: $object,
             resourceId: $resource, managedIdentity: "user"}]
        | '"${1:-.}" "$BATS_TEST_TMPDIR/plain" >"$BATS_TEST_TMPDIR/estate"
    echo "$BATS_TEST_TMPDIR/estate"
}

# start_identities [FILTER]: start_machine with these.
start_identities() {
    local estate
    estate=$(identities "$@")
    start_emulator --estate "$estate"
    unset AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET
}

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

IMDS=/metadata/identity/oauth2/token
ARC=/arc$IMDS

# listen PROGRAM: a server that answers nothing, or not at once; sets $PORT.
listen() {
    python3 -u -c "$1" >"$BATS_TEST_TMPDIR/port" 3>&- &
    OTHER_PID=$!
    until [ -s "$BATS_TEST_TMPDIR/port" ]; do
        kill -0 "$OTHER_PID" || return 1
        sleep 0.05
    done
    PORT=$(cat "$BATS_TEST_TMPDIR/port")
}

# --- a virtual machine -----------------------------------------------------

@test "a virtual machine signs in by its metadata service" {
    start_machine
    on_vm
    check
    signed_in $SYSTEM
    [ "$(sent $IMDS .query)" = 'api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.core.windows.net%2F' ]
    [ "$(sent $IMDS .headers.metadata)" = true ]
    [ "$(sent $IMDS .headers.authorization)" = null ]
}

@test "by name, too: in the option and in the variable" {
    start_machine
    on_vm
    check --credential ManagedIdentity
    signed_in $SYSTEM
    AZURE_TOKEN_CREDENTIALS=managedidentitycredential check
    signed_in $SYSTEM
    AZURE_TOKEN_CREDENTIALS=prod check
    signed_in $SYSTEM
    [ "$(sent $IMDS | wc -l)" -eq 3 ]
}

@test "an identity is chosen by client, object or resource id" {
    start_identities
    on_vm
    check
    signed_in $SYSTEM
    : >"$EMULATOR_LOG"
    AZURE_CLIENT_ID=$USER_ONE check
    signed_in $USER_ONE
    : >"$EMULATOR_LOG"
    check --managed-identity client-id=$USER_TWO
    signed_in $USER_TWO
    : >"$EMULATOR_LOG"
    AZURE_CLIENT_ID=$USER_ONE check --managed-identity "object-id=$OBJECT_TWO"
    signed_in $USER_TWO
    [[ $(sent $IMDS .query) == *"&object_id=$OBJECT_TWO" ]]
    : >"$EMULATOR_LOG"
    check --managed-identity "$RESOURCE_TWO"
    signed_in $USER_TWO
    [[ $(sent $IMDS .query) == *"&msi_res_id=%2Fsubscriptions%2F"* ]]
}

@test "a choice that is none is a usage error" {
    for id in nobody client-id=nobody object-id= resource-id=x 'client-id= ' ''; do
        check --managed-identity "$id"
        [ "$status" -eq 64 ]
        [[ $stderr == *'--managed-identity: '*'names no managed identity'* ]]
    done
    check --managed-identity $USER_ONE --credential AzureCli
    [ "$status" -eq 64 ]
    [[ $stderr == *'--managed-identity goes with --credential ManagedIdentity only'* ]]
    check --credential AzureCli --managed-identity $USER_ONE
    [ "$status" -eq 64 ]
    AZURE_CLIENT_ID=nobody AZURE_POD_IDENTITY_AUTHORITY_HOST=http://127.0.0.1:1 \
        check --credential ManagedIdentity
    [ "$status" -eq 3 ]
    [[ $stderr == *'AZURE_CLIENT_ID is not a client id'* ]]
}

@test "an identity that is not assigned ends the chain" {
    start_machine
    on_vm
    AZURE_CLIENT_ID=$USER_ONE check
    refused 'ManagedIdentityCredential: the instance metadata service: HTTP 400: Identity not found' \
        'see whether the identity that AZURE_CLIENT_ID names is assigned'
    [[ $stderr != *AzureCli* ]]
}

@test "a machine without an identity leaves the chain to others" {
    start_identities '.tenants[0].clients[].managedIdentity = "none"'
    on_vm
    check
    refused 'AzureCliCredential: Azure CLI not found' \
        'ManagedIdentityCredential: the instance metadata service: HTTP 400: Identity not found'
    check --credential ManagedIdentity
    refused "switch this machine's system-assigned identity on"
}

@test "of several identities one must be named, and a single one need not" {
    start_identities '.tenants[0].clients[0].managedIdentity = "none"'
    on_vm
    check --credential ManagedIdentity
    refused 'Multiple user assigned identities exist' '--managed-identity'
    stop_emulator
    start_identities 'del(.tenants[0].clients[1]) | .tenants[0].clients[0].managedIdentity = "none"'
    on_vm
    check
    signed_in $USER_TWO
}

@test "where nobody answers, the chain goes on at once" {
    start_machine
    check
    refused 'ManagedIdentityCredential: the instance metadata service: connection refused by 127.0.0.1 port 1' \
        'AzureCliCredential: Azure CLI not found' 'run az login'
}

@test "what does not even accept a connection is waited for a second, once" {
    start_machine
    # Its queue is full: further handshakes are not answered.
    listen 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(0)
held = []
for _ in range(3):
    c = socket.socket(); c.setblocking(False)
    c.connect_ex(s.getsockname()); held.append(c)
print(s.getsockname()[1]); time.sleep(600)'
    AZURE_POD_IDENTITY_AUTHORITY_HOST=http://127.0.0.1:$PORT check
    refused 'the instance metadata service: no connection within 1 s' \
        'AzureCliCredential: Azure CLI not found'
}

@test "by name it is tried again where nobody answers, and says whom it asked" {
    start_machine
    check --credential ManagedIdentity
    refused 'the instance metadata service: connection refused by 127.0.0.1 port 1' \
        'see whether AZURE_POD_IDENTITY_AUTHORITY_HOST names'
}

@test "a metadata service that is being updated is waited for" {
    for code in 404 410 429 500 503; do
        start_machine --faults "$(faults "[{\"when\": {\"path\": \"$IMDS\", \"first\": 5},
            \"then\": {\"status\": $code, \"retryAfterMs\": 1}}]")"
        on_vm
        check
        signed_in $SYSTEM
        [ "$(sent $IMDS | sort | uniq -c | tr -s ' \n' ' ')" = " 1 200 5 $code " ]
        stop_emulator
    done
}

@test "but not for ever" {
    start_machine --faults "$(faults "[{\"when\": {\"path\": \"$IMDS\"},
        \"then\": {\"status\": 410, \"retryAfterMs\": 1}}]")"
    on_vm
    check
    refused 'the instance metadata service: HTTP 410: The service is going through updates' \
        'busy or being updated'
    [ "$(sent $IMDS | wc -l)" -eq 7 ]
}

@test "a slow metadata service is no absent one" {
    start_machine --faults "$(faults "[{\"when\": {\"path\": \"$IMDS\"}, \"then\": {\"delay\": 1500}}]")"
    on_vm
    check
    signed_in $SYSTEM
}

@test "what answers in the place of a metadata service is passed over" {
    start_machine --faults "$(faults "[
        {\"when\": {\"path\": \"$IMDS\", \"first\": 1},
         \"then\": {\"bodyText\": \"<html>hello</html>\", \"contentType\": \"text/html\"}},
        {\"when\": {\"path\": \"$IMDS\", \"first\": 1},
         \"then\": {\"status\": 403, \"bodyText\": \"connecting to 169.254.169.254:80: connect: A socket operation was attempted to an unreachable host.\"}},
        {\"when\": {\"path\": \"$IMDS\", \"first\": 1},
         \"then\": {\"bodyText\": \"<html>hello</html>\"}}]")"
    on_vm
    check
    refused 'AzureCliCredential: Azure CLI not found' 'ManagedIdentityCredential: the instance metadata service: HTTP 200: the answer is not a JSON object'
    check
    refused 'AzureCliCredential: Azure CLI not found' 'the instance metadata service: HTTP 403'
    check --credential ManagedIdentity
    refused 'the answer is not a JSON object' 'see what answers in its place'
}

@test "an answer that is JSON and no token ends the chain, and is not shown" {
    start_machine --faults "$(faults "[{\"when\": {\"path\": \"$IMDS\", \"first\": 1},
        \"then\": {\"body\": {\"access_token\": \"s3cret\\nX: y\", \"expires_in\": 5}}},
        {\"when\": {\"path\": \"$IMDS\", \"first\": 1},
        \"then\": {\"body\": {\"access_token\": \"s3cret\"}}},
        {\"when\": {\"path\": \"$IMDS\", \"first\": 1},
        \"then\": {\"status\": 403, \"body\": {\"error\": {\"code\": \"x\", \"message\": \"no, secret=s3cret \\u001b[2J\"}}}}]")"
    on_vm
    check
    refused 'characters that a token may not have'
    [[ $stderr != *s3cret* ]]
    check
    refused 'does not say when its token ends'
    [[ $stderr != *s3cret* ]]
    check
    refused 'HTTP 403: no, secret=REDACTED'
    [[ $stderr != *s3cret* && $stderr != *$'\e'* ]]
}

@test "a redirect is not followed" {
    start_machine --faults "$(faults "[{\"when\": {\"path\": \"$IMDS\"},
        \"then\": {\"redirect\": \"/elsewhere\"}}]")"
    on_vm
    check --credential ManagedIdentity
    refused 'HTTP 307' 'which is not followed'
    [ -z "$(sent /elsewhere)" ]
}

@test "no proxy ever sees the question" {
    start_machine
    on_vm
    http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 \
        HTTPS_PROXY=http://127.0.0.1:1 check
    signed_in $SYSTEM
    # Nor where the service is not on this machine's loopback.
    http_proxy=$EMULATOR_IDENTITY_URL AZURE_POD_IDENTITY_AUTHORITY_HOST=http://127.0.0.2:1 \
        check
    [ "$status" -eq 3 ]
    [[ $stderr == *'connection refused by 127.0.0.2 port 1'* ]]
    [ "$(sent $IMDS | wc -l)" -eq 1 ]
}

@test "a tenant that is not the machine's is another credential's" {
    start_machine
    on_vm
    check --tenant $TENANT
    signed_in $SYSTEM
    : >"$EMULATOR_LOG"
    check --tenant 7c0ffee0-0000-4000-8000-000000000bad
    refused 'AzureCliCredential: Azure CLI not found' \
        "identity is of tenant $TENANT, not 7c0ffee0-0000-4000-8000-000000000bad"
    check --tenant 7c0ffee0-0000-4000-8000-000000000bad --credential ManagedIdentity
    refused 'leave the tenant out'
}

@test "an address that is none is said to be that" {
    start_machine
    AZURE_POD_IDENTITY_AUTHORITY_HOST=169.254.169.254 check
    refused 'AZURE_POD_IDENTITY_AUTHORITY_HOST: unusable URL' 'the platform sets it'
}

# --- App Service, Functions, Container Apps --------------------------------

@test "an application signs in by its endpoint, with its secret" {
    start_identities
    on_app_service
    # They go before the metadata service, and before Cloud Shell's.
    MSI_ENDPOINT=$IDENTITY_ENDPOINT check
    signed_in $SYSTEM
    [ "$(sent /msi/token .query)" = 'api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.core.windows.net%2F' ]
    : >"$EMULATOR_LOG"
    AZURE_CLIENT_ID=$USER_ONE check
    signed_in $USER_ONE
    : >"$EMULATOR_LOG"
    check --managed-identity object-id=$OBJECT_TWO
    signed_in $USER_TWO
    : >"$EMULATOR_LOG"
    check --managed-identity resource-id=$RESOURCE_TWO
    signed_in $USER_TWO
    [[ $(sent /msi/token .query) == *"&mi_res_id=%2Fsubscriptions%2F"* ]]
    : >"$EMULATOR_LOG"
    check --managed-identity 99999999-0000-4000-8000-000000000000
    refused 'App Service: HTTP 400: Unable to load the proper Managed Identity.' \
        'see whether the identity that --managed-identity names is assigned'
}

@test "an application's endpoint that refuses, is away, is slow or talks nonsense" {
    start_machine --faults "$(faults '[
        {"when": {"path": "/msi/token", "after": 2, "first": 1}, "then": {"delay": 1500}},
        {"when": {"path": "/msi/token", "after": 2, "first": 1}, "then": {"bodyText": "oops"}},
        {"when": {"path": "/msi/token", "after": 2, "first": 2}, "then": {"status": 503, "retryAfterMs": 1}}]')"
    on_app_service
    IDENTITY_HEADER=wrong check
    refused 'App Service: HTTP 401: Access is denied.' 'run piket where the platform sets IDENTITY_ENDPOINT anew'
    IDENTITY_HEADER=$'a\nX: y' check
    refused 'App Service: unusable request header X-IDENTITY-HEADER'
    IDENTITY_ENDPOINT=http://127.0.0.1:1/msi/token check
    refused 'App Service: connection refused by 127.0.0.1 port 1' 'IDENTITY_ENDPOINT'
    IDENTITY_ENDPOINT=ftp://127.0.0.1/ check
    refused 'IDENTITY_ENDPOINT: unusable URL'
    check --credential ManagedIdentity --tenant 7c0ffee0-0000-4000-8000-000000000bad
    refused 'is of tenant'
    check
    signed_in $SYSTEM
    : >"$EMULATOR_LOG"
    check
    refused 'App Service: HTTP 200: the answer is not a JSON object'
    check
    signed_in $SYSTEM
    [ "$(sent /msi/token | tr '\n' ' ')" = '200 503 503 200 ' ]
}

@test "half an application's environment is not one" {
    start_machine
    export IDENTITY_HEADER=$EMULATOR_IDENTITY_HEADER
    on_vm
    check
    signed_in $SYSTEM
    [ -z "$(sent /msi/token)" ]
}

@test "Service Fabric is refused, and nobody else asked in its place" {
    start_machine
    on_app_service
    on_vm
    IDENTITY_SERVER_THUMBPRINT=00 check
    refused 'managed identities of Service Fabric are not supported' AZURE_CLIENT_SECRET
    [ ! -s "$EMULATOR_LOG" ]
}

# --- Azure Machine Learning, Cloud Shell -----------------------------------

@test "a compute of Azure Machine Learning signs in by its endpoint" {
    start_identities
    on_machine_learning
    check
    signed_in $SYSTEM
    : >"$EMULATOR_LOG"
    DEFAULT_IDENTITY_CLIENT_ID=$USER_ONE check
    signed_in $USER_ONE
    [[ $(sent /machinelearning/msi/token .query) == api-version=2017-09-01*"&clientid=$USER_ONE" ]]
    : >"$EMULATOR_LOG"
    DEFAULT_IDENTITY_CLIENT_ID=$USER_ONE AZURE_CLIENT_ID=$USER_TWO check
    signed_in $USER_TWO
    : >"$EMULATOR_LOG"
    check --managed-identity object-id=$OBJECT_TWO
    refused 'cannot be asked for an identity by its object id' 'by its client id'
    MSI_SECRET=wrong check
    refused 'Azure Machine Learning: HTTP 401'
}

@test "Cloud Shell signs in as who opened it, and as nobody else" {
    start_machine
    on_cloud_shell
    check
    signed_in $SYSTEM
    [ "$(sent /oauth2/token '[.method, .query, .form.resource, .headers.metadata]')" = \
        '["POST","","https://management.core.windows.net/","true"]' ]
    : >"$EMULATOR_LOG"
    AZURE_CLIENT_ID=$SYSTEM check
    refused 'AZURE_CLIENT_ID: Cloud Shell cannot be asked for an identity by its client id' \
        'leave AZURE_CLIENT_ID out'
    [ ! -s "$EMULATOR_LOG" ]
    MSI_ENDPOINT=http://127.0.0.1:1/ check
    refused 'Cloud Shell: connection refused by 127.0.0.1 port 1'
}

# --- Azure Arc -------------------------------------------------------------

@test "a server of Azure Arc proves that it may read a key" {
    start_arc
    check_arc
    signed_in $SYSTEM
    [ "$(sent $ARC | tr '\n' ' ')" = '401 200 ' ]
    [ "$(sent $ARC .headers.authorization | tr '\n' ',')" = 'null,Basic ,' ]
    [[ $(sent $ARC .query) == 'api-version=2020-06-01&resource='* ]]
    [ -z "$(ls "$PIKET_ARC_FOLDER")" ]
    : >"$EMULATOR_LOG"
    check_arc --managed-identity $SYSTEM
    signed_in $SYSTEM
}

@test "a token of Azure Arc must name the identity that was asked for" {
    start_arc --faults "$(faults "[{\"when\": {\"path\": \"$ARC\", \"after\": 1, \"first\": 1}, \"then\": {\"body\":
        {\"access_token\": \"t\", \"expires_in\": \"3600\", \"client_id\": \"$USER_ONE\"}}},
        {\"when\": {\"path\": \"$ARC\", \"after\": 2, \"first\": 1}, \"then\": {\"body\":
        {\"access_token\": \"t\", \"expires_in\": \"3600\"}}}]")"
    check_arc --managed-identity $USER_TWO
    refused 'the answer does not name the client id asked for' 'leave --managed-identity out'
    check_arc --managed-identity $USER_TWO
    refused 'the answer does not name the client id asked for' 'leave --managed-identity out'
    [ "$(sent $ARC | tr '\n' ' ')" = '401 200 401 200 ' ]
}

# arc_challenge HEADER: one whose agent answers so at first.
arc_challenge() {
    start_arc --faults "$(faults "[{\"when\": {\"path\": \"$ARC\", \"first\": 1}, \"then\":
        {\"status\": 401, \"headers\": {\"WWW-Authenticate\": $(jq -Rn --arg text "$1" '$text')}}}]")"
    printf key >"$PIKET_ARC_FOLDER/good.key"
    printf key >"$PIKET_ARC_FOLDER/good.txt"
}

# arc_refused TEXT...: and nothing was sent to it again.
arc_refused() {
    refused "$@"
    [ "$(sent $ARC | wc -l)" -eq 1 ]
    stop_emulator
}

@test "a path that is none of the agent's keys is not even opened" {
    local tokens=/var/opt/azcmagent/tokens path
    printf key >"$BATS_TEST_TMPDIR/outside.key"
    for path in /etc/passwd "$BATS_TEST_TMPDIR/outside.key" $tokens/good.txt \
        $tokens/../tokens/good.key $tokens/sub/good.key $tokens//good.key \
        $tokens/.key "$tokens/good.key, x=/y.key" good.key ${tokens}x/good.key; do
        arc_challenge "Basic realm=$path"
        check_arc
        arc_refused 'which is none of its keys' 'see what answers in the agent'
    done
    for path in "Bearer realm=$tokens/good.key" 'Basic realm=' 'Basic x' Basic; do
        arc_challenge "$path"
        check_arc
        arc_refused 'without saying where its key is'
    done
}

@test "a key that is no plain small file is not sent" {
    local tokens=/var/opt/azcmagent/tokens
    for make in 'head -c 4097 /dev/zero | tr "\0" x >' 'ln -s good.key' 'mkfifo' \
        'mkdir' ': >' 'printf "a\nX: y" >' 'printf "  " >' '#'; do
        arc_challenge "Basic realm=$tokens/bad.key"
        rm -rf "$PIKET_ARC_FOLDER/bad.key"
        eval "$make $PIKET_ARC_FOLDER/bad.key"
        check_arc
        arc_refused "$tokens/bad.key"
    done
    arc_challenge "Basic realm=\"$tokens/good.key\""
    check_arc
    # It was read and sent; the agent knows of no such key.
    refused 'Azure Arc: HTTP 401: The key is not valid' 'azcmagent show'
    [ "$(sent $ARC .headers.authorization | tr '\n' ',')" = 'null,Basic ,' ]
}

@test "the agent of Azure Arc is on this machine, and answers in time" {
    start_arc --faults "$(faults "[
        {\"when\": {\"path\": \"$ARC\", \"first\": 1}, \"then\": {\"delay\": 1500}},
        {\"when\": {\"path\": \"$ARC\", \"after\": 2, \"first\": 1}, \"then\": {\"bodyText\": \"oops\"}}]")"
    check_arc
    signed_in $SYSTEM
    : >"$EMULATOR_LOG"
    check_arc
    refused 'Azure Arc: HTTP 200: the answer is not a JSON object'
    IDENTITY_ENDPOINT=http://169.254.169.254/x check_arc
    refused 'the agent of Azure Arc is on this machine'
    IDENTITY_ENDPOINT=http://127.0.0.1:1/x check_arc
    refused 'Azure Arc: connection refused by 127.0.0.1 port 1'
}
