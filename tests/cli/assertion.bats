#!/usr/bin/env bats
# Signing in with an assertion: certificates, AKS, GitHub Actions, Azure
# Pipelines. The emulator verifies what it is sent.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # Nothing of the caller's may sign in here.
    unset "${!AZURE@}" "${!ACTIONS_ID_@}" SYSTEM_OIDCREQUESTURI SYSTEM_ACCESSTOKEN \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@"; }

# emulator ARGS...: starts one, whose client may not use its secret here.
emulator() {
    start_emulator --sign-in-files "$@"
    CERTIFICATE=$(ready certificateFile)
    unset AZURE_CLIENT_SECRET
}

# ready NAME: what the ready file says.
ready() { jq -r ".$1" "$EMULATOR_DIR/ready.json"; }

# Each of these gives the environment what one credential needs.
certificate() { export AZURE_CLIENT_CERTIFICATE_PATH=${1:-$CERTIFICATE}; }
cluster() { export AZURE_FEDERATED_TOKEN_FILE; AZURE_FEDERATED_TOKEN_FILE=$(ready federatedTokenFile); }
github() {
    export ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN
    ACTIONS_ID_TOKEN_REQUEST_URL=$(ready githubOidcUrl)
    ACTIONS_ID_TOKEN_REQUEST_TOKEN=$(ready githubOidcToken)
}
pipelines() {
    export SYSTEM_OIDCREQUESTURI SYSTEM_ACCESSTOKEN AZURESUBSCRIPTION_SERVICE_CONNECTION_ID
    SYSTEM_OIDCREQUESTURI=$(ready pipelinesOidcUrl)
    SYSTEM_ACCESSTOKEN=$(ready pipelinesOidcToken)
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID=$(ready serviceConnectionId)
    export AZURESUBSCRIPTION_CLIENT_ID=$AZURE_CLIENT_ID AZURESUBSCRIPTION_TENANT_ID=$AZURE_TENANT_ID
    unset AZURE_CLIENT_ID AZURE_TENANT_ID
}

# check ARGS...: runs piket check; the JSON report is in $REPORT.
check() {
    REPORT=$BATS_TEST_TMPDIR/report.json
    run --separate-stderr piket check --format json --output "$REPORT" "$@"
}

# signed_in CREDENTIAL: the last check could read everything as the client.
signed_in() {
    [ "$status" -eq 1 ] || { echo "status $status: $stderr"; return 1; }
    [ "$(jq -r '.run.tenants[0].credential' "$REPORT")" = "$1" ]
    [ "$(jq -r '.run.complete' "$REPORT")" = true ]
}

# could_not PART...: the last check ended with 3, and each part was said.
could_not() {
    local part
    [ "$status" -eq 3 ] || { echo "status $status: $stderr"; return 1; }
    for part in "$@"; do
        [[ $stderr == *"$part"* ]] || { printf 'got: %s\nnot in it: %s\n' "$stderr" "$part"; return 1; }
    done
}

# fails COMMAND...: a bare ! would not fail the test.
fails() {
    if "$@"; then
        return 1
    fi
}

# sent FILTER: the emulator's log, as one array, through jq.
sent() { jq -sc "$1" "$EMULATOR_LOG"; }

# token_requests: how many there were.
token_requests() { sent '[.[] | select(.path | endswith("/oauth2/v2.0/token"))] | length'; }

