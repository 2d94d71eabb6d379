#!/usr/bin/env bats
# piket explain, and check --framework against the findings beside it.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
}

teardown() { stop_emulator; }

piket() { "$PIKET_BUILD/piket" "$@"; }

# The indented names below a heading of the control's page.
listed() {
    piket explain | awk -v heading="$1" '
        $0 == heading { inside = 1; next }
        /^[^ ]/ || /^$/ { inside = 0 }
        inside && /^    / { print $1 }'
}

# fits FILE: no line is wider than 80 columns.
fits() { [ "$(awk '{ if (length > most) most = length } END { print most }' \
    "$1")" -le 80 ]; }

@test "everything that the control's page names explains itself" {
    local word heading page=$BATS_TEST_TMPDIR/page
    local -A counts=([Requirements]=12 [Profiles]=6 [Frameworks]=31)
    for heading in Requirements Profiles Frameworks; do
        [ "$(listed "$heading" | wc -l)" -eq "${counts[$heading]}" ]
        for word in $(listed "$heading"); do
            piket explain "$word" >"$page"
            grep -q "^$word (" "$page"
            fits "$page"
            piket explain --format json "$word" |
                jq -e --arg word "$word" '.schemaVersion == 1
                    and .id == $word and (.sections | length) > 1' >/dev/null
        done
    done
    piket explain >"$page"
    fits "$page"
    [ "$(piket explain --format json | jq -r .kind)" = control ]
}

@test "a requirement says why, what passes and how to fix it" {
    run --separate-stderr piket explain contact-enabled
    [ "$status" -eq 0 ]
    local heading
    for heading in Meaning 'Why it matters' Risk 'Passes when' Fix \
        Frameworks; do
        grep -qx "$heading" <<<"$output"
    done
    [[ $output == *'cis-3.0: 3.1.12, 3.1.13, 3.1.14'* ]]
}

@test "the control's page holds what an auditor will ask" {
    run --separate-stderr piket explain
    [ "$status" -eq 0 ]
    local fact
    for fact in '7 of 10' '4 a day' '1 in 30 minutes' \
        'securityContacts/default?api-version=2023-12-01-preview' \
        'soc@contoso.nl;piket@contoso.nl' '3.1.13' 'A.5.25' 'default1' \
        'monthly digests' 'PIM' 'https://learn.microsoft.com/'; do
        [[ $output == *"$fact"* ]]
    done
    [[ $output != *remediate* ]]
}

@test "the body that it shows is accepted, and complies" {
    start_emulator --generate 1 --seed 1
    sign_in
    local id
    id=$(arm '/subscriptions?api-version=2022-12-01' | jq -r \
        '.value[0].subscriptionId')
    piket explain --format json | jq -r '.sections[].paragraphs[]
        | select(.type == "verbatim" and (.text | startswith("{"))) | .text' \
        >"$BATS_TEST_TMPDIR/contact.json"
    jq -e .properties.isEnabled "$BATS_TEST_TMPDIR/contact.json" >/dev/null
    [[ $(arm_status "/subscriptions/$id/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" \
        -X PUT -H 'Content-Type: application/json' \
        --data-binary "@$BATS_TEST_TMPDIR/contact.json") == 20? ]]
    local profile
    for profile in baseline-nl conformity cis-2.0 cis-3.0 cis-5.0; do
        run --separate-stderr piket check --profile "$profile"
        [ "$status" -eq 0 ]
    done
}

@test "an unknown word ends with 64 and the nearest" {
    run --separate-stderr piket explain owner-notify
    [ "$status" -eq 64 ]
    [ -z "$output" ]
    [[ $stderr == *"'owner-notify' is no requirement, profile or framework"* ]]
    [[ $stderr == *"did you mean 'owner-notified'?"* ]]
    run --separate-stderr piket explain contact-enabled cis-3.0
    [ "$status" -eq 64 ]
    run --separate-stderr piket explain --format html
    [ "$status" -eq 64 ]
    run --separate-stderr piket explain --formt json
    [ "$status" -eq 64 ]
    [[ $stderr == *"did you mean '--format'?"* ]]
}

