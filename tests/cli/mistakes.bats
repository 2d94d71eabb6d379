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
        for command in check doctor explain init; do
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
