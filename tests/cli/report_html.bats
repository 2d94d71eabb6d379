#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The html report through the wire. What browsers make of it, ./dev conformance
# looks at.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS PIKET_CONFIG NO_COLOR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy
    export HOME=$BATS_TEST_TMPDIR
    PATH=$PIKET_BUILD:$PATH
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() { stop_emulator; }

# element NAME [ATTRIBUTES]: what stands in the first such element of the page.
element() {
    python3 -c '
import re, sys
begin = re.escape("<" + sys.argv[1] + ">")
found = re.search(begin + "(.*?)</" + sys.argv[1].split()[0] + ">",
                  open("page.html", newline="").read(), re.DOTALL)
sys.stdout.write(found[1])' "$1${2:+ $2}"
}

data() { element script 'type="application/json" id="data"'; }

# hash ELEMENT: as a content security policy writes it.
hash() { element "$1" | openssl dgst -sha256 -binary | base64; }

@test "a page that lets nothing run or load but its own" {
    start_emulator --generate 60 --seed 1
    run -1 piket check --format html --output page.html
    [ -z "$output" ]
    [ "$(head -n 1 page.html)" = '<!DOCTYPE html>' ]
    [ "$(tail -n 1 page.html)" = '</html>' ]
    grep -qF "content=\"default-src 'none'; script-src 'sha256-$(hash script)'; style-src 'sha256-$(hash style)'; base-uri 'none'; form-action 'none'\"" page.html
    # Neither of these could, and none of them tries.
    run -1 grep -Eo '<(link|img|iframe|object|embed|form|base)[ >]| style="| src="| on[a-z]+="' page.html
    [ "$(grep -o '<script[ >]' page.html | wc -l)" -eq 2 ]
}

@test "tells of every subscription what the JSON report tells" {
    start_emulator --generate 60 --seed 1
    run -1 piket check --format json --output report.json --report html=page.html
    data >data.json
    jq -r '.subscriptions[] | [.id, .name, .status, .reach // "not-applicable",
        ([.findings[] | select(.status == "fail").requirement] | join(" ")),
        (.contact.emails // [] | join(" "))] | @tsv' report.json >expected
    jq -r '. as $all | .rows[] | [.[0], .[1], $all.names.statusClasses[.[5]],
        $all.names.reachClasses[.[6]],
        ([.[8][] | select($all.names.findingClasses[.[1]] == "fail")
            | $all.requirements[.[0]].id] | join(" ")),
        (.[9][2] // [] | join(" "))] | @tsv' data.json >actual
    [ "$(wc -l <expected)" -eq 60 ]
    diff expected actual
    # The figures above the table are the summary's.
    [ "$(grep -o '<dd>[0-9]*</dd>' page.html | head -n 6 | tr -dc '0-9\n' | paste -sd ' ')" \
        = "$(jq -r '.summary | [.subscriptions, .nonCompliant, .unknown, .muted, .compliant, .notApplicable] | join(" ")' report.json)" ]
}

@test "has the words of the view's language, and no other" {
    start_emulator --generate 60 --seed 1
    run -1 piket check --format html --output page.html --lang nl
    grep -q '^<html lang="nl">$' page.html
    grep -q 'VOLDOET NIET' page.html
    [ "$(data | jq -r '.words.details, .names.statuses[2], .reasons[] | .recommendation? // .' | grep -cx -e 'stel een telefoonnummer in' -e 'voldoet niet')" -eq 2 ]
    run -1 grep -E 'NON-COMPLIANT|By requirement|set a phone number' page.html
    run -1 piket check --format html --output page.html
    grep -q '^<html lang="en">$' page.html
    grep -q 'By requirement' page.html
}

@test "a name is text, whatever it holds" {
    jq -n '{tenants: [{id: "7c0ffee0-0000-4000-8000-00000000abcd", clients: [{
            clientId: "c11e4715-0000-4000-8000-00000000abcd", secret: "secret",
            objectId: "0b1ec750-0000-4000-8000-00000000abcd"}]}],
        subscriptions: [{id: "5ca1ab1e-0000-4000-8000-000000000001",
            displayName: "</script><script>alert(1)</script><!--<script>",
            contacts: [{name: "default", isEnabled: true,
                emails: "\"><img src=x onerror=alert(2)>@contoso.nl",
                phone: "'\'' onfocus=alert(3) \u2028",
                notificationsByRole: {state: "On", roles: ["Owner"]},
                notificationsSources: [{sourceType: "Alert",
                                        minimalSeverity: "High"}]}]}]}' \
        >estate.json
    start_emulator --estate estate.json
    run -1 piket check --format html --output page.html
    [ "$(grep -o '<script[ >]' page.html | wc -l)" -eq 2 ]
    run -1 grep -F -e '<img' -e '<!--' page.html
    grep -qF '&lt;/script&gt;&lt;script&gt;alert(1)' page.html
    [ "$(data | jq -r '.rows[0][1]')" = '</script><script>alert(1)</script><!--<script>' ]
    [ "$(data | jq -r '.rows[0][9][2][0]')" = '"><img src=x onerror=alert(2)>@contoso.nl' ]
    run -1 piket check --format html --mask --output page.html
    run -1 grep -F -e 'onerror' -e '5ca1ab1e' -e '7c0ffee0' page.html
}

@test "names the controls of a framework, and counts by them" {
    start_emulator --generate 60 --seed 1
    run -1 piket check --format json --framework cis-3.0 --output report.json \
        --report html=page.html
    [ "$(data | jq -r '.requirements[] | select(.id == "owner-notified").controls')" \
        = 'cis-3.0 3.1.12' ]
    local fails
    fails=$(jq '.summary.frameworks[0].controls[0].fail' report.json)
    grep -F '<code>3.1.12</code>' page.html | grep -qF ">$fails</td>"
}
