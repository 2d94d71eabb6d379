#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# piket-emulator, by curl and jq.

load helpers

TENANT=7c0ffee0-0000-4000-8000-000000000001
ONE=00000000-0000-4000-8000-000000000001
TWO=00000000-0000-4000-8000-000000000002
THREE=00000000-0000-4000-8000-000000000003
V2017=api-version=2017-08-01-preview
V2020=api-version=2020-01-01-preview
V2023=api-version=2023-12-01-preview

contacts() { echo "/subscriptions/$1/providers/Microsoft.Security/securityContacts"; }

# estate SUBSCRIPTIONS [SETTINGS]: writes an estate file, prints its name.
estate() {
    cat >"$BATS_TEST_TMPDIR/estate.json" <<END
{ ${2:-} "tenants": [
    { "id": "$TENANT", "displayName": "Contoso", "defaultDomain": "contoso.nl",
      "clients": [ { "clientId": "c11e4715-0000-4000-8000-000000000001",
        "secret": "a~b+c&d=e/f%20", "objectId": "0b1ec750-0000-4000-8000-000000000001" } ] },
    { "id": "7c0ffee0-0000-4000-8000-000000000002", "defaultDomain": "fabrikam.nl" } ],
  "managementGroups": [ { "id": "mg-top" }, { "id": "mg-low", "parent": "mg-top" } ],
  "subscriptions": [ $1 ] }
END
    echo "$BATS_TEST_TMPDIR/estate.json"
}

# faults RULES: writes a fault file, prints its name.
faults() {
    echo "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

CONTACT='{ "emails": "a@contoso.nl;b@contoso.nl", "phone": "+31201234567",
  "notificationsByRole": { "state": "On", "roles": ["Owner"] },
  "notificationsSources": [ { "sourceType": "AttackPath", "minimalRiskLevel": "High" },
    { "sourceType": "Alert", "minimalSeverity": "Medium" } ] }'

start_with() {
    start_emulator --estate "$(estate "$@")"
    sign_in
}

start_with_fault() {
    start_emulator --estate "$(estate "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ $CONTACT ] }")" \
        --faults "$(faults "$1")" "${@:2}"
}

# fails COMMAND...: succeeds where the command does not; a bare ! would never
# fail a test.
fails() {
    if "$@"; then
        return 1
    fi
}

teardown() { stop_emulator; }

code() { jq -r .error.code "$EMULATOR_DIR/body"; }

header() { tr -d '\r' <"$EMULATOR_DIR/headers" | grep -i "^$1:" | cut -d' ' -f2-; }

@test "help, version, and usage errors" {
    run "$PIKET_BUILD/piket-emulator" --version
    [ "$status" -eq 0 ]
    [[ $output == "piket-emulator "* ]]
    run "$PIKET_BUILD/piket-emulator" --help
    [ "$status" -eq 0 ]
    [[ $output == *--estate* ]]
    run "$PIKET_BUILD/piket-emulator" --no-such
    [ "$status" -eq 64 ]
    run "$PIKET_BUILD/piket-emulator" --latency fast
    [ "$status" -eq 64 ]
    run "$PIKET_BUILD/piket-emulator" --estate x --generate 3
    [ "$status" -eq 64 ]
}

@test "an estate file with a mistake names file and place" {
    run "$PIKET_BUILD/piket-emulator" --listen 127.0.0.1:0 --identity-listen 127.0.0.1:0 \
        --estate "$(estate "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"sate\": \"Enabled\" }")"
    [ "$status" -eq 3 ]
    [[ $output == *'estate.json: $.subscriptions[0].sate: is not known here'* ]]
    [[ $output == *'"state"'* ]]
}

@test "the private files go with it" {
    start_emulator --generate 1
    [ -s "$SSL_CERT_FILE" ]
    kill -TERM "$EMULATOR_PID"
    wait "$EMULATOR_PID"
    [ ! -e "$SSL_CERT_FILE" ]
}

@test "the ready file names the process" {
    start_emulator --generate 1
    [ "$(jq .pid "$EMULATOR_DIR/ready.json")" -eq "$EMULATOR_PID" ]
}

