#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Azure CLI, unmodified, on the emulator as a cloud of its own; and piket,
# signed in by that very az. The authority is of the ADFS kind, because az asks
# the public cloud about any other.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2119,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

empty=$(subscription 1) full=$(subscription 2) read_only=$(subscription 3)
unregistered=$(subscription 4) throttled=$(subscription 6)
readonly empty full read_only unregistered throttled

# contacts SUBSCRIPTION VERSION [/NAME]: the path for az rest.
contacts() {
  echo "/subscriptions/$1/providers/Microsoft.Security/securityContacts${3:-}?api-version=$2"
}

registers() {
  az cloud register -n Emulator \
    --endpoint-resource-manager "$EMULATOR_URL" \
    --endpoint-management "$EMULATOR_URL/" \
    --endpoint-active-directory "$EMULATOR_URL/adfs" \
    --endpoint-active-directory-resource-id https://management.azure.com/ \
    --endpoint-active-directory-graph-resource-id "$EMULATOR_URL/"
  az cloud set -n Emulator
}

wrong_secret() {
  ends 1 az_login wrong
  contains "$output" 'AADSTS7000215: Invalid client secret provided'
}

signs_in() {
  az_login
  is "$(az account show --query '[user.name, tenantId]' -o tsv | paste -sd' ')" \
    "$AZURE_CLIENT_ID $AZURE_TENANT_ID"
}

pages() {
  is "$(az account list --all --query '[].name' -o tsv | paste -sd' ')" \
    'Burgerzaken Financiën Archief Loket Netwerk Werkplek'
  is "$(sent '[.[] | select(.path == "/subscriptions")] | [length,
    (map(select(.query | test("skiptoken"))) | length)]')" '[3,2]'
}

hides_disabled() {
  is "$(az account list --query '[].name' -o tsv 2>/dev/null | paste -sd' ')" \
    'Burgerzaken Financiën Archief Loket Werkplek'
}

lists_none() {
  is "$(az security contact list --subscription "$empty" -o json)" '[]'
}

lists_two() {
  is "$(az security contact list --subscription "$full" -o json \
    | jq -c '[.[] | [.name, .email, .phone, .alertNotifications,
        .alertsToAdmins]]')" \
    '[["soc-contoso.nl","soc@contoso.nl","+31 20 123 4567","On","On"],["csirt-contoso.nl","csirt@contoso.nl",null,"On","On"]]'
}

creates() {
  is "$(az security contact create --subscription "$empty" -n default \
    --email soc@contoso.nl --phone '+31 20 123 4567' \
    --alert-notifications on --alerts-admins on -o json \
    | jq -c '[.name, .email, .phone, .alertNotifications, .alertsToAdmins]')" \
    '["default","soc@contoso.nl","+31 20 123 4567","On","On"]'
  is "$(sent '[.[] | select(.method == "PUT") | .status,
    (.body | fromjson | .properties.alertNotifications)]')" '[200,"on"]'
}

shows() {
  is "$(az security contact show --subscription "$empty" -n default \
    --query email -o tsv)" soc@contoso.nl
}

absent() {
  ends 3 az security contact show --subscription "$empty" -n nobody
  contains "$output" '(404) Could not find security contact with name nobody'
}

# expected_verdicts VERDICT: what piket finds, with this for the subscription
# that az changes.
expected_verdicts() {
  cat <<END
Archief: non-compliant, no-contact
Burgerzaken: $1
Financiën: compliant, 
Loket: non-compliant, unregistered
Netwerk: not-applicable, 
Werkplek: non-compliant, email-missing phone-missing
END
}

piket_after_create() {
  ends 1 az_piket check --format json --output "$scratch/report"
  is "$(jq -r '.run.tenants[].credential' "$scratch/report")" \
    AzureCliCredential
  is "$(verdicts "$scratch/report")" "$(expected_verdicts 'compliant, ')"
}

deletes() {
  ends 0 az security contact delete --subscription "$empty" -n default
  ends 3 az security contact show --subscription "$empty" -n default
}

