#!/usr/bin/env bats
# SARIF, JUnit, OCSF and OSCAL against the emulator: read by other programs,
# they say what the JSON report says.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # Nothing of the caller's may sign in here.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return
}

teardown() { stop_emulator; }

# reports STATUS ARGS...: all formats of one estate, which end with the same
# status; then read.
reports() {
    local wanted=$1 format
    shift
    for format in json sarif junit ocsf oscal; do
        run --separate-stderr "$PIKET_BUILD/piket" check --format "$format" \
            --output "report.$format" "$@"
        [ "$status" -eq "$wanted" ]
        [ -z "$output" ]
    done
    python3 "$PIKET_ROOT/tests/cli/reports_security.py" .
}

# faults JSON: a file with these rules.
faults() {
    printf '%s' "$1" >faults.json
    echo faults.json
}

# configure: mutes one requirement everywhere, and the rest of one
# subscription.
configure() {
    cat >piket.yaml <<'END'
version: 1
profile: strict
mutes:
  - subscription: "*"
    requirement: owner-notified
    reason: 'see [CHG-1](https://evil.example) & <b>"{0}"</b>'
    until: 2999-12-31
END
}

@test "every format says what JSON says" {
    start_emulator --generate 60 --seed 1
    reports 1
    reports 1 --profile strict --framework cis-5.0 --framework nis2
}

@test "muted findings are suppressed, skipped, accepted, and still told" {
    start_emulator --generate 60 --seed 2
    configure
    reports 1
    jq -e '.summary.subscriptions == 60 and ([.subscriptions[].findings[]
        | select(.status == "muted")] | length) > 5' report.json
    # The mute stands in line 4 of the file, the results at its beginning.
    [ "$(jq -c '[.runs[].results[] | select(.suppressions) | .suppressions[]
        .location.physicalLocation | [.artifactLocation.uri,
        .region.startLine]] | unique' report.sarif)" = '[["piket.yaml",4]]' ]
    # Nothing that was written there is a link or a place for an argument.
    grep -q 'muted until 2999-12-31 (see \[CHG-1\](https://evil.example) &amp; &lt;b&gt;&quot;{0}&quot;' \
        report.junit
}

@test "what could not be read is no result, no failure, no risk" {
    faults '[{"when": {"path": "*securityContacts*", "first": 4},
        "then": {"status": 403}}]'
    # The faults are spent on the first report: each has its own emulator.
    for format in json sarif junit ocsf oscal; do
        start_emulator --generate 20 --seed 3 --faults faults.json
        run "$PIKET_BUILD/piket" check --concurrency 1 --format "$format" \
            --output "report.$format"
        [ "$status" -eq 2 ]
        stop_emulator
    done
    python3 "$PIKET_ROOT/tests/cli/reports_security.py" .
    [ "$(jq '.summary.unknown' report.json)" -eq 4 ]
    [ "$(jq '.runs[0].invocations[0].executionSuccessful' report.sarif)" \
        = false ]
    [ "$(jq -r '.runs[0].invocations[0].toolExecutionNotifications[]
        | select(.descriptor.id == "subscription-unknown") | .level' \
        report.sarif | sort | uniq -c | tr -s ' ')" = ' 4 error' ]
    jq -e -s '[.[] | select(.unmapped.error.httpStatus == 403)]
        | length == 28 and all(.compliance.status == "Warning"
        and .severity_id > 1 and .remediation.desc != null)' report.ocsf
    grep -q '<error message="403 AuthorizationFailed: needs Security Reader" type="AuthorizationFailed">' \
        report.junit
}