@test "a token is a signed JWT of this tenant, and opens ARM" {
    start_emulator --generate 3
    sign_in
    claims=$(cut -d. -f2 <<<"$TOKEN" | tr -- '-_' '+/')
    while [ $((${#claims} % 4)) -ne 0 ]; do claims+="="; done
    claims=$(base64 -d <<<"$claims")
    [ "$(jq -r .tid <<<"$claims")" = "$AZURE_TENANT_ID" ]
    [ "$(jq -r .aud <<<"$claims")" = "https://management.azure.com/" ]
    [ "$(jq '.exp - .iat' <<<"$claims")" -eq 3599 ]
    [ "$(arm_status '/subscriptions?api-version=2022-12-01')" = 200 ]
}

@test "the token endpoint refuses as Entra does" {
    start_emulator --generate 1
    scope=https://management.azure.com/.default
    run token_request grant_type=client_credentials "client_id=$AZURE_CLIENT_ID" client_secret=wrong scope=$scope
    [ "$(jq -c '[.error, .error_codes]' <<<"$output")" = '["invalid_client",[7000215]]' ]
    [[ $(jq -r .error_description <<<"$output") == "AADSTS7000215: "*"Trace ID: "* ]]
    run token_request grant_type=client_credentials client_id=nobody client_secret=x scope=$scope
    [ "$(jq -c .error_codes <<<"$output")" = '[700016]' ]
    run token_request grant_type=password "client_id=$AZURE_CLIENT_ID" scope=$scope
    [ "$(jq -r .error <<<"$output")" = unsupported_grant_type ]
    run token_request grant_type=client_credentials client_secret=x scope=$scope
    [[ $(jq -r .error_description <<<"$output") == *"'client_id'"* ]]
    run token_request grant_type=client_credentials "client_id=$AZURE_CLIENT_ID" "client_secret=$AZURE_CLIENT_SECRET" scope=https://management.azure.com/
    [ "$(jq -r .error <<<"$output")" = invalid_scope ]
    run token_request grant_type=client_credentials "client_id=$AZURE_CLIENT_ID" "client_secret=$AZURE_CLIENT_SECRET" scope=https://nothing.example/.default
    [ "$(jq -r .error <<<"$output")" = invalid_resource ]
    AZURE_TENANT_ID=7c0ffee0-0000-4000-8000-00000000ffff run token_request grant_type=client_credentials
    [ "$(jq -c .error_codes <<<"$output")" = '[90002]' ]
}

@test "discovery leads back to this server" {
    start_emulator --generate 1
    run http "$EMULATOR_URL/$AZURE_TENANT_ID/v2.0/.well-known/openid-configuration"
    [ "$(jq -r .token_endpoint <<<"$output")" = "$EMULATOR_URL/$AZURE_TENANT_ID/oauth2/v2.0/token" ]
    run http "$EMULATOR_URL/adfs/.well-known/openid-configuration"
    [ "$(jq -r .token_endpoint <<<"$output")" = "$EMULATOR_URL/adfs/oauth2/token/" ]
    run http "$EMULATOR_URL/common/discovery/instance?api-version=1.1&authorization_endpoint=$EMULATOR_URL/$AZURE_TENANT_ID/oauth2/v2.0/authorize"
    [ "$(jq -r .tenant_discovery_endpoint <<<"$output")" = "$EMULATOR_URL/$AZURE_TENANT_ID/v2.0/.well-known/openid-configuration" ]
    run http "$EMULATOR_URL/common/discovery/v2.0/keys"
    [ "$(jq -r '.keys[0].kty' <<<"$output")" = RSA ]
    [ "$(http "$EMULATOR_URL/metadata/endpoints?api-version=2022-09-01" | jq -r .authentication.loginEndpoint)" = "$EMULATOR_URL" ]
    [ "$(http "$EMULATOR_URL/metadata/endpoints?api-version=2019-05-01" | jq -r '.[0].name')" = AzureCloud ]
    [ "$(http "$EMULATOR_URL/metadata/endpoints?api-version=2015-01-01" | jq -r '.authentication.audiences | length')" = 2 ]
}

@test "ARM refuses what is no token of its own" {
    start_emulator --generate 1
    path='/subscriptions?api-version=2022-12-01'
    run http -o "$EMULATOR_DIR/body" -D "$EMULATOR_DIR/headers" -w '%{http_code}' "$EMULATOR_URL$path"
    [ "$output" = 401 ]
    [ "$(code)" = AuthenticationFailed ]
    [[ $(header WWW-Authenticate) == "Bearer authorization_uri="* ]]
    TOKEN=x.y.z
    [ "$(arm_status "$path")" = 401 ]
    [ "$(code)" = InvalidAuthenticationToken ]
    sign_in
    first=${TOKEN:0:60} rest=${TOKEN:61}
    [ "${TOKEN:60:1}" = A ] && middle=B || middle=A
    TOKEN=$first$middle$rest
    [ "$(arm_status "$path")" = 401 ]
    TOKEN=$(token_request grant_type=client_credentials "client_id=$AZURE_CLIENT_ID" "client_secret=$AZURE_CLIENT_SECRET" \
        scope=https://graph.microsoft.com/.default | jq -r .access_token)
    [ "$(arm_status "$path")" = 401 ]
    [ "$(code)" = InvalidAuthenticationTokenAudience ]
}

@test "tokens expire" {
    start_emulator --generate 1 --token-lifetime 0
    sign_in
    [ "$(arm_status '/subscriptions?api-version=2022-12-01')" = 401 ]
    [ "$(code)" = ExpiredAuthenticationToken ]
}

@test "api-version is required, and must be known" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    [ "$(arm_status /subscriptions)" = 400 ]
    [ "$(code)" = MissingApiVersionParameter ]
    [ "$(arm_status '/subscriptions?api-version=1999-01-01')" = 400 ]
    [ "$(code)" = InvalidApiVersionParameter ]
    [ "$(arm_status "$(contacts $ONE)?api-version=2022-01-01")" = 400 ]
    [ "$(code)" = NoRegisteredProviderFound ]
    [ "$(arm_status '/nothing/here?api-version=2022-12-01')" = 404 ]
}

@test "an estate may have fewer versions of contacts" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }" '"contactApiVersions": ["2020-01-01-preview"],'
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 400 ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *"'2020-01-01-preview'"* ]]
    [ "$(arm_status "$(contacts $ONE)?$V2020")" = 200 ]
}