# arm_requests: how many requests reached ARM.
arm_requests() { sent '[.[] | select(.path | startswith("/subscriptions"))] | length'; }

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# estate CLIENT: a file with one subscription, and a client with these members.
estate() {
    local file=$BATS_TEST_TMPDIR/estate.json
    jq -n --argjson client "${1:-{\}}" '{tenants: [{id: "7c0ffee0-0000-4000-8000-00000000abcd",
        clients: [{clientId: "c11e4715-0000-4000-8000-00000000abcd", secret: "x",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"} + $client]}],
        subscriptions: [{id: "00000000-0000-4000-8000-000000000001", displayName: "Zorg"}]}' >"$file"
    echo "$file"
}

# make_certificate NAME ARGS...: a key and a certificate of its own, NAME.pem.
make_certificate() {
    local name=$BATS_TEST_TMPDIR/$1
    shift
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=piket -days 2 -keyout "$name.key" -out "$name.crt" \
        "$@" 2>/dev/null
    cat "$name.crt" "$name.key" >"$name.pem"
}

@test "certificate: signs in, with the certificate named by its SHA-256" {
    emulator
    certificate
    check
    signed_in EnvironmentCredential
    local thumbprint
    thumbprint=$(openssl x509 -in "$CERTIFICATE" -outform DER | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '=')
    run sent '[.[] | select(.form) | .form]'
    [ "$(jq -r '.[0].client_assertion.header | [.alg, .typ, ."x5t#S256", .x5c] | @json' <<<"$output")" \
        = "[\"PS256\",\"JWT\",\"$thumbprint\",null]" ]
    [ "$(jq -c '.[0] | keys' <<<"$output")" \
        = '["claims","client_assertion","client_assertion_type","client_id","grant_type","scope"]' ]
    [ "$(jq -r '.[0].client_assertion_type' <<<"$output")" = urn:ietf:params:oauth:client-assertion-type:jwt-bearer ]
    [ "$(jq -r '.[0].client_assertion.claims | [.iss, .sub, .aud, .exp - .nbf] | join(" ")' <<<"$output")" \
        = "$AZURE_CLIENT_ID $AZURE_CLIENT_ID $EMULATOR_URL/$AZURE_TENANT_ID/oauth2/v2.0/token 600" ]
}

@test "certificate: the chain goes along where it is asked for, the signer's first" {
    emulator
    certificate
    local answer wanted
    for answer in 1 true TRUE; do
        AZURE_CLIENT_SEND_CERTIFICATE_CHAIN=$answer check
        signed_in EnvironmentCredential
    done
    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN=yes check
    signed_in EnvironmentCredential
    wanted=$(openssl x509 -in "$CERTIFICATE" -outform DER | base64 -w0)
    [ "$(sent '[.[] | select(.form) | .form.client_assertion.header.x5c]')" \
        = "[[\"$wanted\"],[\"$wanted\"],[\"$wanted\"],null]" ]
}

@test "certificate: -v tells its thumbprint, as the portal shows it, and when it ends" {
    emulator
    certificate
    check -v
    signed_in EnvironmentCredential
    [[ $stderr == *"$CERTIFICATE: thumbprint $(openssl x509 -in "$CERTIFICATE" -noout -fingerprint -sha1 | cut -d= -f2 | tr -d :), ends 20"* ]]
}

@test "certificate: every form of file signs in" {
    emulator
    local file name=$BATS_TEST_TMPDIR/client
    export AZURE_CLIENT_CERTIFICATE_PASSWORD=geheim
    openssl x509 -in "$CERTIFICATE" -out "$name.encrypted.pem"
    openssl pkey -in "$CERTIFICATE" -aes256 -passout pass:geheim >>"$name.encrypted.pem"
    openssl x509 -in "$CERTIFICATE" -out "$name.traditional.pem"
    openssl rsa -in "$CERTIFICATE" -traditional -aes128 -passout pass:geheim >>"$name.traditional.pem" 2>/dev/null
    openssl pkcs12 -export -in "$CERTIFICATE" -passout pass:geheim -out "$name.pfx"
    openssl pkcs12 -export -legacy -in "$CERTIFICATE" -passout pass:geheim -out "$name.legacy.pfx"
    for file in encrypted.pem traditional.pem pfx legacy.pfx; do
        certificate "$name.$file"
        check
        signed_in EnvironmentCredential
    done
    unset AZURE_CLIENT_CERTIFICATE_PASSWORD
    openssl pkcs12 -export -in "$CERTIFICATE" -passout pass: -out "$name.empty.pfx"
    certificate "$name.empty.pfx"
    check
    signed_in EnvironmentCredential
}

@test "certificate: a file that cannot be used is told by name, and nothing is sent" {
    emulator
    local name=$BATS_TEST_TMPDIR/client
    certificate "$name.none"
    check
    could_not "EnvironmentCredential: $name.none: No such file" 'AZURE_CLIENT_CERTIFICATE_PATH names a PEM or PFX file'
    openssl pkcs12 -export -in "$CERTIFICATE" -passout pass:g3h31m -out "$name.pfx"
    certificate "$name.pfx"
    check
    could_not "$name.pfx: the key is encrypted, and there is no password" 'set AZURE_CLIENT_CERTIFICATE_PASSWORD'
    AZURE_CLIENT_CERTIFICATE_PASSWORD=wr0ng check -vv
    could_not "$name.pfx: the password does not open it" 'check AZURE_CLIENT_CERTIFICATE_PASSWORD'
    [[ $stderr != *wr0ng* ]]
    openssl x509 -in "$CERTIFICATE" -out "$name.pem"
    certificate "$name.pem"
    check
    could_not "$name.pem: it holds no private key" 'put the private key into the same file'
    base64 "$name.pfx" >"$name.base64"
    certificate "$name.base64"
    check
    could_not 'neither PEM nor PKCS#12' 'decode it with base64 -d'
    head -c 900 "$CERTIFICATE" >"$name.half"
    certificate "$name.half"
    check
    could_not "$name.half: its PEM is broken" 'put the whole certificate'
    certificate "$BATS_TEST_TMPDIR"
    check
    could_not 'is not a regular file'
    [ "$(token_requests)" -eq 0 ]
}

@test "certificate: one that is not registered, or another's key, is refused" {
    emulator
    make_certificate stranger
    certificate "$BATS_TEST_TMPDIR/stranger.pem"
    check
    could_not "EnvironmentCredential: $BATS_TEST_TMPDIR/stranger.pem: thumbprint $(openssl x509 -in "$BATS_TEST_TMPDIR/stranger.crt" -noout -fingerprint -sha1 | cut -d= -f2 | tr -d :)" \
        'Entra refused: AADSTS700027' 'The key was not found.' \
        "$(openssl x509 -in "$BATS_TEST_TMPDIR/stranger.crt" -noout -fingerprint -sha256 | cut -d= -f2 | tr -d :)" \
        "upload the certificate under the app registration's Certificates & secrets"
    [ "$(token_requests)" -eq 1 ]
    [ "$(arm_requests)" -eq 0 ]
}

@test "certificate: of an estate file, another's certificate and another's client" {
    make_certificate own
    emulator --estate "$(estate "$(jq -n --rawfile pem "$BATS_TEST_TMPDIR/own.crt" '{certificates: [$pem]}')")"
    certificate "$BATS_TEST_TMPDIR/own.pem"
    check
    signed_in EnvironmentCredential
    AZURE_CLIENT_ID=c11e4715-0000-4000-8000-00000000ffff check
    could_not AADSTS700016
}

@test "certificate: trusted by subject name and issuer only with its chain" {
    local name=$BATS_TEST_TMPDIR/chain
    # A root, an authority below it, and the client's certificate.
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Root -days 2 -keyout "$name.root.key" -out "$name.root.crt" 2>/dev/null
    printf 'basicConstraints=critical,CA:TRUE\n' >"$name.ca"
    openssl req -newkey rsa:2048 -nodes -subj /CN=Authority -keyout "$name.ca.key" -out "$name.csr" 2>/dev/null
    openssl x509 -req -in "$name.csr" -CA "$name.root.crt" -CAkey "$name.root.key" -CAcreateserial -days 2 \
        -extfile "$name.ca" -out "$name.ca.crt" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj /CN=piket.contoso.nl -keyout "$name.key" -out "$name.csr" 2>/dev/null
    openssl x509 -req -in "$name.csr" -CA "$name.ca.crt" -CAkey "$name.ca.key" -CAcreateserial -days 2 -out "$name.crt" 2>/dev/null
    cat "$name.root.crt" "$name.ca.crt" "$name.crt" "$name.key" >"$name.pem" # not in order
    emulator --estate "$(estate "$(jq -n --rawfile pem "$name.root.crt" \
        '{trustedCertificateSubjects: [{subjectName: "piket.contoso.nl", authority: $pem}]}')")"
    certificate "$name.pem"
    check
    could_not AADSTS700027 'The key was not found.'
    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN=1 check
    signed_in EnvironmentCredential
    [ "$(sent '[.[] | select(.form) | .form.client_assertion.header.x5c | length]')" = '[0,3]' ]
    # Without the authority in the middle nothing leads to the root.
    cat "$name.root.crt" "$name.crt" "$name.key" >"$name.pem"
    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN=1 check
    could_not AADSTS700027
}

@test "certificate: not configured, the chain goes on and says what is missing" {
    emulator
    unset AZURE_TENANT_ID
    certificate
    check
    could_not 'EnvironmentCredential: not set: AZURE_TENANT_ID' 'WorkloadIdentityCredential: not set: AZURE_TENANT_ID'
    [[ $stderr == *$'\n       set AZURE_TENANT_ID, too' ]]
    check --tenant "$(ready tenantId)"
    signed_in EnvironmentCredential
}

@test "workload identity: signs in with the cluster's token" {
    emulator
    cluster
    check
    signed_in WorkloadIdentityCredential
    [ "$(sent '[.[] | select(.form) | .form.client_assertion.claims | [.sub, .aud]]')" \
        = '[["system:serviceaccount:beveiliging:piket","api://AzureADTokenExchange"]]' ]
    fails grep -qF "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" "$EMULATOR_LOG"
}

@test "workload identity: the file is read for each token, without what an editor leaves behind it" {
    emulator --faults "$(faults '[{"when": {"path": "*/securityContacts", "first": 1}, "then": {"revokeTokens": true}}]')"
    cluster
    printf '%s\n\n' "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" >"$BATS_TEST_TMPDIR/token"
    AZURE_FEDERATED_TOKEN_FILE=$BATS_TEST_TMPDIR/token
    check --concurrency 1
    signed_in WorkloadIdentityCredential
    [ "$(token_requests)" -eq 2 ]
}

@test "workload identity: a file that is missing, empty, or no token" {
    emulator
    local token=$BATS_TEST_TMPDIR/token
    export AZURE_FEDERATED_TOKEN_FILE=$token
    check
    could_not "WorkloadIdentityCredential: AZURE_FEDERATED_TOKEN_FILE: $token: No such file" 'azure.workload.identity/use'
    echo >"$token"
    check
    could_not "$token: it is empty"
    echo s3cret-but-no-token >"$token"
    check -vv
    could_not "$token: it is no JWT"
    [[ $stderr != *s3cret* ]]
    printf 'eyJ\001' >"$token"
    check
    could_not "$token: it is too long, or holds characters"
    [ "$(token_requests)" -eq 0 ]
}

@test "workload identity: Entra's refusals name what to write into the federated credential" {
    emulator --estate "$(estate '{"federatedCredentials": [{"issuer": "https://token.actions.githubusercontent.com",
        "subject": "repo:contoso/other:ref:refs/heads/main"}]}')"
    cluster
    check
    could_not "WorkloadIdentityCredential: token of issuer 'https://westeurope.oic.prod-aks.azure.com/" \
        "subject 'system:serviceaccount:beveiliging:piket', audience 'api://AzureADTokenExchange': Entra refused: AADSTS700211" \
        'add one with exactly this issuer, subject and audience'
    unset AZURE_FEDERATED_TOKEN_FILE
    github
    check --credential GitHubOidc
    could_not "subject 'repo:contoso/piket-runs:ref:refs/heads/main'" AADSTS700213
    [ "$(arm_requests)" -eq 0 ]
}

