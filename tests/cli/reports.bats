#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Reports: many in one pass, whole or not at all, masked, as of any moment; and
# each format as what reads it reads it.

bats_require_minimum_version 1.5.0
load helpers

TENANT=7c0ffee0-0000-4000-8000-00000000abcd
NOW=2026-11-22T09:14:07Z

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS PIKET_CONFIG NO_COLOR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy
    export HOME=$BATS_TEST_TMPDIR
    PATH=$PIKET_BUILD:$PATH
    mkdir "$BATS_TEST_TMPDIR/work"
    cd "$BATS_TEST_TMPDIR/work" || return 1
}

teardown() { stop_emulator; }

id() { printf '5ca1ab1e-0000-4000-8000-%012d' "$1"; }

# subscription NUMBER NAME [MEMBERS]: one with a compliant contact, merged
# with these members.
subscription() {
    jq -nc --arg id "$(id "$1")" --arg name "$2" --arg tenant "$TENANT" \
        --argjson more "${3:-{\}}" '{id: $id, displayName: $name,
            tenantId: $tenant, contacts: [{name: "default", isEnabled: true,
                emails: "soc@contoso.nl;Jan.Jansen@contoso.nl",
                phone: "+31 20 123 4567",
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]}
            + $more'
}

# estate SUBSCRIPTION...: a file with these, given as JSON.
estate() {
    local file=$BATS_TEST_TMPDIR/estate.json
    jq -n --arg tenant "$TENANT" --argjson subscriptions "[$(IFS=, ; echo "$*")]" \
        '{tenants: [{id: $tenant, displayName: "Contoso", clients: [{
                clientId: "c11e4715-0000-4000-8000-00000000abcd",
                secret: "secret",
                objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
          subscriptions: $subscriptions}' >"$file"
    echo "$file"
}

faults() {
    printf '%s' "$1" >"$BATS_TEST_TMPDIR/faults.json"
    echo "$BATS_TEST_TMPDIR/faults.json"
}

# hostile: an emulator with subscriptions whose names somebody chose with
# intent, one that is refused, and one that fails.
hostile() {
    start_emulator --estate "$(estate \
        "$(subscription 1 "=cmd|' /C calc'!A0")" \
        "$(subscription 2 $'two\nlines, "quoted" | <b>@everyone</b> `x`')" \
        "$(subscription 3 $'\xe2\x80\xaereversed \a back\\slash')" \
        "$(subscription 4 'refused, of jan@contoso.nl')" \
        "$(subscription 5 '+31 not a number' '{"contacts": []}')" \
        "$(subscription 6 Zorg '{"contacts": [{"name": "default",
            "isEnabled": true, "emails": "jan contoso.nl;=1+1@contoso.nl",
            "phone": "020-7654321"}]}')")" \
        --faults "$(faults '[{"when": {"path": "*000000000004*Contacts*"},
            "then": {"status": 403, "message": "The client '"'"'piet@contoso.nl'"'"' with object id '"'"'0b1ec750-0000-4000-8000-00000000cafe'"'"' does not have authorization over scope '"'"'/subscriptions/5CA1AB1E-0000-4000-8000-000000000004'"'"', call +31612345678"}}]')"
}

# formats: the names of all.
formats() { piket check --list-formats | awk '{ print $1 }'; }

# report_everything ARGS...: a file out.NAME in each format.
report_everything() {
    local format arguments=()
    for format in $(formats); do
        arguments+=(--report "$format=out.$format")
    done
    run --separate-stderr piket check "${arguments[@]}" "$@"
}

requests() { jq -r .path "$EMULATOR_LOG" | grep -c "$1" || true; }

@test "every format is written in one pass" {
    start_emulator --generate 30 --seed 1
    report_everything
    [ "$status" -eq 1 ]
    [ -z "$stderr" ]
    [[ $output == *'30 subscriptions: 10 compliant, 20 non-compliant'* ]]
    [ "$(requests securityContacts)" -eq 30 ]
    [ "$(formats | wc -l)" -ge 7 ]
    for format in $(formats); do
        [ -s "out.$format" ]
    done
    [ "$(ls | wc -l)" -eq "$(formats | wc -l)" ]
    # What stands in one stands in all.
    cmp out.text <(printf '%s\n' "$output")
    [ "$(jq .summary.nonCompliant out.json)" -eq 20 ]
    cmp <(jq -S '.subscriptions[]' out.json) \
        <(jq -S 'select(.type == "subscription") | del(.type, .runId)' out.jsonl)
    cmp <(jq -S '.run' out.json) <(jq -S 'select(.type == "run") | .run' out.jsonl)
    [ "$(grep -c ',non-compliant,' out.csv)" -eq 20 ]
    grep -q '^piket_subscriptions{status="non-compliant"} 20$' out.prometheus
    grep -q ' non_compliant=20;;;0;30 ' out.nagios
    grep -q '^30 subscriptions: 10 compliant, 20 non-compliant$' out.markdown
}