@test "subscriptions come in pages, each once" {
    start_emulator --generate 25 --page-size 10
    sign_in
    url=$EMULATOR_URL'/subscriptions?api-version=2022-12-01' pages=0
    while [ "$url" != null ]; do
        body=$(http -H "Authorization: Bearer $TOKEN" "$url")
        jq -r '.value[].subscriptionId' <<<"$body" >>"$EMULATOR_DIR/ids"
        url=$(jq -r .nextLink <<<"$body")
        pages=$((pages + 1))
    done
    [ "$pages" -eq 3 ]
    [ "$(sort -u "$EMULATOR_DIR/ids" | wc -l)" -eq 25 ]
    [ "$(jq 'has("nextLink")' <<<"$body")" = false ]
    [ "$(jq -c .count <<<"$body")" = '{"type":"Total","value":5}' ]
}

@test "subscriptions show what the estate says" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"Eén\", \"state\": \"Disabled\", \"quotaId\": \"AAD_2015-09-01\" },
        { \"id\": \"$TWO\", \"displayName\": \"Two\", \"listed\": false }"
    run arm '/subscriptions?api-version=2021-01-01'
    [ "$(jq -c '.value | map([.displayName, .state, .subscriptionPolicies.quotaId])' <<<"$output")" = '[["Eén","Disabled","AAD_2015-09-01"]]' ]
    [ "$(arm "/subscriptions/$ONE?api-version=2016-06-01" | jq 'has("tenantId")')" = false ]
    [ "$(arm_status "/SUBSCRIPTIONS/$ONE/Locations?api-version=2022-12-01")" = 200 ]
    [ "$(arm_status "/subscriptions/$THREE?api-version=2022-12-01")" = 404 ]
    [ "$(code)" = SubscriptionNotFound ]
    [ "$(arm '/tenants?api-version=2022-12-01' | jq -r '.value[0].tenantId')" = "$TENANT" ]
}

@test "management groups have descendants at any depth, paged" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"managementGroup\": \"mg-low\" },
        { \"id\": \"$TWO\", \"displayName\": \"Two\", \"managementGroup\": \"mg-top\" },
        { \"id\": \"$THREE\", \"displayName\": \"Three\" }"
    groups=/providers/Microsoft.Management/managementGroups
    run arm "$groups/mg-top/descendants?api-version=2020-05-01"
    [ "$(jq -c '.value | map(.name)' <<<"$output")" = "[\"mg-low\",\"$ONE\",\"$TWO\"]" ]
    [ "$(jq -c '.value[1] | [.id, .properties.parent.id]' <<<"$output")" = "[\"/subscriptions/$ONE\",\"$groups/mg-low\"]" ]
    [ "$(jq .nextLink <<<"$output")" = null ]
    [ "$(arm "$groups/$TENANT/descendants?api-version=2023-04-01" | jq '.value | length')" -eq 5 ]
    next=$(arm "$groups/mg-top/descendants?api-version=2023-04-01&\$top=2" | jq -r .nextLink)
    [ "$(http -H "Authorization: Bearer $TOKEN" "$next" | jq -c '.value | map(.name)')" = "[\"$TWO\"]" ]
    [ "$(arm_status "$groups/mg-none/descendants?api-version=2023-04-01")" = 404 ]
    [ "$(arm "$groups/mg-low?api-version=2023-04-01" | jq -r .properties.details.parent.name)" = mg-top ]
}

@test "management groups need a role, and are listed where there is one" {
    groups=/providers/Microsoft.Management/managementGroups
    estate "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"listed\": false, \"managementGroup\": \"mg-low\" }" |
        xargs sed -i 's/"id": "mg-top"/&, "access": "none"/; s/"displayName": "Contoso"/&, "rootGroupAccess": "none"/'
    start_emulator --estate "$BATS_TEST_TMPDIR/estate.json"
    sign_in
    [ "$(arm_status "$groups/$TENANT/descendants?api-version=2023-04-01")" = 403 ]
    [ "$(code)" = AuthorizationFailed ]
    grep -q "'Microsoft.Management/managementGroups/descendants/read' over scope '$groups/$TENANT'" "$EMULATOR_DIR/body"
    [ "$(arm_status "$groups/mg-top?api-version=2023-04-01")" = 403 ]
    # What is not listed is below its group all the same.
    [ "$(arm "$groups/mg-low/descendants?api-version=2023-04-01" | jq -r '.value[].name')" = "$ONE" ]
    [ "$(arm "$groups?api-version=2023-04-01" | jq -c '.value | map([.name, .properties.tenantId])')" = "[[\"mg-low\",\"$TENANT\"]]" ]
    stop_emulator
    start_with ''
    [ "$(arm "$groups?api-version=2023-04-01" | jq -c '.value | map(.name)')" = "[\"$TENANT\",\"mg-top\",\"mg-low\"]" ]
}

@test "a delegated subscription is seen by its managing tenant" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ $CONTACT ],
          \"tenantId\": \"7c0ffee0-0000-4000-8000-000000000002\", \"managedByTenants\": [ \"$TENANT\" ] },
        { \"id\": \"$TWO\", \"displayName\": \"Two\", \"tenantId\": \"7c0ffee0-0000-4000-8000-000000000002\" }"
    [ "$(arm '/subscriptions?api-version=2022-12-01' | jq -c '.value | map([.displayName, .tenantId, .managedByTenants])')" \
        = "[[\"One\",\"7c0ffee0-0000-4000-8000-000000000002\",[{\"tenantId\":\"$TENANT\"}]]]" ]
    [ "$(arm_status "$(contacts "$ONE")?$V2023")" = 200 ]
    [ "$(arm_status "$(contacts "$TWO")?$V2023")" = 401 ]
    # Its management groups are of its own tenant.
    [ "$(arm "/providers/Microsoft.Management/managementGroups/$TENANT/descendants?api-version=2023-04-01" |
        jq '[.value[] | select(.id | startswith("/subscriptions/"))] | length')" -eq 0 ]
}

