#!/usr/bin/env bash
# How fast piket check is, beside what it is compared with in the same run.
# Everything is whole processes, wall time, the median of RUNS (default 5), on
# an emulator that shares the machine. Ratios hold on other machines; seconds
# do not.
set -euo pipefail

cd "$(dirname "$0")/../.."
readonly build=${PIKET_BUILD:-$PWD/build} runs=${RUNS:-5}
scratch=$(mktemp -d)
# Runs are kept, as a user's are, and not among the user's.
export XDG_STATE_HOME=$scratch/state
emulator_pid=
clean_up() {
  stop_emulator
  rm -rf "$scratch"
}
trap clean_up EXIT

start_emulator() {
  rm -f "$scratch/ready"
  "$build/piket-emulator" --listen 127.0.0.1:0 --identity-listen 127.0.0.1:0 \
    --contact-budget 0 --ready-file "$scratch/ready" "$@" \
    >"$scratch/emulator" 2>&1 &
  emulator_pid=$!
  for _ in $(seq 600); do
    [ ! -s "$scratch/ready" ] || break
    sleep 0.1
  done
  export PIKET_ARM_ENDPOINT AZURE_AUTHORITY_HOST AZURE_TENANT_ID \
    AZURE_CLIENT_ID AZURE_CLIENT_SECRET SSL_CERT_FILE
  PIKET_ARM_ENDPOINT=$(jq -r .url "$scratch/ready")
  AZURE_AUTHORITY_HOST=$PIKET_ARM_ENDPOINT
  AZURE_TENANT_ID=$(jq -r .tenantId "$scratch/ready")
  AZURE_CLIENT_ID=$(jq -r .clientId "$scratch/ready")
  AZURE_CLIENT_SECRET=$(jq -r .clientSecret "$scratch/ready")
  SSL_CERT_FILE=$(jq -r .caFile "$scratch/ready")
}

stop_emulator() {
  [ -n "$emulator_pid" ] || return 0
  kill "$emulator_pid" 2>/dev/null || true
  wait "$emulator_pid" 2>/dev/null || true
  emulator_pid=
}

# measure NAME COMMAND...: appends "seconds kilobytes" to $scratch/NAME.
measure() {
  local name=$1
  shift
  /usr/bin/time -o "$scratch/time" -f '%e %M' "$@" >/dev/null 2>&1 || true
  tail -n 1 "$scratch/time" >>"$scratch/$name"
}