@test "workload identity: an application without any federated credential" {
    emulator --estate "$(estate '{"federatedCredentials": []}')"
    cluster
    check
    could_not AADSTS70025 'add a federated credential to the app registration'
}

@test "workload identity: a token that somebody else signed" {
    emulator
    cluster
    local token head body
    token=$(cat "$AZURE_FEDERATED_TOKEN_FILE")
    head=${token%%.*} body=${token#*.} body=${body%%.*}
    AZURE_FEDERATED_TOKEN_FILE=$BATS_TEST_TMPDIR/token
    printf '%s.%s.%s' "$head" "$body" "$(printf x | base64 | tr -d =)" >"$AZURE_FEDERATED_TOKEN_FILE"
    check
    could_not AADSTS700027 'failed signature validation'
}

@test "GitHub Actions: asks GitHub, then Entra; each gets its own token only" {
    emulator
    github
    check --credential GitHubOidc
    signed_in GitHubOidcCredential
    [ "$(sent '[.[] | select(.path | endswith("/idtoken"))] | [length, .[0].method, .[0].query]')" \
        = '[1,"GET","api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange"]' ]
    [ "$(sent '[.[] | select(.form)] | [length, .[0].headers.authorization, .[0].form.client_assertion.claims.sub]')" \
        = '[1,null,"repo:contoso/piket-runs:ref:refs/heads/main"]' ]
    fails grep -qF "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$EMULATOR_LOG"
}

@test "GitHub Actions: each cloud has its own audience; one that is there stays" {
    emulator
    github
    check --credential GitHubOidc --cloud AzureUSGovernment
    could_not AADSTS700212 "audience 'api://AzureADTokenExchangeUSGov'"
    check --credential GitHubOidc --cloud AzureChinaCloud
    could_not AADSTS700212 "audience 'api://AzureADTokenExchangeChina'"
    ACTIONS_ID_TOKEN_REQUEST_URL="$ACTIONS_ID_TOKEN_REQUEST_URL&audience=api%3A%2F%2Fmine" \
        check --credential GitHubOidc
    could_not "audience 'api://mine'"
}

@test "GitHub Actions: only by name, and what is missing is told" {
    emulator
    github
    check
    could_not 'WorkloadIdentityCredential: not set: AZURE_FEDERATED_TOKEN_FILE'
    [[ $stderr != *GitHubOidcCredential* ]]
    [[ $stderr == *'add --credential GitHubOidc' ]]
    unset ACTIONS_ID_TOKEN_REQUEST_TOKEN
    check --credential GitHubOidc
    could_not 'GitHubOidcCredential: not set: ACTIONS_ID_TOKEN_REQUEST_TOKEN' 'id-token: write'
}

@test "GitHub Actions: the job's token is refused" {
    emulator
    github
    ACTIONS_ID_TOKEN_REQUEST_TOKEN=0ther-t0ken check --credential GitHubOidc -vv
    could_not 'GitHubOidcCredential: https://127.0.0.1: HTTP 401: TF400813' 'permissions: id-token: write'
    [[ $stderr != *0ther-t0ken* ]]
    ACTIONS_ID_TOKEN_REQUEST_TOKEN=$'two\nlines' check --credential GitHubOidc
    could_not "the job's token holds characters that a token may not have"
    [ "$(token_requests)" -eq 0 ]
}

@test "pipelines: the job's token goes over https only, and not through a redirect" {
    local elsewhere
    emulator --faults "$(faults '[{"when": {"path": "*/idtoken"}, "then": {"redirect": "https://127.0.0.1:1/elsewhere"}},
        {"when": {"path": "*/oidctoken"}, "then": {"redirect": "https://127.0.0.1:1/elsewhere"}}]')"
    github
    check --credential GitHubOidc
    could_not 'HTTP 307'
    for elsewhere in http://127.0.0.1:1/ http://example.com/ ftp://example.com/ nonsense 'https://user@example.com/'; do
        ACTIONS_ID_TOKEN_REQUEST_URL=$elsewhere check --credential GitHubOidc
        could_not 'ACTIONS_ID_TOKEN_REQUEST_URL: unusable URL' 'the pipeline sets it: an https URL'
    done
    pipelines
    check --credential AzurePipelines
    could_not 'HTTP 307'
    SYSTEM_OIDCREQUESTURI=http://127.0.0.1:1/ check --credential AzurePipelines
    could_not 'SYSTEM_OIDCREQUESTURI: unusable URL for 127.0.0.1: it is not https'
    [ "$(token_requests)" -eq 0 ]
}