@test "a tenant in which nothing is seen is not reported as if all were well" {
    start_emulator --generate 5
    reports 2 --exclude '*'
    [ "$(jq '.summary.subscriptions' report.json)" -eq 0 ]
    [ "$(jq '.runs[0].invocations[0].executionSuccessful' report.sarif)" \
        = false ]
    grep -q '<testsuites name="piket" tests="1" failures="0" errors="1"' \
        report.junit
    [ "$(jq -r '.compliance.status' report.ocsf)" = Warning ]
    [ "$(jq -r '."assessment-results".results[0].findings
        | map(.target.status.reason) | unique | join(" ")' report.oscal)" \
        = other ]
}

# The run's id and times follow from --now; nothing else may differ.
readonly NOW=2026-11-22T09:14:07Z

@test "two runs of one moment are the same bytes" {
    start_emulator --generate 30 --seed 4
    for format in sarif junit ocsf oscal; do
        for turn in 1 2; do
            run "$PIKET_BUILD/piket" check --now "$NOW" --format "$format" \
                --output "$format.$turn"
            [ "$status" -eq 1 ]
        done
        cmp "$format.1" "$format.2"
    done
}

@test "the fingerprint of an alert outlives what the alert says" {
    start_emulator --generate 30 --seed 4
    for profile in baseline-nl strict; do
        run "$PIKET_BUILD/piket" check --profile "$profile" --format sarif \
            --output "$profile.sarif"
        jq -r '.runs[].results[] | select(.ruleId == "owner-notified")
            | .properties.subscriptionId + " "
            + .partialFingerprints.primaryLocationLineHash' \
            "$profile.sarif" >"$profile"
    done
    [ -s baseline-nl ]
    diff baseline-nl strict
    # The same finding has the same id in the other formats.
    run "$PIKET_BUILD/piket" check --format ocsf --output report.ocsf
    jq -r 'select(.metadata.event_code == "owner-notified"
        and .compliance.status == "Fail") | .cloud.account.uid + " "
        + .finding_info.uid' report.ocsf | diff - baseline-nl
}

@test "reports for programs are English whatever the language" {
    start_emulator --generate 10 --seed 5
    for format in sarif junit ocsf oscal; do
        for language in en nl; do
            run "$PIKET_BUILD/piket" check --now "$NOW" --lang "$language" \
                --format "$format" --output "$language.$format"
        done
        cmp "en.$format" "nl.$format"
    done
}

@test "all of them in one pass, beside the text" {
    start_emulator --generate 20 --seed 6
    run --separate-stderr "$PIKET_BUILD/piket" check --report json=report.json \
        --report sarif=report.sarif --report junit=report.junit \
        --report ocsf=report.ocsf --report oscal=report.oscal
    [ "$status" -eq 1 ]
    [[ $output == *'20 subscriptions'* ]]
    python3 "$PIKET_ROOT/tests/cli/reports_security.py" .
}

@test "explain speaks Markdown, for the help of a rule" {
    run --separate-stderr "$PIKET_BUILD/piket" explain owner-notified \
        --format markdown
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = '# owner-notified: Owners are mailed' ]
    printf '%s\n' "$output" | grep -qx '## Meaning'
    printf '%s\n' "$output" >page.md
    start_emulator --generate 1
    run "$PIKET_BUILD/piket" check --format sarif --output report.sarif
    jq -j '.runs[0].tool.driver.rules[] | select(.id == "owner-notified")
        | .help.markdown' report.sarif | cmp - page.md
}

# hostile [FAULTS]: an emulator whose names are commands to the agents of
# pipelines, and a folder for all that is printed.
hostile() {
    python3 "$PIKET_ROOT/tests/cli/reports_security.py" estate >estate.json
    start_emulator --estate estate.json --faults "$(faults "${1:-[]}")"
    mkdir printed
}

# prints NAME.KIND ARGS...: both streams of piket, kept as files. Whatever it
# ends with, it ran.
prints() {
    local name=$1
    shift
    local status=0
    "$PIKET_BUILD/piket" "$@" >"printed/$name" 2>"printed/$name.stderr" \
        </dev/null || status=$?
    [ "$status" -lt 128 ]
}

# without_commands LEAST: nothing printed is a command, in at least so many
# files that hold something.
without_commands() {
    local files
    find printed -empty -delete
    files=$(python3 "$PIKET_ROOT/tests/cli/reports_security.py" \
        commands printed)
    [ "${files% files}" -ge "$1" ]
}