@test "each version shows its own projection" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ $CONTACT ] }, { \"id\": \"$TWO\", \"displayName\": \"Two\" }"
    run arm "$(contacts $ONE)?$V2023"
    [ "$(jq -c '.value[0].properties | [.isEnabled, .emails, .notificationsByRole, .notificationsSources]' <<<"$output")" = \
        '[true,"a@contoso.nl;b@contoso.nl",{"state":"On","roles":["Owner"]},[{"sourceType":"AttackPath","minimalRiskLevel":"High"},{"sourceType":"Alert","minimalSeverity":"Medium"}]]' ]
    [ "$(jq -r '.value[0].location' <<<"$output")" = "West Europe" ]
    [[ $(jq -r '.value[0].etag' <<<"$output") == '"'*'"' ]]
    run arm "$(contacts $ONE)?$V2020"
    [ "$(jq -c '.[0].properties | [.alertNotifications, has("isEnabled")]' <<<"$output")" = '[{"state":"On","minimalSeverity":"Medium"},false]' ]
    run arm "$(contacts $ONE)?$V2017"
    [ "$(jq -c '.value | map([.name, .properties.email, .properties.phone, .properties.alertsToAdmins])' <<<"$output")" = \
        '[["a-contoso.nl","a@contoso.nl","+31201234567","On"],["b-contoso.nl","b@contoso.nl",null,"On"]]' ]
    for version in $V2017 $V2020 $V2023; do
        [ "$(arm "$(contacts $TWO)?$version")" = '{"value":[]}' ]
    done
}

@test "2020 may list as an object" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ $CONTACT ] }" '"listShape2020": "value",'
    [ "$(arm "$(contacts $ONE)?$V2020" | jq '.value | length')" -eq 1 ]
}

@test "an absent contact and an unregistered provider are both 404" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }, { \"id\": \"$TWO\", \"displayName\": \"Two\", \"registered\": false }"
    [ "$(arm_status "$(contacts $ONE)/default?$V2023")" = 404 ]
    [ "$(code)" = 404 ]
    [ "$(jq -r .error.message "$EMULATOR_DIR/body")" = "Could not find security contact with name default for subscriptionId: $ONE" ]
    [ "$(arm_status "$(contacts $TWO)?$V2023")" = 404 ]
    [ "$(code)" = "Subscription Not Registered" ]
}

@test "registration takes a while" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"registered\": false }"
    provider="/subscriptions/$ONE/providers/Microsoft.Security"
    state() { jq -r .registrationState; }
    [ "$(arm "$provider?api-version=2022-09-01" | state)" = NotRegistered ]
    [ "$(arm "$provider/register?api-version=2022-09-01" -X POST | state)" = Registering ]
    [ "$(arm "$provider?api-version=2022-09-01" | state)" = Registering ]
    [ "$(arm "$provider?api-version=2022-09-01" | state)" = Registered ]
    [ "$(arm "$(contacts $ONE)?$V2023")" = '{"value":[]}' ]
}