@test "Azure Pipelines: asks Azure DevOps, then Entra" {
    emulator
    pipelines
    check --credential AzurePipelines
    signed_in AzurePipelinesCredential
    [ "$(sent '[.[] | select(.path | endswith("/oidctoken"))]
        | [length, .[0].method, .[0].query, .[0].headers["x-tfs-fedauthredirect"], .[0].headers["content-length"]]')" \
        = "[1,\"POST\",\"api-version=7.1&serviceConnectionId=$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID\",\"Suppress\",\"0\"]" ]
    [ "$(sent '[.[] | select(.form) | .form.client_assertion.claims.sub]')" = '["sc://contoso/Beveiliging/piket-audit"]' ]
    fails grep -qF "$SYSTEM_ACCESSTOKEN" "$EMULATOR_LOG"
}

@test "Azure Pipelines: what is missing, refused, or not the pipeline's" {
    emulator
    pipelines
    SYSTEM_ACCESSTOKEN='' check --credential AzurePipelines
    could_not 'AzurePipelinesCredential: not set: SYSTEM_ACCESSTOKEN' 'AzurePipelinesCredential needs'
    SYSTEM_ACCESSTOKEN=0ther check --credential AzurePipelines
    could_not 'HTTP 401' '(x-vss-e2eid ' "map SYSTEM_ACCESSTOKEN: \$(System.AccessToken)"
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID='no such&x=y' check --credential AzurePipelines
    could_not 'HTTP 404: The service connection does not exist'
    [ "$(sent '[.[] | select(.status == 404) | .query]')" = '["api-version=7.1&serviceConnectionId=no%20such%26x%3Dy"]' ]
    unset AZURESUBSCRIPTION_CLIENT_ID
    AZURE_CLIENT_ID=$(ready clientId) check --credential AzurePipelines
    signed_in AzurePipelinesCredential
}

@test "an issuer's strange answers are not believed, and never shown" {
    emulator --faults "$(faults '[
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"bodyText": "<html>s3cret</html>", "contentType": "text/html"}},
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"body": {"count": 1, "token": "s3cret"}}},
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"body": {"value": "s3cret"}}},
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"status": 403, "bodyText": "no\u001b[2J eyJhbGciOiJub25lIn0.eyJhIjoiYiJ9.eHl6"}}]')"
    github
    check --credential GitHubOidc -vv
    could_not 'HTTP 200: the answer is not a JSON object'
    [[ $stderr != *s3cret* ]]
    check --credential GitHubOidc -vv
    could_not 'HTTP 200: the answer holds no value'
    [[ $stderr != *s3cret* ]]
    check --credential GitHubOidc -vv
    could_not 'HTTP 200: value in the answer: it is no JWT'
    [[ $stderr != *s3cret* ]]
    check --credential GitHubOidc
    could_not 'HTTP 403: no' REDACTED
    [[ $stderr != *$'\e'* && $stderr != *eyJ* ]]
    [ "$(token_requests)" -eq 0 ]
}