@test "a report goes to standard output, to a file, or to both" {
    start_emulator --generate 5 --seed 1
    run --separate-stderr piket check --now "$NOW" --format json
    [ "$status" -eq 1 ]
    cp <(printf '%s\n' "$output") expected.json
    run --separate-stderr piket check --now "$NOW" --output text.txt \
        --report json=- --report json=a=b.json --report json=/dev/null
    [ "$status" -eq 1 ]
    cmp expected.json <(printf '%s\n' "$output")
    cmp expected.json a=b.json
    grep -q '5 subscriptions' text.txt
    # A pipe takes one, too.
    mkfifo pipe
    cat pipe >piped &
    local reader=$!
    run --separate-stderr piket check --now "$NOW" --report json=pipe
    wait "$reader"
    [ "$status" -eq 1 ]
    cmp expected.json piped
}

@test "who reads standard output slowly keeps no file waiting" {
    start_emulator --generate 3000 --seed 1
    mkfifo pipe
    piket check --all --output pipe --report json=out.json 3>&- &
    local pid=$! tries=0
    exec 4<pipe
    until [ -s out.json ] || [ $((tries += 1)) -gt 600 ]; do
        kill -0 "$pid"
        sleep 0.1
    done
    [ "$(jq .summary.subscriptions out.json)" -eq 3000 ]
    kill -0 "$pid"
    grep -q '3000 subscriptions' <&4
    cat <&4 >/dev/null
    exec 4<&-
    local status=0
    wait "$pid" || status=$?
    [ "$status" -eq 1 ]
}

@test "what is wrong with --report is a usage error, and nothing is asked" {
    start_emulator --generate 5 --seed 1
    local word
    for word in json =out.json json= jsn=out.json JSON=out.json ''; do
        run --separate-stderr piket check --report "$word"
        [ "$status" -eq 64 ] || { echo "$word" && false; }
        [[ $stderr == *--report* ]]
    done
    run --separate-stderr piket check --report jsn=out
    [[ $stderr == *"did you mean 'json'? there are: "* ]]
    for format in $(formats); do
        [[ $stderr == *"$format"* ]]
    done
    run --separate-stderr piket check --format jsn
    [[ $stderr == *"did you mean 'json'?"* ]]
    local many=()
    for word in {1..33}; do many+=(--report "csv=$word.csv"); done
    run --separate-stderr piket check "${many[@]}"
    [ "$status" -eq 64 ]
    [[ $stderr == *'at most 32'* ]]
    run --separate-stderr piket check --print-config --report csv=out.csv
    [ "$status" -eq 64 ]
    [[ $stderr == *'--print-config: nothing is reported'* ]]
    run --separate-stderr piket check --list-formats --format csv
    [ "$status" -eq 64 ]
    run --separate-stderr piket check --now yesterday
    [ "$status" -eq 64 ]
    [ ! -s "$EMULATOR_LOG" ]
    [ -z "$(ls)" ]
}

@test "two reports for one place are refused, however it is named" {
    start_emulator --generate 5 --seed 1
    mkdir sub
    ln -s sub folder
    echo before >there
    ln -s there link
    local pair
    for pair in 'new new' 'new ./new' 'sub/new folder/new' 'there link' \
        "there $PWD/there" '- -' '- /dev/stdout'; do
        run --separate-stderr piket check --output text.txt \
            --report "json=${pair% *}" --report "csv=${pair#* }"
        # What standard output is here decides whether it has another name.
        [ "$pair" = '- /dev/stdout' ] && [ "$status" -ne 64 ] && continue
        [ "$status" -eq 64 ] || { echo "$pair" && false; }
        [[ $stderr == *'same file'* || $stderr == *'standard output'* ]]
    done
    run --separate-stderr piket check --report json=-
    [ "$status" -eq 64 ]
    [[ $stderr == *'two reports (text and json) cannot both go to standard output'* ]]
    run --separate-stderr piket check --output new --report json=new
    [ "$status" -eq 64 ]
    [[ $stderr == *'--output new and --report new name the same file'* ]]
    # The shell may have opened it.
    run --separate-stderr bash -c 'piket check --report json=there >>there'
    [ "$status" -eq 64 ]
    [ "$(cat there)" = before ]
    rm -f text.txt
    [ ! -s "$EMULATOR_LOG" ]
    [ "$(ls | tr '\n' ' ')" = 'folder link sub there ' ]
    # What is thrown away may be thrown away twice.
    run --separate-stderr piket check --report json=/dev/null --report csv=/dev/null
    [ "$status" -eq 1 ]
}