@test "PUT creates with 201, updates with 200, fills in and merges" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    put() { arm_status "$(contacts $ONE)/default?$V2020" -X PUT -H 'Content-Type: application/json' -d "{\"properties\":$1}"; }
    [ "$(put '{"emails":"a@b.nl","phone":"123","alertNotifications":{"state":"on"},"notificationsByRole":{"state":"on"}}')" = 201 ]
    [ "$(jq -c .properties "$EMULATOR_DIR/body")" = '{"notificationsByRole":{"state":"On","roles":["Owner"]},"emails":"a@b.nl","phone":"123","alertNotifications":{"state":"On","minimalSeverity":"High"}}' ]
    [ "$(put '{"emails":"","phone":"","alertNotifications":{"state":"Off"},"notificationsByRole":{"state":"Off"}}')" = 200 ]
    [ "$(jq -c .properties "$EMULATOR_DIR/body")" = '{"notificationsByRole":{"state":"Off","roles":[]},"emails":"","phone":"123","alertNotifications":{"state":"Off","minimalSeverity":""}}' ]
    [ "$(arm "$(contacts $ONE)/default?$V2023" | jq -c .properties.notificationsSources)" = '[]' ]
}

@test "PUT refuses what the service refuses" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    put() { arm_status "$(contacts $ONE)/$1?$2" -X PUT -H 'Content-Type: application/json' -d "$3"; }
    [ "$(put other $V2023 '{"properties":{}}')" = 400 ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *"only valid name"* ]]
    [ "$(put default $V2023 '{"properties":{"alertNotifications":{}}}')" = 400 ]
    [ "$(code)" = InvalidInputJson ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *properties.alertNotifications* ]]
    [ "$(put default $V2023 '{"properties":{"isEnabled":"yes"}}')" = 400 ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *properties.isEnabled* ]]
    [ "$(put default $V2023 '{"properties":')" = 400 ]
    [ "$(code)" = InvalidRequestContent ]
    [ "$(put default $V2017 '{"properties":{"email":"a@b.nl;c@d.nl"}}')" = 400 ]
    head -c 5000000 /dev/zero | tr '\0' ' ' >"$EMULATOR_DIR/large"
    [ "$(arm_status "$(contacts $ONE)/default?$V2023" -X PUT -H 'Content-Type: application/json' --data-binary "@$EMULATOR_DIR/large")" = 413 ]
    [ "$(arm "$(contacts $ONE)?$V2023")" = '{"value":[]}' ]
}

@test "DELETE answers 200 with an object, then 204; 2017 always 204" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ $CONTACT ] },
        { \"id\": \"$TWO\", \"displayName\": \"Two\", \"contacts\": [ { \"name\": \"default1\", \"emails\": \"x@y.nl\" } ] }"
    [ "$(arm_status "$(contacts $ONE)/default?$V2023" -X DELETE)" = 200 ]
    [ "$(cat "$EMULATOR_DIR/body")" = '{}' ]
    [ "$(arm_status "$(contacts $ONE)/default?$V2023" -X DELETE)" = 204 ]
    [ "$(arm_status "$(contacts $TWO)/default1?$V2017" -X DELETE)" = 204 ]
    [ "$(arm_status "$(contacts $TWO)/default1?$V2017")" = 404 ]
}

@test "2017 has contacts of any name, and PATCH" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }" '"putStatus2017": 201,'
    body='{"properties":{"email":"a@b.nl","phone":"1234","alertNotifications":"on","alertsToAdmins":"off"}}'
    [ "$(arm_status "$(contacts $ONE)/default1?$V2017" -X PUT -H 'Content-Type: application/json' -d "$body")" = 201 ]
    [ "$(arm_status "$(contacts $ONE)/default1?$V2017" -X PATCH -H 'Content-Type: application/json' -d '{"properties":{"alertsToAdmins":"On"}}')" = 200 ]
    [ "$(jq -c .properties "$EMULATOR_DIR/body")" = '{"email":"a@b.nl","phone":"1234","alertNotifications":"On","alertsToAdmins":"On"}' ]
    [ "$(arm_status "$(contacts $ONE)/second?$V2017" -X PUT -H 'Content-Type: application/json' -d "$body")" = 400 ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *"Only first contact"* ]]
}