@test "slow and busy: each is waited for, and asked again" {
    emulator --faults "$(faults '[
        {"when": {"path": "*/oauth2/v2.0/token", "first": 1}, "then": {"status": 503, "retryAfterMs": 1}},
        {"when": {"path": "*/oauth2/v2.0/token"}, "then": {"delay": 300}},
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"status": 429, "retryAfterMs": 1}},
        {"when": {"path": "*/idtoken", "first": 1}, "then": {"cut": "before-answer"}},
        {"when": {"path": "*/idtoken"}, "then": {"delay": 300}},
        {"when": {"path": "*/oidctoken", "first": 1}, "then": {"status": 500, "retryAfterMs": 1}},
        {"when": {"path": "*/oidctoken"}, "then": {"delay": 300}}]')"
    certificate
    check
    signed_in EnvironmentCredential
    [ "$(token_requests)" -eq 2 ]
    unset AZURE_CLIENT_CERTIFICATE_PATH
    cluster
    check
    signed_in WorkloadIdentityCredential
    github
    check --credential GitHubOidc
    signed_in GitHubOidcCredential
    [ "$(sent '[.[] | select(.path | endswith("/idtoken")) | .status]')" = '[429,0,200]' ]
    pipelines
    check --credential AzurePipelines
    signed_in AzurePipelinesCredential
    [ "$(sent '[.[] | select(.path | endswith("/oidctoken")) | .status]')" = '[500,200]' ]
}

