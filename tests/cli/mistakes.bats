#!/usr/bin/env bats
# What somebody gets wrong at the command line and in the configuration: each
# message says how to mend it, and nothing is ignored in silence.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # Nothing of the caller's may sign in here, nor configure.
    unset AZURE_ACCESS_TOKEN AZURE_TOKEN_CREDENTIALS AZURE_CONFIG_DIR \
        HTTPS_PROXY https_proxy ALL_PROXY all_proxy NO_COLOR PIKET_CONFIG
    export PATH=/usr/bin:/bin HOME=$BATS_TEST_TMPDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    stop_emulator
}

piket() { "$PIKET_BUILD/piket" "$@"; }

# config LINES: writes piket.yaml, whose version is given.
config() { printf 'version: 1\n%s\n' "$1" >piket.yaml; }

@test "each command's help is whole, in each language" {
    local language command
    for language in en nl; do
        for command in check remediate revert doctor explain init; do
            run -0 --separate-stderr piket --lang "$language" help "$command"
            [[ $output != *'(null)'* ]]
            [[ $output == *--help* ]]
            [ "$(grep -c '^ .*--' <<<"$output")" -gt 3 ]
        done
    done
    # More of the same heading: no heading, no gap.
    run -0 --separate-stderr piket help check
    [ "$(grep -A1 'each value is from' <<<"$output" | tail -1 | grep -c -- --subscription)" -eq 1 ]
}

@test "what is printed instead of a report heeds --output, and refuses a format" {
    run -0 --separate-stderr piket check --list-frameworks --output frameworks.txt
    [ -z "$output" ]
    grep -q '^bio2 ' frameworks.txt
    local option
    for option in --list-frameworks --print-config; do
        run -64 --separate-stderr piket check "$option" --format json
        [ "${stderr_lines[0]}" = "piket: $option: is written as text only" ]
        [[ ${stderr_lines[1]} == *'leave out --format json' ]]
    done
}

@test "of two values for one thing none is ignored" {
    run -64 --separate-stderr piket check --profile strict --profile cis-2.0
    [ "${stderr_lines[0]}" = 'piket: --profile: one per run' ]
    run -64 --separate-stderr piket check --config a.yaml --config b.yaml
    [ "${stderr_lines[0]}" = 'piket: --config: one per run' ]
}

@test "a file that PIKET_CONFIG names and that is not there is called so" {
    PIKET_CONFIG=nowhere.yaml run -3 --separate-stderr piket check
    [[ ${stderr_lines[0]} == *'nowhere.yaml: No such file or directory' ]]
    [[ ${stderr_lines[1]} == *'PIKET_CONFIG names this file'* ]]
    run -64 --separate-stderr piket check --config ''
    [ "${stderr_lines[0]}" = 'piket: --config: must not be empty' ]
}

@test "a scope that leaves nothing is not blamed on roles" {
    start_emulator --generate 3
    run -2 --separate-stderr piket check --exclude '*'
    [[ $output == *'no subscription in scope; 3 left out by the scope'* ]]
    [[ $output == *'every subscription that Azure shows is left out'* ]]
    [[ $output != *'Security Reader'* ]]
}

# notes: those of the last check, a line each.
notes() { jq -r '.run.notes[]' report.json; }

@test "settings without effect, and demands without their setting, are noted" {
    start_emulator --generate 3
    config 'contact:
  emails: [soc@contoso.nl]
thresholds:
  min_emails: 1
  alerts_of: High'
    run --separate-stderr piket check --format json --output report.json
    [ "$(notes | wc -l)" -eq 2 ]
    notes | grep -qx 'piket.yaml: thresholds.min_emails is compared with nothing: only email-count does that, which is not demanded; requirements: add: \[email-count\]'
    notes | grep -qx 'piket.yaml: contact is compared with nothing: only desired-contact does that, which is not demanded; requirements: add: \[desired-contact\]'
    config 'requirements:
  add: [email-domain, desired-contact]'
    run --separate-stderr piket check --format json --output report.json
    [ "$(notes | wc -l)" -eq 3 ]
    notes | grep -qx 'email-domain is demanded, and judged nowhere: set thresholds.allowed_domains in piket.yaml'
    notes | grep -qx 'desired-contact is demanded, and judged nowhere: set contact in piket.yaml'
}