@test "what could not be written is found before anything is asked" {
    start_emulator --generate 5 --seed 1
    run --separate-stderr piket check --report csv=out.csv --report json=none/out
    [ "$status" -eq 3 ]
    [[ $stderr == *'--report: none/out: No such file or directory'* ]]
    [ ! -s "$EMULATOR_LOG" ]
    [ -z "$(ls)" ]
}

@test "a report that cannot be written keeps none of the others back" {
    start_emulator --generate 5 --seed 1
    run --separate-stderr piket check --report json=/dev/full \
        --report csv=out.csv --report jsonl=/dev/full
    [ "$status" -eq 3 ]
    [ "$(grep -c '^piket: write the report: /dev/full: No space left on device$' \
        <<<"$stderr")" -eq 2 ]
    [ "$(wc -l <out.csv)" -eq 6 ]
    [[ $output == *'5 subscriptions'* ]]
}

@test "a full disk leaves each file whole or as it was" {
    start_emulator --generate 60 --seed 1
    echo before >out.json
    # No file may grow past eight blocks of 1,024 bytes here.
    run --separate-stderr bash -c 'ulimit -f 8
        piket check --report json=out.json --report nagios=out.nagios \
            --report csv=out.csv --output out.txt'
    [ "$status" -eq 3 ]
    [[ $stderr == *'write the report: out.json: File too large'* ]]
    [[ $stderr == *'write the report: out.csv: File too large'* ]]
    [ "$(cat out.json)" = before ]
    [ "$(ls | tr '\n' ' ')" = 'out.json out.nagios out.txt ' ]
    grep -q 'and .* more$' out.nagios
    grep -q '^60 subscriptions' out.txt
    # What comes behind it knows how this ends.
    run --separate-stderr bash -c 'ulimit -f 8; set -o pipefail
        piket check --report json=out.json | cat'
    [ "$status" -eq 3 ]
    [[ $output == *'NON-COMPLIANT (exit status 3)'* ]]
}

@test "with --now two runs are the same to the byte, and mutes go by it" {
    start_emulator --generate 30 --seed 1
    cat >piket.yaml <<'END'
version: 1
mutes:
  - {subscription: '*', requirement: '*', reason: moving, until: 2027-03-01}
END
    report_everything --now "$NOW"
    mkdir first
    mv out.* first
    report_everything --now "$NOW"
    for format in $(formats); do
        cmp "first/out.$format" "out.$format"
    done
    [ "$(jq -r '.run | [.id, .startedAt, .finishedAt] | join(" ")' out.json)" \
        = "2026-11-22T09:14:07Z-b25f $NOW $NOW" ]
    [ "$(jq .summary.muted out.json)" -eq 20 ]
    report_everything --now 2027-03-01T23:59:59Z
    [ "$(jq .summary.muted out.json)" -eq 20 ]
    report_everything --now 2027-03-02T00:59:59+01:00
    [ "$(jq .summary.muted out.json)" -eq 20 ]
    report_everything --now 2027-03-02T00:00:00Z
    [ "$(jq .summary.muted out.json)" -eq 0 ]
}