@test "unreachable: who could not be reached is told" {
    emulator
    certificate
    cluster
    github
    local out=$BATS_TEST_TMPDIR dead=https://127.0.0.1:1 pids=() pid status
    (AZURE_AUTHORITY_HOST=$dead piket check --credential Environment 2>"$out/certificate") & pids+=($!)
    (AZURE_AUTHORITY_HOST=$dead piket check --credential WorkloadIdentity 2>"$out/cluster") & pids+=($!)
    (ACTIONS_ID_TOKEN_REQUEST_URL=$dead/idtoken piket check --credential GitHubOidc 2>"$out/github") & pids+=($!)
    pipelines
    (SYSTEM_OIDCREQUESTURI=$dead/oidctoken piket check --credential AzurePipelines 2>"$out/pipelines") & pids+=($!)
    for pid in "${pids[@]}"; do
        status=0
        wait "$pid" || status=$?
        [ "$status" -eq 3 ]
    done
    grep -q 'EnvironmentCredential: https://127.0.0.1:1: ' "$out/certificate"
    grep -q 'WorkloadIdentityCredential: https://127.0.0.1:1: ' "$out/cluster"
    grep -q 'GitHubOidcCredential: https://127.0.0.1: ' "$out/github"
    grep -q 'AzurePipelinesCredential: https://127.0.0.1: ' "$out/pipelines"
}