# median NAME COLUMN
median() {
  sort -n -k "$2,$2" "$scratch/$1" |
    awk -v column="$2" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

row() { printf '%-52s %10s %10s   %s\n' "$@"; }

check() { measure "$1" "$build/piket" check; }

# A config file for curl: every contact's URL, as piket asks for it.
write_curl_config() {
  local token
  token=$(curl -sS --cacert "$SSL_CERT_FILE" \
    -d grant_type=client_credentials -d "client_id=$AZURE_CLIENT_ID" \
    --data-urlencode "client_secret=$AZURE_CLIENT_SECRET" \
    -d scope=https://management.azure.com//.default \
    "$AZURE_AUTHORITY_HOST/$AZURE_TENANT_ID/oauth2/v2.0/token" |
    jq -r .access_token)
  "$build/piket" check --format json >"$scratch/report.json" || true
  printf 'header = "Authorization: Bearer %s"\n' "$token" >"$scratch/header"
  jq -r --arg arm "$PIKET_ARM_ENDPOINT" '.subscriptions[]
    | select(.status != "not-applicable")
    | "url = \"\($arm)/subscriptions/\(.id)/providers/Microsoft.Security/securityContacts?api-version=2023-12-01-preview\"\noutput = /dev/null"' \
    "$scratch/report.json" | cat "$scratch/header" - >"$scratch/curl"
}

thousand() {
  start_emulator --generate 1000 --seed 1 --latency 50
  write_curl_config
  rm -f "$scratch"/piket "$scratch"/peer
  for _ in $(seq "$runs"); do
    check piket
    measure peer curl -sS --http1.1 --parallel --parallel-max 32 \
      --cacert "$SSL_CERT_FILE" -K "$scratch/curl"
  done
  local requests ideal
  requests=$(jq .run.requests "$scratch/report.json")
  ideal=$(awk -v n="$requests" 'BEGIN { print n * 0.050 / 32 }')
  row '1,000 subscriptions, 50 ms, TLS, 32 connections' \
    "$(median piket 1) s" "$ideal s" \
    "x $(ratio "$(median piket 1)" "$ideal") of requests x latency / connections (at most 1.25)"
  row '  beside curl --parallel --parallel-max 32' \
    "$(median piket 1) s" "$(median peer 1) s" \
    "x $(ratio "$(median piket 1)" "$(median peer 1)")"
  row '  peak memory' "$(($(median piket 2) / 1024)) MiB" '32 MiB' \
    'the ceiling'
  stop_emulator
}

unhindered() {
  start_emulator --generate 5000 --seed 1
  write_curl_config
  rm -f "$scratch"/piket
  local url header requests rate peer
  url=$(sed -n '/^url/{s/^url = "\(.*\)"/\1/p;q}' "$scratch/curl")
  header=$(sed -n 's/^header = "\(.*\)"/\1/p' "$scratch/header")
  for _ in $(seq "$runs"); do check piket; done
  requests=$(jq .run.requests "$scratch/report.json")
  rate=$(awk -v n="$requests" -v s="$(median piket 1)" 'BEGIN { print int(n / s) }')
  peer=$(wrk -t1 -c32 -d5s -H "$header" "$url" |
    awk '/^Requests\/sec/ { print int($2) }')
  row '5,000 subscriptions, no latency, beside wrk -t1 -c32' \
    "$rate /s" "$peer /s" "x $(ratio "$rate" "$peer") (at least 0.50)"
  stop_emulator
}

fifty() {
  start_emulator --generate 50 --seed 1 --latency 50
  cat /etc/ssl/certs/ca-certificates.crt "$SSL_CERT_FILE" \
    >"$scratch/bundle.pem"
  SSL_CERT_FILE=$scratch/bundle.pem
  rm -f "$scratch"/piket
  for _ in $(seq "$runs"); do check piket; done
  row "50 subscriptions, 50 ms, Debian's own CA bundle" \
    "$(median piket 1) s" '0.30 s' 'the ceiling'
  stop_emulator
}

large() {
  start_emulator --generate 100000 --seed 1
  rm -f "$scratch"/piket
  check piket
  row '100,000 subscriptions, no latency: peak memory' \
    "$(($(median piket 2) / 1024)) MiB" '150 MiB' \
    "the ceiling; one run of $(median piket 1) s"
  stop_emulator
}

# A configuration that mutes 5,000 subscriptions, half of them by name, on
# 10,000: both kinds in turn, as the machine's mood changes.
mutes() {
  start_emulator --generate 10000 --seed 1
  rm -f "$scratch"/piket "$scratch"/peer
  "$build/piket" check --format json >"$scratch/report.json" || true
  jq '{version: 1, mutes: [.subscriptions[:5000] | to_entries[] | {
      subscription: (if .key % 2 == 0 then .value.id else .value.name end),
      requirement: "owner-notified", reason: "CHG-1234",
      until: "2999-12-31"}]}' "$scratch/report.json" >"$scratch/mutes.yaml"
  for _ in $(seq "$runs"); do
    measure piket "$build/piket" check --config "$scratch/mutes.yaml"
    check peer
  done
  row '10,000 subscriptions with 5,000 mutes, beside none' \
    "$(median piket 1) s" "$(median peer 1) s" \
    "x $(ratio "$(median piket 1)" "$(median peer 1)") (at most 1.10)"
  stop_emulator
}

# Many starts at once, as one is too short to measure.
start_up() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  local loop='for i in $(seq 100); do "$0" --version >/dev/null; done'
  rm -f "$scratch"/piket "$scratch"/peer
  for _ in $(seq "$runs"); do
    measure piket bash -c "$loop" "$build/piket"
    measure peer bash -c "$loop" curl
  done
  row '100 x piket --version, beside curl --version' \
    "$(median piket 1) s" "$(median peer 1) s" \
    "x $(ratio "$(median piket 1)" "$(median peer 1)") (at most 1.20)"
}

row what piket beside ''
for part in "${@:-thousand unhindered fifty large mutes start_up}"; do
  for name in $part; do "$name"; done
done
