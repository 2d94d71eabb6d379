#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A kill at any instant of remediate --apply loses no before-image, and the
# next run settles what it left.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    # The sanitizers bring a loader order of their own.
    [ -e "$PIKET_BUILD/tests/fault/kill_at.so" ] \
        || skip 'this build has no module to kill with'
}

@test "killed at each step and at 200 points: no before-image is lost, and the next run settles all" {
    run python3 "$PIKET_ROOT/tests/cli/kill.py" "$BATS_TEST_TMPDIR" 200 20261122
    echo "$output"
    [ "$status" -eq 0 ]
    [[ ${lines[-1]} == '200 points, '* ]]
}