@test "states, roles, locks and policies refuse writes, each in its way" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"state\": \"Disabled\" },
        { \"id\": \"$TWO\", \"displayName\": \"Two\", \"access\": \"read\" },
        { \"id\": \"$THREE\", \"displayName\": \"Three\", \"lock\": \"ReadOnly\" },
        { \"id\": \"00000000-0000-4000-8000-000000000004\", \"displayName\": \"Four\", \"policyDenied\": true },
        { \"id\": \"00000000-0000-4000-8000-000000000005\", \"displayName\": \"Five\", \"access\": \"none\" },
        { \"id\": \"00000000-0000-4000-8000-000000000006\", \"displayName\": \"Six\", \"tenantId\": \"7c0ffee0-0000-4000-8000-000000000002\" }"
    put() { arm_status "$(contacts "$1")/default?$V2023" -X PUT -H 'Content-Type: application/json' -d '{"properties":{}}'; }
    [ "$(put $ONE)" = 409 ]
    [ "$(code)" = ReadOnlyDisabledSubscription ]
    [ "$(put $TWO)" = 403 ]
    [ "$(code)" = AuthorizationFailed ]
    [[ $(jq -r .error.message "$EMULATOR_DIR/body") == *"'c11e4715-0000-4000-8000-000000000001' with object id '0b1ec750-0000-4000-8000-000000000001'"*"'Microsoft.Security/securityContacts/write' over scope '/subscriptions/$TWO/"* ]]
    [ "$(header x-ms-failure-cause)" = gateway ]
    [ "$(put $THREE)" = 409 ]
    [ "$(code)" = ScopeLocked ]
    [ "$(put 00000000-0000-4000-8000-000000000004)" = 403 ]
    [ "$(code)" = RequestDisallowedByPolicy ]
    [ "$(jq -r '.error.additionalInfo[0].type' "$EMULATOR_DIR/body")" = PolicyViolation ]
    [ "$(arm_status "$(contacts 00000000-0000-4000-8000-000000000005)?$V2023")" = 403 ]
    [ "$(arm_status "$(contacts 00000000-0000-4000-8000-000000000006)?$V2023")" = 401 ]
    [ "$(code)" = InvalidAuthenticationTokenTenant ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 200 ]
}

@test "raw contacts are sent as they are" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\", \"contacts\": [ { \"raw\": { \"type\": \"Microsoft.Security/securityContact\" } }, { \"name\": \"b\", \"rawBase64\": \"/w==\" } ] }"
    [ "$(arm "$(contacts $ONE)?$V2023" | od -An -c | tr -d ' \n')" = '{"value":[{"type":"Microsoft.Security/securityContact"},377]}' ]
}

@test "sample alerts, plans, roles and permissions" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    security="/subscriptions/$ONE/providers/Microsoft.Security"
    place=$(arm "$security/locations?api-version=2015-06-01-preview" | jq -r '.value[0].name')
    simulate() { arm_status "$security/locations/$place/alerts/default/simulate?api-version=2022-01-01" -X POST -H 'Content-Type: application/json' -d "$1"; }
    [ "$(simulate '{"properties":{"kind":"Bundles","bundles":["KeyVaults"]}}')" = 202 ]
    [ ! -s "$EMULATOR_DIR/body" ]
    [ "$(arm_status "$security/locations/$place/alerts/default/simulate?api-version=2021-11-01" -X POST -H 'Content-Type: application/json' -d '{"properties":{"kind":"Bundles","bundles":["KeyVaults"]}}')" = 204 ]
    [ "$(simulate '{"properties":{"kind":"Bundles","bundles":["Nothing"]}}')" = 400 ]
    [ "$(simulate '{}')" = 400 ]
    [ "$(arm "$security/pricings/VirtualMachines?api-version=2024-01-01" | jq -r .properties.pricingTier)" = Standard ]
    authorization="/subscriptions/$ONE/providers/Microsoft.Authorization"
    [ "$(arm "$authorization/permissions?api-version=2022-04-01" | jq -r '.value[0].actions[0]')" = 'Microsoft.Security/*' ]
    [ "$(arm "$authorization/roleAssignments?api-version=2022-04-01" | jq '.value | length')" -eq 2 ]
}

@test "answers have ARM's headers" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    [ "$(arm_status "$(contacts $ONE)?$V2023" -H 'x-ms-client-request-id: abc' -H 'x-ms-return-client-request-id: true')" = 200 ]
    [ "$(header x-ms-client-request-id)" = abc ]
    [ "$(header api-supported-versions)" = 2023-12-01-preview ]
    [ "$(header Server)" = Kestrel ]
    [ "$(header Content-Type)" = 'application/json; charset=utf-8' ]
    [ "$(header x-ms-ratelimit-remaining-subscription-resource-requests)" = 749 ]
    [ -n "$(header x-ms-request-id)" ]
    [ -n "$(header x-ms-correlation-request-id)" ]
    [[ $(header x-ms-routing-request-id) == WESTEUROPE:????????T??????Z:* ]]
    arm_status "$(contacts $ONE)/default?$V2023" -X DELETE
    [ "$(header x-ms-ratelimit-remaining-subscription-resource-requests)" = 249 ]
}

@test "reads above the rate are throttled" {
    start_emulator --generate 1 --rate-limit 2
    sign_in
    for _ in 1 2 3 4 5 6; do
        arm_status '/subscriptions?api-version=2022-12-01' >>"$EMULATOR_DIR/statuses"
        echo >>"$EMULATOR_DIR/statuses"
    done
    grep -q 200 "$EMULATOR_DIR/statuses"
    grep -q 429 "$EMULATOR_DIR/statuses"
    until [ "$(arm_status '/subscriptions?api-version=2022-12-01')" = 429 ]; do :; done
    [ "$(code)" = SubscriptionRequestsThrottled ]
    [ "$(header Retry-After)" -ge 1 ]
}

@test "the provider has a budget per subscription" {
    start_emulator --generate 2 --contact-budget 3
    sign_in
    ids=$(arm '/subscriptions?api-version=2022-12-01' | jq -r '.value[].subscriptionId')
    first=$(head -n 1 <<<"$ids")
    for _ in 1 2 3; do [ "$(arm_status "$(contacts "$first")?$V2023")" != 429 ]; done
    [ "$(arm_status "$(contacts "$first")?$V2023")" = 429 ]
    [ "$(code)" = ResourceRequestsThrottled ]
    [ -n "$(header Retry-After)" ]
    [ "$(arm_status "$(contacts "$(tail -n 1 <<<"$ids")")?$V2023")" != 429 ]
}

@test "faults: status, texts, counts and headers" {
    start_with_fault '[ { "when": { "path": "*securitycontacts", "first": 2 }, "then": { "status": 429, "retryAfter": 7, "xMsRetryAfterMs": 70 } },
        { "when": { "path": "*securitycontacts", "after": 1 }, "then": { "status": 200, "bodyText": "<html>", "contentType": "text/html" } } ]'
    sign_in
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 429 ]
    [ "$(header Retry-After)" = 7 ]
    [ "$(header x-ms-retry-after-ms)" = 70 ]
    [ "$(code)" = SubscriptionRequestsThrottled ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 429 ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 200 ]
    [ "$(header Content-Type)" = 'application/json; charset=utf-8' ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 200 ]
    [ "$(cat "$EMULATOR_DIR/body")" = '<html>' ]
}