@test "a page is written whole or not at all" {
    local page=$BATS_TEST_TMPDIR/page
    piket explain --output "$page" nis2
    cmp "$page" <(piket explain nis2)
    run --separate-stderr bash -c "'$PIKET_BUILD/piket' explain >/dev/full"
    [ "$status" -eq 3 ]
    [[ $stderr == *'No space left'* ]]
}

@test "check counts by frameworks as its findings do" {
    start_emulator --generate 60 --seed 1
    local report=$BATS_TEST_TMPDIR/report.json
    run --separate-stderr piket check --profile strict --format json \
        --framework CIS-3.0 --framework dora --framework cis-3.0 \
        --output "$report"
    [ "$status" -eq 1 ]
    [ "$(jq -c '[.summary.frameworks[].id]' "$report")" \
        = '["cis-3.0","dora"]' ]
    # Each control again, from the numbers that stand beside the findings.
    jq -e '. as $report
        | def rank: {"fail": 4, "unknown": 3, "muted": 2, "pass": 1,
                     "not-applicable": 0}[.];
        def count($framework; $number; $worst):
            [$report.subscriptions[]
             | [.findings[]
                | select(any(.controls[]; .framework == $framework
                                          and .number == $number))
                | .status | rank] | max
             | select(. == $worst)] | length;
        [.summary.frameworks[] | .id as $id | .controls[] | .number as $n
         | .fail == count($id; $n; 4) and .unknown == count($id; $n; 3)
           and .muted == count($id; $n; 2) and .pass == count($id; $n; 1)
           and .notApplicable == count($id; $n; 0)
           and .pass + .fail + .muted + .unknown + .notApplicable == 60
           and .notJudged == []]
        | length == 8 and all' "$report"
    [ "$(jq '[.summary.frameworks[].controls[].fail] | add' "$report")" -gt 0 ]
    [ "$(jq -c '[.subscriptions[0].findings[]
        | select(.requirement == "email-configured") | .controls[]
        | select(.framework == "cis-3.0") | .number]' "$report")" \
        = '["3.1.13"]' ]
}

@test "what the profile does not judge is not counted as passed" {
    start_emulator --generate 20 --seed 1
    local report=$BATS_TEST_TMPDIR/report.json
    piket check --framework cis-5.0 --format json --output "$report" || true
    [ "$(jq -c '.summary.frameworks[0].controls[]
        | select(.number == "8.1.15")
        | [.notJudged, .pass, .fail]' "$report")" \
        = '[["attack-paths-notified"],0,0]' ]
    run --separate-stderr piket check --framework cis-5.0
    [[ $output == *'8.1.15 '*'not judged by this profile'* ]]
    [[ $output == *'8.1.13 '*' fail'* ]]
    # Without the option the report is what it was.
    piket check --format json --output "$report" || true
    [ "$(jq '.summary.frameworks, (.subscriptions[0].findings[0].controls)' \
        "$report" | sort -u)" = null ]
}

@test "frameworks are listed, and a wrong id ends with 64 and the nearest" {
    run --separate-stderr piket check --list-frameworks
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 31 ]
    run --separate-stderr piket check --framework cis-3
    [ "$status" -eq 64 ]
    [[ $stderr == *"there is no framework 'cis-3'"* ]]
    [[ $stderr == *"did you mean 'cis-3.0'?"* ]]
    run --separate-stderr piket check $(piket check --list-frameworks |
        awk 'NR <= 9 { print "--framework", $1 }')
    [ "$status" -eq 64 ]
    [[ $stderr == *'at most 8 at once'* ]]
}

@test "check says what to have explained, and it can be" {
    start_emulator --generate 60 --seed 1
    run --separate-stderr piket check
    [ "$status" -eq 1 ]
    local command
    command=$(grep -o 'piket explain [a-z-]*' <<<"$output")
    [ "$(wc -l <<<"$command")" -eq 1 ]
    $command >/dev/null
}