@test "a configuration of another name is noted, unless a file was named" {
    start_emulator --generate 3
    printf 'version: 1\nprofile: strict\n' >piket.yml
    run --separate-stderr piket check --format json --output report.json
    [ "$(jq -r .run.profile report.json)" = baseline-nl ]
    [ "$(notes)" = 'piket.yml is not read, only piket.yaml is: rename it, or give --config piket.yml' ]
    config 'profile: conformity'
    run --separate-stderr piket check --format json --output report.json
    [[ $(notes) == 'piket.yml is not read'* ]]
    run --separate-stderr piket check --config piket.yaml --format json --output report.json
    run --separate-stderr piket check --config piket.yml --format json --output report.json
    [[ $(notes) != *'not read'* ]]
}

# refused TEXT: piket.yaml with these lines is not used; all that is said is
# in $stderr.
refused() {
    printf "$1" >piket.yaml
    run -3 --separate-stderr piket check --print-config
    [ -z "$output" ]
}

@test "what is no configuration is answered with how to mend it" {
    refused 'version: 1\ncontact:\n\temails: [a@b.nl]\n'
    [[ ${stderr_lines[0]} == 'piket: piket.yaml:3: is not YAML: '* ]]
    [ "${stderr_lines[1]}" = '       a tab stands here: indent with blanks' ]
    refused 'version: 1\ncontact: @x\n'
    [[ ${stderr_lines[1]} == *'must stand in quotes' ]]
    refused 'version: 1\nprofile: \xe9t\xe9\n'
    [ "${stderr_lines[1]}" = '       save it as UTF-8' ]
    refused 'version:1\nprofile: strict\n'
    [[ ${stderr_lines[1]} == *'a blank must stand behind each colon'* ]]
    refused ''
    [ "${stderr_lines[1]}" = '       a configuration begins with the line: version: 1' ]
    refused 'profile: strict\n'
    [ "${stderr_lines[1]}" = '       a configuration begins with the line: version: 1' ]
    refused 'version: 1\ncontact:\n  emails: a@b.nl\n'
    [ "${stderr_lines[1]}" = '       a list stands in brackets, with commas between its texts' ]
    refused 'version: 1\ncontact:\nemails: [a@b.nl]\n'
    [[ ${stderr_lines[1]} == *'its keys stand below it'* ]]
}

@test "what begins as a name does is what was meant" {
    local word
    for word in cis cis3 'CIS 3'; do
        run -64 --separate-stderr piket check --framework "$word"
        [[ ${stderr_lines[1]} == *"did you mean 'cis-"* ]]
    done
    run -64 --separate-stderr piket check --framework iso27001
    [[ ${stderr_lines[1]} == *"did you mean 'iso-27001-2022'?" ]]
    run -64 --separate-stderr piket explain owner
    [[ ${stderr_lines[1]} == *"did you mean 'owner-notified'?" ]]
}

@test "a short id, and a resource's path, lead to the id" {
    start_emulator --generate 3 --write-estate estate.json
    local id name
    id=$(jq -r '.subscriptions[1].id' estate.json)
    name=$(jq -r '.subscriptions[1].displayName' estate.json)
    run -3 --separate-stderr piket check --subscription "${id:0:8}"
    [ "${stderr_lines[1]}" = "       give the whole id: $name ($id)" ]
    run -3 --separate-stderr piket check --exclude "/subscriptions/$id"
    [ "${stderr_lines[1]}" = "       give the id alone: $id" ]
}

@test "Excel's line that names the separator is no id" {
    start_emulator --generate 3
    local gone=11111111-2222-4333-8444-555555555555
    printf 'sep=;\r\nNaam;subscriptionId\r\nX;%s\r\n' $gone >expected.csv
    run -2 --separate-stderr piket check --expect expected.csv
    [[ $output == *'1 of 4 expected subscriptions is not visible'* ]]
    printf 'sep=;\r\nNaam;subscriptionId\r\nX;Y\r\n' >expected.csv
    run -3 --separate-stderr piket check --expect expected.csv
    [[ ${stderr_lines[0]} == *'expected.csv:3: '* ]]
}

@test "a mute that matches nothing says what there is not" {
    start_emulator --generate 3
    config 'mutes:
  - { subscription: Gone, requirement: owner-notified, reason: x, until: 2999-12-31 }
  - { subscription: "*", requirement: email-count, reason: x, until: 2999-12-31 }'
    run --separate-stderr piket check --format json --output report.json
    [ "$(notes)" = 'piket.yaml:3: the mute of owner-notified on Gone matches nothing, as no subscription is called so; it ends on 2999-12-31
piket.yaml:4: the mute of email-count on * matches nothing, as the profile does not demand that; it ends on 2999-12-31' ]
}