@test "faults: cut connections" {
    start_with_fault '[ { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "cut": "before-answer" } },
        { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "cut": "in-body" } },
        { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "truncate": "length" } },
        { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "truncate": "close" } },
        { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "cut": "before-answer", "reset": true } } ]'
    sign_in
    run arm "$(contacts $ONE)?$V2023"
    [ "$status" -ne 0 ]
    [[ $output != *value* ]]
    run arm "$(contacts $ONE)?$V2023"
    [ "$status" -ne 0 ]
    [[ $output == *value* ]]
    run arm "$(contacts $ONE)?$V2023"
    [ "$status" -eq 0 ]
    fails jq . <<<"$output"
    arm_status "$(contacts $ONE)?$V2023" || true
    [ -z "$(header Content-Length)" ]
    fails jq . "$EMULATOR_DIR/body"
    run arm "$(contacts $ONE)?$V2023"
    [ "$status" -ne 0 ]
    run arm "$(contacts $ONE)?$V2023"
    [ "$status" -eq 0 ]
    jq -e '.value | length == 1' <<<"$output"
}

@test "faults: foreign and looping links, redirects, large bodies" {
    start_with_fault '[ { "when": { "path": "/subscriptions", "first": 1 }, "then": { "nextLink": "https://evil.example/next" } },
        { "when": { "path": "/subscriptions", "first": 1 }, "then": { "loopNextLink": true } },
        { "when": { "path": "/subscriptions", "first": 1 }, "then": { "redirect": "https://evil.example/" } },
        { "when": { "path": "/subscriptions", "first": 1 }, "then": { "padding": 20971520 } } ]'
    sign_in
    path='/subscriptions?api-version=2022-12-01'
    [ "$(arm "$path" | jq -r .nextLink)" = https://evil.example/next ]
    [ "$(arm "$path" | jq -r .nextLink)" = "$EMULATOR_URL$path" ]
    [ "$(arm_status "$path")" = 307 ]
    [ "$(header Location)" = https://evil.example/ ]
    [ "$(arm "$path" | wc -c)" -gt 20971520 ]
}

@test "faults: answers that are about something else" {
    start_with_fault '[ { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "echo": "none" } },
        { "when": { "path": "*securitycontacts", "first": 1 }, "then": { "echo": "another", "replace": { "default": "other", "id": "ID" } } } ]'
    sign_in
    id=(-H 'x-ms-client-request-id: abc' -H 'x-ms-return-client-request-id: true')
    [ "$(arm_status "$(contacts $ONE)?$V2023" "${id[@]}")" = 200 ]
    ! grep -qi '^x-ms-client-request-id' "$EMULATOR_DIR/headers"
    [ "$(arm_status "$(contacts $ONE)?$V2023" "${id[@]}")" = 200 ]
    [[ $(header x-ms-client-request-id) =~ ^[0-9a-f-]{36}$ ]]
    jq -e '.value[0] | .name == "other" and (.ID | endswith("/other"))' "$EMULATOR_DIR/body"
    [ "$(arm_status "$(contacts $ONE)?$V2023" "${id[@]}")" = 200 ]
    [ "$(header x-ms-client-request-id)" = abc ]
    jq -e '.value[0].name == "default"' "$EMULATOR_DIR/body"
}

@test "faults: tokens are revoked" {
    start_with_fault '[ { "when": { "path": "*securitycontacts", "after": 1, "first": 1 }, "then": { "revokeTokens": true } } ]'
    sign_in
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 200 ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 401 ]
    [ "$(code)" = InvalidAuthenticationToken ]
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 401 ]
    sign_in
    [ "$(arm_status "$(contacts $ONE)?$V2023")" = 200 ]
}