@test "no name is a command to a pipeline's agent, in any format of a run" {
    hostile
    cat >piket.yaml <<'END'
version: 1
mutes:
  - subscription: "*"
    requirement: owner-notified
    reason: "::set-env name=A::b ##vso[task.debug]c"
    until: 2999-12-31
END
    local format wanted=(text json jsonl csv markdown html prometheus nagios
        sarif junit ocsf oscal)
    [ "$("$PIKET_BUILD/piket" check --list-formats | awk '{ print $1 }' \
        | sort | xargs)" = "$(printf '%s\n' "${wanted[@]}" | sort | xargs)" ]
    local -a all=() masked=()
    for format in "${wanted[@]}"; do
        all+=(--report "$format=printed/all.$format")
        masked+=(--report "$format=printed/masked.$format")
    done
    prints verbose.text check -vvv --all --profile strict "${all[@]}"
    prints masked.text.stdout report --mask --lang nl "${masked[@]}"
    prints stdout.json report --all --format json
    cmp printed/stdout.json printed/all.json
    # Nagios takes 4,096 bytes, SARIF what fails.
    mv printed/all.nagios printed/some.nagios
    mv printed/all.prometheus printed/some.prometheus
    without_commands 28
    # Broken so that a person still reads it; otherwise the name stands.
    grep -qF '# #vso[task.setvariable variable=PATH]/tmp/evil' printed/all.text
    grep -qF 'Zorg # #vso[task.complete' printed/all.csv
    grep -qF 'Data# #[set-env' printed/all.markdown
    grep -qF '#\u0023vso[task.setvariable' printed/all.json
    grep -qF '"name": ":\u003aset-env name=LD' printed/all.json
    grep -qF '#&#35;vso[task.setvariable' printed/all.junit
}

@test "nor in what any other command prints, or keeps in a file" {
    hostile
    local -a contact=(--email soc@contoso.nl --phone '+31 20 123 4567'
        --email '"##vso[task.debug]"@contoso.nl')
    local -a way=(--tenant "$AZURE_TENANT_ID" --reason '##vso[task.debug]::error::why' "${contact[@]}")
    prints init.text init --output printed/init.yaml
    prints init.yaml init --output -
    cat >piket.yaml <<'END'
version: 1
contact:
  emails: ['"##vso[task.debug]"@contoso.nl']
scope:
  exclude: ["::set-env name=A::b", "  ::stop-commands::a", "##[group]a"]
mutes:
  - subscription: "##vso[task.debug]*"
    requirement: owner-notified
    reason: "---"
    until: 2999-12-31
END
    prints config.yaml check --print-config
    # Its reader finds the very texts again: all but where they are from.
    prints again.yaml check --print-config --config printed/config.yaml
    diff <(sed '1d; s/ *# [a-z]*$//' printed/config.yaml) \
        <(sed '1d; s/ *# [a-z]*$//' printed/again.yaml)
    prints config.arm export --format arm --config printed/config.yaml \
        --phone '+31 20 123 4567'
    jq -e '.resources[0].properties.emails
        == "\"##vso[task.debug]\"@contoso.nl"' printed/config.arm
    rm piket.yaml
    # What a person sees on a terminal, and is asked there.
    script -qec "'$PIKET_BUILD/piket' check --all" /dev/null </dev/null \
        >printed/terminal.text || [ $? -lt 128 ]
    python3 "$PIKET_ROOT/tests/cli/terminal.py" '' $'no\n' \
        "$PIKET_BUILD/piket" remediate --apply --email soc@contoso.nl \
        --tenant "$AZURE_TENANT_ID" --phone +31201234567 || [ $? -lt 128 ]
    mv asked.txt printed/question.text
    prints doctor.text doctor -vv
    prints doctor.json doctor --format json
    prints plan.text remediate "${way[@]}"
    prints all.json remediate --format json "${way[@]}" \
        --save-plan printed/saved.json
    prints asked.text remediate --apply "${way[@]}"
    prints apply.text remediate --apply --yes "${way[@]}" \
        --backup printed/backup.jsonl --limit 6
    prints apply.json remediate --apply --yes --format json "${way[@]}"
    # What was escaped is read again.
    prints planned.text remediate --plan printed/saved.json
    prints restored.text revert --from printed/backup.jsonl
    [ ! -s printed/planned.text.stderr ]
    [ ! -s printed/restored.text.stderr ]
    prints drift.text check
    prints drift.html check --format html
    prints revert.text revert --reason ::add-mask::a
    prints revert.json revert --format json
    prints history.text history
    prints history.json history --format json
    local run
    run=$(jq -r '[.. | .id? // empty] | map(select(type == "string"))[0]' \
        printed/history.json)
    prints shown.text history "$run"
    prints contacts.text history contacts
    prints contacts.json history contacts --format json
    prints name.text history --subscription '##vso[task.debug]'
    prints alert.text test-alert --subscription '*##*'
    prints raised.text test-alert --subscription '*:*' --yes
    prints raised.json test-alert show --format json
    local language
    for language in bicep terraform arm az powershell policy; do
        prints "export.$language" export "${contact[@]}" --format "$language"
    done
    without_commands 34
    jq -e '.. | .emails? // empty | select(contains("\"##vso[task.debug]\""))' \
        printed/export.arm
    grep -qF ';\"#\u0023vso[task.debug]\"@contoso.nl' printed/export.terraform
    grep -qF ';"#\u{23}vso[task.debug]"@contoso.nl' printed/export.bicep
}