piket_after_delete() {
  ends 1 az_piket check --credential AzureCli --format json \
    --output "$scratch/report"
  is "$(verdicts "$scratch/report")" \
    "$(expected_verdicts 'non-compliant, no-contact')"
}

# rest_round VERSION PROPERTIES: PUT, GET and DELETE by az rest; the properties
# come back as they were.
rest_round() {
  local version=$1 properties=$2
  az rest --method put --url "$(contacts "$empty" "$version" /default)" \
    --body "{\"properties\": $properties}" -o none
  is "$(az rest --url "$(contacts "$empty" "$version" /default)" \
    | jq -cS .properties)" "$(jq -cS . <<<"$properties")"
  az rest --method delete --url "$(contacts "$empty" "$version" /default)" \
    -o none
  ends 1 az rest --url "$(contacts "$empty" "$version" /default)"
  contains "$output" 'Could not find security contact with name default'
  is "$(sent "[.[] | select((.path | endswith(\"/default\"))
    and .query == \"api-version=$version\") | .status]")" '[201,200,200,404]'
}

rest_2020() {
  rest_round 2020-01-01-preview '{"emails": "soc@contoso.nl;csirt@contoso.nl",
    "phone": "112", "alertNotifications": {"state": "On",
    "minimalSeverity": "Low"}, "notificationsByRole": {"state": "On",
    "roles": ["Owner", "Contributor"]}}'
}

rest_2023() {
  rest_round 2023-12-01-preview '{"emails": "soc@contoso.nl", "phone": "112",
    "isEnabled": true, "notificationsByRole": {"state": "On",
    "roles": ["Owner"]}, "notificationsSources": [{"sourceType": "Alert",
    "minimalSeverity": "Low"}]}'
}

rest_shapes() {
  is "$(az rest --url "$(contacts "$full" 2020-01-01-preview)" | jq -c type)" \
    '"array"'
  is "$(az rest --url "$(contacts "$empty" 2020-01-01-preview)" | jq -c .)" \
    '{"value":[]}'
  is "$(az rest --url "$(contacts "$full" 2023-12-01-preview)" \
    | jq -c '[.value[].name]')" '["default"]'
}

throttling() {
  is "$(az security contact list --subscription "$throttled" \
    --query '[].name' -o tsv)" default
  is "$(sent "[.[] | select((.path | test(\"$throttled\"))
    and (.query | test(\"2017\"))) | .status]")" '[429,429,200]'
}

forbidden() {
  ends 1 az security contact create --subscription "$read_only" -n default \
    --email soc@contoso.nl --alert-notifications on --alerts-admins on
  contains "$output" '(AuthorizationFailed)'
  contains "$output" "'Microsoft.Security/securityContacts/write'"
}

registration() {
  ends 3 az security contact list --subscription "$unregistered"
  contains "$output" '(Subscription Not Registered)'
  ends 0 az provider register -n Microsoft.Security --wait \
    --subscription "$unregistered"
  is "$(az provider show -n Microsoft.Security --subscription "$unregistered" \
    --query registrationState -o tsv)" Registered
  is "$(az security contact list --subscription "$unregistered" -o json)" '[]'
}

plans() {
  contains "$(az security pricing list --subscription "$full" \
    --query 'value[].name' -o tsv)" VirtualMachines
  is "$(az security location list --subscription "$full" --query '[].name' \
    -o tsv)" westeurope
}

# Without --no-register az registers Microsoft.Management, and waits.
group() {
  is "$(az account management-group show -n mg-contoso --no-register \
    --query displayName -o tsv)" Contoso
}

given_token() {
  local token
  token=$(az account get-access-token --query accessToken -o tsv)
  ends 1 env -u AZURE_CLIENT_ID -u AZURE_CLIENT_SECRET -u AZURE_TENANT_ID \
    AZURE_ACCESS_TOKEN="$token" \
    timeout -k 5 60 "$PIKET_BUILD/piket" check --format json --output "$scratch/report"
  is "$(jq -r '.run.tenants[].credential' "$scratch/report")" \
    AccessTokenCredential
}

signed_out() {
  az account clear
  ends 3 az_piket check --credential AzureCli
  contains "$output" 'Azure CLI is not signed in'
  contains "$output" 'run az login'
}

# ready NAME: what the ready file says.
ready() { jq -r ".$1" "$EMULATOR_DIR/ready.json"; }

# assertions FILTER: of each token request's assertion, through jq.
assertions() { sent "[.[] | select(.form.client_assertion) | .form.client_assertion | $1]"; }

# az_login_with OPTIONS...: without the secret; az asks for a token at once.
az_login_with() {
  az account clear
  az login --service-principal -u "$AZURE_CLIENT_ID" \
    --tenant "$AZURE_TENANT_ID" -o none "$@"
  is "$(az account show --query user.name -o tsv)" "$AZURE_CLIENT_ID"
}

certificate() {
  az_login_with -p "$(ready certificateFile)"
  is "$(assertions '.header | [.alg, (.x5t | type), (.x5c | type)]')" \
    '[["RS256","string","null"]]'
}

certificate_chain() {
  az_login_with -p "$(ready certificateFile)" --use-cert-sn-issuer
  is "$(assertions '.header.x5c | length' | jq -c last)" 1
}

foreign_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=stranger -days 2 \
    -keyout "$scratch/key" -out "$scratch/certificate" 2>/dev/null
  cat "$scratch/key" "$scratch/certificate" >"$scratch/stranger.pem"
  ends 1 az_login_with -p "$scratch/stranger.pem"
  contains "$output" 'AADSTS700027: Client assertion contains an invalid'
}

federated_token() {
  az_login_with --federated-token "$(cat "$(ready federatedTokenFile)")"
  is "$(assertions '.claims.sub' | jq -c last)" \
    '"system:serviceaccount:beveiliging:piket"'
}

# Twice: az updates what it has created.
exported() {
  "$PIKET_BUILD/piket" export --format az --output "$scratch/script.sh" \
    --email "soc@contoso.nl,o'neil\`id\`@contoso.nl" \
    --phone '+31 20 123 4567' --minimal-risk-level high
  bash "$scratch/script.sh" "$empty" "$empty"
  is "$(sent '[.[] | select(.method == "PUT") | .status] | .[-2:]')" '[201,200]'
  ends 1 az_piket check --format json --output "$scratch/report"
  is "$(verdicts "$scratch/report")" "$(expected_verdicts 'compliant, ')"
  ends 0 az rest --method delete \
    --url "$(contacts "$empty" 2023-12-01-preview /default)"
}

start || exit 1
az_prepare
check 'az takes the emulator as a cloud' registers
check "az prints Entra's words for a wrong secret, and ends with 1" wrong_secret
check 'az signs in as a service principal' signs_in
check 'az lists the subscriptions of all pages' pages
check 'az hides a subscription that is not enabled' hides_disabled
check 'az lists no contact' lists_none
check 'az lists a contact for each address' lists_two
check 'az creates a contact' creates
check 'az shows it' shows
check 'az ends with 3 for a contact that is not there' absent
check 'piket signs in through az and sees what az created' piket_after_create
check 'az deletes the contact' deletes
check 'piket sees what az deleted' piket_after_delete
check 'az rest writes, reads and deletes in 2020-01-01-preview' rest_2020
check 'az rest writes, reads and deletes in 2023-12-01-preview' rest_2023
check 'az rest gets the lists in their shapes' rest_shapes
check 'az runs an exported script, and piket finds what it wrote compliant' \
  exported
check 'az waits out a Retry-After, twice' throttling
check 'az says what a reader may not do' forbidden
check 'az registers the provider and waits for it' registration
check "az lists Defender's plans and its location" plans
check 'az shows a management group' group
check "piket takes az's token by variable" given_token
check 'az signs in with a certificate' certificate
check 'az signs in with a certificate, and sends its chain' certificate_chain
check 'az is refused with a certificate that is not registered' \
  foreign_certificate
check "az signs in with a cluster's token" federated_token
check 'piket says it when az is signed out' signed_out
exit 0
