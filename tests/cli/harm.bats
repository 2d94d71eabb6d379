#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Whatever befalls remediate --apply, at any instant: no before-image is lost,
# nothing is sent that was not journalled, and the next run settles what is
# left.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # The sanitizers bring an allocator and a loader order of their own.
    [ -e "$PIKET_BUILD/tests/fault/kill_at.so" ] \
        || skip 'this build has no modules that do harm'
}

# harm KIND POINTS
harm() {
    run python3 "$PIKET_ROOT/tests/cli/harm.py" "$1" "$BATS_TEST_TMPDIR/$1" \
        "$2" 20261122
    echo "$output"
    [ "$status" -eq 0 ]
    [[ ${lines[-1]} == "$2 points, "* ]]
}

@test "killed at each step of a change, and at 200 points" {
    harm kill 200
}

@test "a disk that is full from any moment on" {
    harm full 40
}

@test "an allocation that fails" {
    harm starve 40
}
