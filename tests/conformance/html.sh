#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The html report before an HTML validator, axe-core and headless Chromium.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2119,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

pages=$scratch/pages
mkdir "$pages"

# page NAME ARGS...: what piket makes of the emulator that runs; it ends with
# 1 or 2, as all of them have something to tell.
page() {
  local name=$1 status=0
  shift
  timeout -k 5 300 "$PIKET_BUILD/piket" check --quiet --format html \
    --output "$pages/$name.html" "$@" || status=$?
  [ "$status" -eq 1 ] || [ "$status" -eq 2 ]
}

# Names, addresses and what else its owner may choose, each with a marker.
hostile_estate() {
  jq '[
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "\"><img src=x onerror=alert(3)>",
    "'\'' onfocus=alert(4) autofocus='\''",
    "{actual} {expected} $& \\u003cimg src=x onerror=alert(5)>",
    "&lt;img src=x onerror=alert(6)&gt; &#60;svg onload=alert(6)&#62;",
    "\u2028alert(7)\u2029",
    "</td></tr></table></title></style><svg/onload=alert(8)>",
    "javascript:alert(9)"
  ] as $names | .subscriptions = [$names | to_entries[] | {
    id: "00000000-0000-4000-8000-00000000010\(.key)",
    displayName: .value,
    contacts: [{
      name: "default",
      isEnabled: (.key % 2 == 0),
      emails: .value,
      phone: .value,
      notificationsByRole: { state: "On", roles: ["Owner"] },
      notificationsSources: [
        { sourceType: "Alert", minimalSeverity: "High" }
      ]
    }]
  }]' "$here/estate.json"
}

start_emulator --generate 250 --seed 7 || exit 1
page wide || echo 'not ok wide: piket writes it'
stop_emulator
start_emulator --generate 20000 --seed 7 || exit 1
page large || echo 'not ok large: piket writes it'
stop_emulator
hostile_estate >"$scratch/hostile.json"
start_emulator --estate "$scratch/hostile.json" || exit 1
page hostile --framework cis-3.0 --framework bio2 \
  || echo 'not ok hostile: piket writes it'
stop_emulator

# The golden page lacks its style and script, in the order of the build.
root=$here/../..
html=$root/src/report/html
cat "$html"/{report,table,medium}.css >"$scratch/style.css"
timeout -k 5 600 node "$CONFORMANCE_HTML/html.mjs" "$pages" \
  "$root/tests/golden/html/hostile.en.html" "$scratch/style.css" \
  "$html/report.js"