@test "a mask hides whose it is, in every format and language" {
    hostile
    cat >piket.yaml <<'END'
version: 1
tenant: 7c0ffee0-0000-4000-8000-00000000ffff
requirements: {add: [email-domain, desired-contact]}
contact: {emails: [csirt@contoso.nl], phone: "+31 30 765 4321"}
thresholds: {allowed_domains: [tailspin.nl, contoso.nl]}
mutes:
  - subscription: 5ca1ab1e-0000-4000-8000-000000000005
    requirement: '*'
    reason: ask klaas@contoso.nl
    until: 2027-03-01
END
    local secrets=5ca1ab1e secret language
    for secret in 7c0ffee0 0b1ec750 c11e4715 contoso.nl tailspin soc@ jansen \
        jan@ piet@ klaas csirt '=1+1@' '123 4567' 7654321 '765 4321' \
        31612345678; do
        secrets+=$'\n'$secret
    done
    for language in en nl; do
        rm -f out.*
        report_everything --all --lang "$language" --now "$NOW"
        for secret in 5ca1ab1e soc@contoso.nl '123 4567' tailspin; do
            grep -qi "$secret" out.json
        done
        rm -f out.*
        report_everything --all --lang "$language" --now "$NOW" --mask
        [ "$status" -eq 2 ]
        printf '%s\n' "$output" >out.stdout
        # The examples in what explains a rule are nobody's.
        jq 'del(.runs[].tool.driver.rules)' out.sarif >shown
        mv shown out.sarif
        # The explanations have addresses of their own: as examples.
        sed -i '/aria-labelledby="explanations"/,/<\/section>/d' out.html
        grep -q '</html>' out.html
        for format in $(formats) stdout; do
            run ! grep -iF "$secrets" "out.$format"
        done
    done
    # The same everywhere, by number; what could be read elsewhere stays.
    [ "$(jq -r '[.subscriptions[].id] | join(" ")' out.json)" \
        = "$(jq -r '[.subscriptions | keys[] | "0000000\(. + 1)-0000-0000-0000-000000000000"]
            | join(" ")' out.json)" ]
    [ "$(jq -r '.subscriptions[] | select(.name == "Zorg") | .id' out.json)" \
        = "$(python3 -c 'import csv
print([row["subscription_id"] for row in csv.DictReader(open("out.csv"))
       if row["subscription_name"] == "Zorg"][0])')" ]
    [ "$(jq -r '.subscriptions[] | select(.status == "unknown")
        | [.id, .name, .error.message] | join("|")' out.json)" \
        = "00000004-0000-0000-0000-000000000000|refused, of address-7@masked.invalid|The client 'address-8@masked.invalid' with object id '00000002-0000-0000-0002-000000000000' does not have authorization over scope '/subscriptions/00000004-0000-0000-0000-000000000000', call phone-4" ]
    [ "$(jq -r '.subscriptions[] | select(.status == "unknown")
        | .error.requestId | length' out.json)" -eq 36 ]
    # What the mask changes is only what is shown.
    cp out.json masked.json
    report_everything --now "$NOW"
    cmp <(jq -S '[.summary, (.subscriptions | map([.status, .reach,
            (.findings | map([.requirement, .status, .reason]))]))]' out.json) \
        <(jq -S '[.summary, (.subscriptions | map([.status, .reach,
            (.findings | map([.requirement, .status, .reason]))]))]' masked.json)
}

@test "a tenant that cannot be signed in to is masked by the name it was given" {
    start_emulator --generate 5 --seed 1
    run --separate-stderr piket check --mask --format json \
        --tenant "$AZURE_TENANT_ID" --tenant nobody.tailspin.nl
    [ "$status" -eq 2 ]
    [ "$(jq -r '[.run.tenants[].id] | join(" ")' <<<"$output")" \
        = '00000001-0000-0000-0001-000000000000 00000002-0000-0000-0001-000000000000' ]
    [[ $output != *tailspin* && $output != *"$AZURE_TENANT_ID"* ]]
}

@test "the table is read by Python, and no spreadsheet runs it" {
    hostile
    run --separate-stderr piket check --format csv --output out.csv
    [ "$status" -eq 2 ]
    python3 - <<'END'
import csv
raw = open("out.csv", "rb").read()
assert raw.count(b"\r\n") == raw.count(b"\n") == 7, raw
rows = list(csv.reader(open("out.csv", newline="", encoding="utf-8"), strict=True))
assert {len(row) for row in rows} == {len(rows[0])}, rows
for row in rows[1:]:
    for field in row:
        assert field.strip()[:1] not in tuple("=+-@\t\r") or field == "", field
names = [row[1] for row in rows[1:]]
assert "'=cmd|' /C calc'!A0" in names, names
assert 'two lines, "quoted" | <b>@everyone</b> `x`' in names, names
assert "'+31 not a number" in names, names
table = [dict(zip(rows[0], row)) for row in rows[1:]]
zorg = [row for row in table if row["subscription_name"] == "Zorg"][0]
assert zorg["emails"] == "jan contoso.nl;'=1+1@contoso.nl", zorg
assert zorg["phone"] == "020-7654321", zorg
assert zorg["email-valid"] == "fail" and zorg["contact-configured"] == "pass", zorg
assert zorg["email-domain"] == "", zorg
refused = [row for row in table if row["status"] == "unknown"][0]
assert refused["error_http_status"] == "403", refused
assert refused["error_code"] == "AuthorizationFailed", refused
assert refused["reach"] == "unknown" and refused["owner-notified"] == "unknown"
assert refused["recommendations"].startswith("grant the identity"), refused
END
}

@test "the metrics are read by Prometheus" {
    hostile
    run --separate-stderr piket check --framework cis-3.0 --format prometheus \
        --output out.prom --now "$NOW"
    [ "$status" -eq 2 ]
    python3 "$PIKET_ROOT/tests/cli/prometheus.py" out.prom >samples
    if command -v promtool >/dev/null; then
        promtool check metrics <out.prom
    fi
    grep -qFx 'piket_subscriptions{status=non-compliant} 2' samples
    grep -qFx 'piket_subscriptions{status=unknown} 1' samples
    grep -qFx 'piket_subscriptions_reach{reach=contact} 3' samples
    grep -qFx 'piket_last_run_complete{} 0' samples
    grep -qFx 'piket_last_run_timestamp_seconds{} 1795338847' samples
    grep -qFx "piket_tenant_readable{tenant_id=$TENANT} 1" samples
    grep -qFx 'piket_findings{requirement=email-valid,severity=high,status=fail} 2' samples
    grep -qFx "piket_subscription_problem{reach=owners,status=non-compliant,subscription_id=$(id 5),subscription_name=+31 not a number,tenant_id=$TENANT} 1" samples
    [ "$(grep -c '^piket_subscription_problem{' samples)" -eq 3 ]
    grep -q '^piket_framework_control{control=[0-9.]*,framework=cis-3.0,status=pass} ' samples
}

@test "monitoring gets its statuses, and a line whatever happens" {
    start_emulator --estate "$(estate "$(subscription 1 Zorg)")"
    run --separate-stderr piket check --format nagios --now "$NOW"
    [ "$status" -eq 0 ]
    [ "$output" = 'PIKET OK - 1 subscription, all compliant | subscriptions=1;;;0 compliant=1;;;0;1 muted=0;;;0;1 non_compliant=0;;;0;1 unknown=0;;;0;1 not_applicable=0;;;0;1 reach_contact=1;;;0;1 reach_owners=0;;;0;1 reach_nobody=0;;;0;1 reach_unknown=0;;;0;1 time=0.000s;;;0' ]
    run --separate-stderr piket check --format nagios --profile strict
    [ "$status" -eq 2 ]
    [[ $output == 'PIKET CRITICAL - 1 subscription, 1 non-compliant | '* ]]
    run --separate-stderr piket check --format nagios --profile strict --fail-on unknown
    [ "$status" -eq 0 ]
    [[ $output == 'PIKET OK - 1 subscription, 1 non-compliant | '* ]]
    # Beside it, check keeps its own.
    run --separate-stderr piket check --profile strict --report nagios=out.nagios
    [ "$status" -eq 1 ]
    grep -q '^PIKET CRITICAL' out.nagios
    run --separate-stderr piket check --profile strict --format nagios --report text=out.txt
    [ "$status" -eq 2 ]
    grep -q '(exit status 2)' out.txt
    stop_emulator
    hostile
    run --separate-stderr piket check --format nagios
    [ "$status" -eq 3 ]
    [[ $output == 'PIKET UNKNOWN - 6 subscriptions, 2 non-compliant, 1 with nobody mailed, 1 unknown, incomplete | '* ]]
    # A pipe in a name begins no second set of data.
    [ "$(tr -cd '|' <<<"$output")" = '|' ]
    run --separate-stderr piket check --format nagios --fail-on non-compliant
    [ "$status" -eq 2 ]
    AZURE_CLIENT_SECRET=wrong run --separate-stderr piket check --format nagios
    [ "$status" -eq 3 ]
    [[ $output == 'PIKET UNKNOWN - could not run: '* ]]
    [ "$(wc -l <<<"$output")" -eq 1 ]
    [[ $stderr == piket:* ]]
    AZURE_CLIENT_SECRET=wrong run --separate-stderr piket check --format nagios --mask
    [ "$status" -eq 3 ]
    [ "$output" = 'PIKET UNKNOWN - could not run: standard error says why, a masked report does not' ]
}

@test "the page for pull requests is in Dutch for who speaks it" {
    hostile
    run --separate-stderr piket check --format markdown --lang nl --rows 1
    [ "$status" -eq 2 ]
    [[ $output == '## Beveiligingscontacten in Azure: '* ]]
    [[ $output == *'| Subscription | Id | Waarom |'* ]]
    # Each row has as many cells as its head, whatever stands in them.
    run --separate-stderr piket check --format markdown --all
    [ "$(grep '^|' <<<"$output" | sed 's/\\|//g' | awk -F'|' '{ print NF }' | sort -u)" -eq 5 ]
    [[ $output == *"| \`=cmd\\| ' /C calc'!A0\` |"* || $output == *"\`=cmd\\|' /C calc'!A0\`"* ]]
    [[ $output != *$'\xe2\x80\xae'* && $output != *$'\a'* ]]
}