@test "faults: writes that are lost, late or different" {
    start_with_fault '[ { "when": { "method": "PUT", "first": 1 }, "then": { "write": "lost" } },
        { "when": { "method": "PUT", "first": 1 }, "then": { "write": "later", "visibleAfterReads": 2 } },
        { "when": { "method": "PUT", "first": 1 }, "then": { "write": "changed", "properties": { "phone": "0" } } } ]'
    sign_in
    put() { arm_status "$(contacts $ONE)/default?$V2023" -X PUT -H 'Content-Type: application/json' -d "{\"properties\":{\"phone\":\"$1\"}}"; }
    phone() { arm "$(contacts $ONE)/default?$V2023" | jq -r .properties.phone; }
    [ "$(put 1)" = 200 ]
    [ "$(jq -r .properties.phone "$EMULATOR_DIR/body")" = 1 ]
    [ "$(phone)" = +31201234567 ]
    [ "$(put 2)" = 200 ]
    [ "$(phone)" = +31201234567 ]
    [ "$(phone)" = +31201234567 ]
    [ "$(phone)" = 2 ]
    [ "$(put 3)" = 200 ]
    [ "$(phone)" = 0 ]
}

@test "faults: Entra fails too" {
    start_with_fault '[ { "when": { "path": "*/oauth2/*", "first": 1 }, "then": { "status": 503, "body": { "error": "temporarily_unavailable" } } } ]'
    run token_request grant_type=client_credentials
    [ "$(jq -r .error <<<"$output")" = temporarily_unavailable ]
    sign_in
}

@test "a fault file with a mistake names the place" {
    run start_with_fault '[ { "then": { "cut": "sideways" } } ]'
    [ "$status" -ne 0 ]
    [[ $output == *'faults.json: $[0].then.cut: must be one of'* ]]
}

@test "the log has whole lines, bodies, and no secret" {
    start_with "{ \"id\": \"$ONE\", \"displayName\": \"One\" }"
    arm_status "$(contacts $ONE)/default?$V2023" -X PUT -H 'Content-Type: application/json' -d '{"properties":{"phone":"1"}}'
    arm_status "$(contacts $ONE)?$V2023"
    kill -KILL "$EMULATOR_PID"
    [ "$(jq -s length "$EMULATOR_LOG")" -eq 3 ]
    fails grep -qF "$AZURE_CLIENT_SECRET" "$EMULATOR_LOG"
    fails grep -qF "${TOKEN:20:60}" "$EMULATOR_LOG"
    [ "$(jq -r 'select(.method == "POST") | .form.grant_type' "$EMULATOR_LOG")" = client_credentials ]
    [ "$(jq -r 'select(.method == "PUT") | .body' "$EMULATOR_LOG")" = '{"properties":{"phone":"1"}}' ]
    [ "$(jq -rc 'select(.method == "PUT") | [.status, .path, .query]' "$EMULATOR_LOG")" = "[201,\"$(contacts $ONE)/default\",\"$V2023\"]" ]
    [ "$(jq -r 'select(.method == "PUT") | .headers.authorization' "$EMULATOR_LOG" | wc -c)" -eq 24 ]
    [ "$(jq -r .connection "$EMULATOR_LOG" | sort -u | wc -l)" -eq 3 ]
}

@test "managed identity needs its header, over plain http" {
    start_emulator --generate 1
    url="$EMULATOR_IDENTITY_URL/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"
    run curl -sS --noproxy '*' "$url"
    [ "$(jq -r .error <<<"$output")" = invalid_request ]
    run curl -sS --noproxy '*' -H 'Metadata: true' "$url"
    [ "$(jq -r .expires_in <<<"$output")" = 3599 ]
    [ "$(jq -r '.expires_on | type' <<<"$output")" = string ]
    TOKEN=$(jq -r .access_token <<<"$output")
    [ "$(arm_status '/subscriptions?api-version=2022-12-01')" = 200 ]
    run curl -sS --noproxy '*' -o /dev/null -w '%{http_code}' "$EMULATOR_IDENTITY_URL/subscriptions?api-version=2022-12-01"
    [ "$output" = 404 ]
}

@test "the same seed makes the same estate, and a written one reads back" {
    start_emulator --generate 200 --seed 7 --write-estate "$BATS_TEST_TMPDIR/one"
    stop_emulator
    start_emulator --generate 200 --seed 7 --write-estate "$BATS_TEST_TMPDIR/two"
    stop_emulator
    cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/two"
    start_emulator --estate "$BATS_TEST_TMPDIR/one" --write-estate "$BATS_TEST_TMPDIR/three"
    cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/three"
    stop_emulator
    start_emulator --generate 200 --seed 8 --write-estate "$BATS_TEST_TMPDIR/four"
    fails cmp -s "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/four"
}
