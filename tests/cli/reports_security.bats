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