# An assertion that nobody but this test makes.
# assertion HEADER CLAIMS KEY: signed with RS256.
assertion() {
    local text
    text=$(printf '%s' "$1" | base64 -w0 | tr '+/' '-_' | tr -d '=').$(printf '%s' "$2" | base64 -w0 | tr '+/' '-_' | tr -d '=')
    printf '%s.%s' "$text" "$(printf '%s' "$text" | openssl dgst -sha256 -sign "$3" -binary | base64 -w0 | tr '+/' '-_' | tr -d '=')"
}

# refused ASSERTION: the number of Entra's error, or "token".
refused() {
    token_request grant_type=client_credentials "client_id=$AZURE_CLIENT_ID" scope=https://management.azure.com//.default \
        client_assertion_type="${TYPE:-urn:ietf:params:oauth:client-assertion-type:jwt-bearer}" "client_assertion=$1" \
        | jq -r 'if .access_token then "token" else .error_codes[0] end'
}

@test "emulator: what a client says of itself is verified" {
    emulator
    local key=$BATS_TEST_TMPDIR/key thumbprint header claims now
    openssl pkey -in "$CERTIFICATE" -out "$key"
    thumbprint=$(openssl x509 -in "$CERTIFICATE" -outform DER | openssl dgst -sha1 -binary | base64 | tr '+/' '-_' | tr -d '=')
    header="{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t\":\"$thumbprint\"}"
    now=$(date +%s)
    claims=$(jq -nc --arg id "$AZURE_CLIENT_ID" --arg url "$AZURE_AUTHORITY_HOST/$AZURE_TENANT_ID/oauth2/v2.0/token" \
        --argjson now "$now" '{aud: $url, iss: $id, sub: $id, jti: "1", nbf: $now, exp: ($now + 600)}')
    change() { jq -c "$1" <<<"$claims"; }
    [ "$(refused "$(assertion "$header" "$claims" "$key")")" = token ]
    [ "$(refused "$(assertion "$header" "$(change '.aud += "/"')" "$key")")" = token ]
    # As MSAL for Python writes it.
    [ "$(refused "$(assertion "$header" "$(change 'del(.nbf) | .exp += 0.5')" "$key")")" = token ]
    [ "$(refused "$(assertion "$header" "$(change '.aud = "https://elsewhere.example/"')" "$key")")" = 700023 ]
    [ "$(refused "$(assertion "$header" "$(change '.exp -= 1200 | .nbf -= 1200')" "$key")")" = 700024 ]
    [ "$(refused "$(assertion "$header" "$(change '.exp += 1200 | .nbf += 1200')" "$key")")" = 700024 ]
    [ "$(refused "$(assertion "$header" "$(change '.sub = "0b1ec750-0000-4000-8000-00000000abcd"')" "$key")")" = 700021 ]
    [ "$(refused "$(assertion "$header" "$(change 'del(.jti)')" "$key")")" = 50027 ]
    [ "$(refused "$(assertion '{"alg":"RS256"}' "$claims" "$key")")" = 5002723 ]
    [ "$(refused "$(assertion "{\"alg\":\"none\",\"x5t\":\"$thumbprint\"}" "$claims" "$key")")" = 5002738 ]
    [ "$(refused "$(assertion "{\"alg\":\"PS256\",\"x5t\":\"$thumbprint\"}" "$claims" "$key")")" = 700027 ]
    [ "$(refused a.b)" = 50027 ]
    [ "$(refused a.b.c)" = 50027 ]
    [ "$(TYPE=other refused "$(assertion "$header" "$claims" "$key")")" = 900144 ]
    make_certificate other
    [ "$(refused "$(assertion "$header" "$claims" "$BATS_TEST_TMPDIR/other.key")")" = 700027 ]
}

@test "emulator: a token of another issuer is verified" {
    emulator --estate "$(estate '{"federatedCredentials": [{"issuer": "https://elsewhere.example", "subject": "piket"}]}')"
    local key=$BATS_TEST_TMPDIR/other.key now
    make_certificate other
    now=$(date +%s)
    claims() {
        jq -nc --argjson now "$now" --arg iss "$1" --arg sub "$2" --arg aud "$3" \
            '{iss: $iss, sub: $sub, aud: $aud, nbf: $now, exp: ($now + 600)}'
    }
    by() { refused "$(assertion '{"alg":"RS256","kid":"1"}' "$(claims "$@")" "$key")"; }
    [ "$(by https://nobody.example piket api://AzureADTokenExchange)" = 700211 ]
    [ "$(by https://elsewhere.example Piket api://AzureADTokenExchange)" = 700213 ]
    [ "$(by https://elsewhere.example piket api://other)" = 700212 ]
    # Nobody plays that issuer here.
    [ "$(by https://elsewhere.example piket api://AzureADTokenExchange)" = 50166 ]
}

@test "emulator: the issuers give tokens to the job only" {
    emulator
    local url token
    url=$(ready githubOidcUrl) token=$(ready githubOidcToken)
    [ "$(http -o /dev/null -w '%{http_code}' "$url")" = 401 ]
    [ "$(http -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer x' "$url")" = 401 ]
    [ "$(http -H "Authorization: Bearer $token" "$url" | jq -r '.value | split(".")[1] | @base64d | fromjson | .aud')" \
        = https://github.com/contoso ]
    url=$(ready pipelinesOidcUrl) token=$(ready pipelinesOidcToken)
    [ "$(http -o /dev/null -w '%{http_code}' -X POST "$url")" = 302 ]
    [ "$(http -o /dev/null -w '%{http_code}' -X POST -H 'X-TFS-FedAuthRedirect: Suppress' "$url")" = 401 ]
    [ "$(http -o /dev/null -w '%{http_code}' -X POST -H "Authorization: Bearer $token" "$url")" = 400 ]
}

@test "emulator: its files go with it, and a written estate holds who may sign in" {
    emulator --write-estate "$BATS_TEST_TMPDIR/written.json"
    local token
    token=$(ready federatedTokenFile)
    [ "$(stat -c %a "$CERTIFICATE" "$token" | sort -u)" = 600 ]
    [ "$(jq -c '[.tenants[0].clients[0] | (.certificates, .federatedCredentials) | length]' "$BATS_TEST_TMPDIR/written.json")" = '[0,3]' ]
    stop_emulator
    [ ! -e "$CERTIFICATE" ]
    [ ! -e "$token" ]
    start_emulator --sign-in-files --estate "$BATS_TEST_TMPDIR/written.json"
    unset AZURE_CLIENT_SECRET
    certificate "$(ready certificateFile)"
    check
    signed_in EnvironmentCredential
}

@test "emulator: a client's members are checked" {
    run "$PIKET_BUILD/piket-emulator" --estate "$(estate '{"certificates": ["x"]}')"
    [ "$status" -eq 3 ]
    [[ $output == *'$.tenants[0].clients[0].certificates[0]: is not a certificate in PEM'* ]]
    run "$PIKET_BUILD/piket-emulator" --estate "$(estate '{"federatedCredentials": [{"issuer": "x"}]}')"
    [ "$status" -eq 3 ]
    [[ $output == *'$.tenants[0].clients[0].federatedCredentials[0]'*subject* ]]
}