@test "nor in a message, whoever's words it quotes" {
    hostile '[{"when": {"path": "*0001/*securityContacts*"}, "then":
        {"status": 403, "code": "##vso[a.b]", "message":
        "::set-env name=A::b\n::error::c\r\n##[group]d", "headers":
        {"x-ms-request-id": "##vso[task.debug]"}}},
        {"when": {"path": "*0002/*securityContacts*"}, "then": {"status": 400,
        "body": {"error": {"code": "::add-mask::a", "message": "x ##[y]z"}}}},
        {"when": {"path": "*/managementGroups*"}, "then": {"status": 403,
        "bodyText": "##vso[task.debug]\n::warning::page"}}]'
    prints refused.text check -vvv --exclude '##vso[a]' --exclude ::group::
    prints refused.json check --format json
    prints refused.nagios check --format nagios
    prints refused.html check --format html
    local word='::set-env name=A::b ##vso[task.debug]'
    prints "1.text" "$word"
    prints "2.text" check "--$word"
    prints "3.text" check --format "$word"
    prints "4.text" check --config "$word"
    prints "5.text" check --report "html=$word/$word"
    prints "6.text" explain "$word"
    prints "7.text" report "$word"
    prints "8.text" check --subscription "$word"
    prints "9.text" remediate --email "$word" --phone "$word"
    prints "10.text" remediate --plan "$word"
    AZURE_TENANT_ID=$word prints "11.text" check
    AZURE_TOKEN_CREDENTIALS=$word prints "12.text" check
    PIKET_CONFIG=$word prints "13.text" check
    PIKET_STORE=$word prints "14.nagios" check --format nagios
    PIKET_ARM_ENDPOINT=$word prints "15.text" doctor
    SSL_CERT_FILE=$word prints "16.text" check
    printf '%s: %s\n' "$word" a >odd.yaml
    prints "17.text" check --config odd.yaml
    printf 'version: 1\nprofile: "%s"\n' "$word" >odd.yaml
    prints "18.text" check --config odd.yaml
    printf '{"schemaVersion": "%s"}' "$word" >odd.json
    prints "19.text" remediate --plan odd.json
    # What az complains of, on lines of its own.
    mkdir -p bin
    printf '#!/bin/sh\nprintf "%%s\\n" "%s" "a%s" >&2\nexit 1\n' \
        "$word" "$word" >bin/az
    chmod +x bin/az
    PATH=$PWD/bin:$PATH prints "20.text" check -vv \
        --credential AzureCli
    without_commands 22
    grep -qF "'::set-env name=A::b # #vso[task.debug]'" printed/1.text.stderr
}
