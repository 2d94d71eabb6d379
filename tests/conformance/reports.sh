#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# piket's reports in the formats that others have laid down, judged by others:
# the published schemas, read by Ajv; Microsoft's validator of SARIF with the
# rules of GitHub's code scanning; xmllint. The schemas are not ours to ship:
# PIKET_SCHEMAS names their folder, by default ../shared/schemas.
# shellcheck source-path=SCRIPTDIR disable=SC1091,SC2154,SC2317
set -uo pipefail
source "$(dirname "$0")/part.bash"

schemas=${PIKET_SCHEMAS:-$PIKET_ROOT/../shared/schemas}
multitool=$CONFORMANCE_VALIDATORS/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
reports=$scratch/reports
readonly schemas multitool reports
# It needs no library of languages then.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# Names as nobody would choose them without intent.
hostile_estate() {
  jq '["]]>&amp;<b>\"'"'"'", "[link](https://evil.example) {0} {{ insert: x }}",
       "\u0007\u001b[2J\u202e\ufffe\uffff", "\u00a0 \u3000",
       "# *bold* _it_ `code`\r\n| table |", "=cmd|'"'"' /C calc'"'"'!A0"]
      as $names
    | .subscriptions |= [to_entries[]
        | .value + {displayName: $names[.key % 6]}]' "$1"
}

# write FOLDER ARGS...: piket's reports of the estate, each ending with the
# same status.
write() {
  local folder=$reports/$1 format
  shift
  mkdir -p "$folder"
  for format in sarif junit ocsf oscal; do
    "$PIKET_BUILD/piket" check --format "$format" \
      --output "$folder/report.$format" "$@" || [ $? -lt 3 ]
  done
}

write_all() {
  write plain
  write nothing --exclude '*'
  cat >piket.yaml <<'END'
version: 1
profile: strict
requirements:
  drop: [desired-contact]
mutes:
  - subscription: "*"
    requirement: owner-notified
    reason: "agreed, [CHG-1](https://evil.example) {0}\u0007"
    until: 2999-12-31
END
  write muted
  write frameworks --profile cis-5.0 --framework cis-5.0 --framework nis2 \
    --framework iso-27001-2022 --framework nist-800-53-r5 --framework gdpr
  rm piket.yaml
}

# each FORMAT COMMAND...: the command accepts every report of the format.
each() {
  local format=$1 report
  shift
  for report in "$reports"/*/report."$format"; do
    echo "$report"
    "$@" "$report"
  done
}

schema() { node "$CONFORMANCE_VALIDATORS/validate.mjs" "$schemas/$1" "$2"; }

# It takes a report by its ending; errors stand in its output, each behind a
# line and a column.
github() {
  chmod +x "$multitool"
  "$multitool" validate "$1" --rule-kind 'Sarif;Ghas' --level 'Error;Warning' \
    >"$scratch/multitool" 2>&1
  if grep -a '): error ' "$scratch/multitool"; then return 1; fi
  grep -aq 'Analysis completed successfully' "$scratch/multitool"
}

jenkins() { xmllint --noout --nonet --relaxng "$here/junit.rng" "$1"; }

# refused COMMAND...: the command fails, so that its judgement is worth
# something. A "!" alone would end nothing here.
refused() { if "$@"; then return 1; fi; }

# refuses FILTER REPORT COMMAND...: with what the filter makes of the report.
refuses() {
  local filter=$1 report=$2
  shift 2
  jq -c "$filter" "$report" >"$scratch/broken.sarif"
  refused "$@" "$scratch/broken.sarif"
}

jenkins_refuses() {
  sed "$1" "$reports/plain/report.junit" >"$scratch/broken.xml"
  refused jenkins "$scratch/broken.sarif"
}

# GitHub takes 10 MB of gzip.
github_size() {
  stop_emulator
  start_emulator --generate 12000 --seed 7
  "$PIKET_BUILD/piket" check --profile strict --format sarif \
    --output "$scratch/large.sarif" || [ $? -eq 1 ]
  is "$(jq '.runs[0].results | length' "$scratch/large.sarif")" 25000
  [ "$(gzip -c "$scratch/large.sarif" | wc -c)" -lt 10000000 ]
}

check_schemas() {
  local row name format file broken
  for row in 'SARIF sarif sarif-2.1.0.schema.json del(.runs[0].tool)' \
    'OCSF ocsf ocsf-1.7.0-compliance-finding.schema.json del(.cloud.provider)' \
    'OSCAL oscal oscal-complete-1.1.3.schema.json del(."assessment-results".results[0].start)'; do
    read -r name format file broken <<<"$row"
    if [ ! -f "$schemas/$file" ]; then
      echo "# $name: the schema is left out, there is no $schemas/$file"
      continue
    fi
    check "$name: the published schema" each "$format" schema "$file"
    check "$name: a broken report is refused" refuses "$broken" \
      "$reports/plain/report.$format" schema "$file"
  done
}

cd "$scratch" || exit 1
start_emulator --generate 24 --seed 6 --write-estate "$scratch/generated.json"
stop_emulator
hostile_estate "$scratch/generated.json" >"$scratch/estate.json"
echo '[{"when": {"path": "*securityContacts*", "chance": 0.3},
  "then": {"status": 403}}]' >"$scratch/faults.json"
start_emulator --estate "$scratch/estate.json" --faults "$scratch/faults.json"

check 'piket: writes the reports' write_all
check_schemas
check "SARIF: what GitHub's code scanning asks for" each sarif github
check 'SARIF: what GitHub would not show is refused' refuses \
  'del(.runs[0].results[].locations)' \
  "$reports/plain/report.sarif" github
check 'JUnit: well-formed, and what its readers know' each junit jenkins
check 'JUnit: another element is refused' \
  jenkins_refuses 's/<testcase /<test /'
check 'JUnit: another count is refused' \
  jenkins_refuses 's/ failures="/ failures="-/'
check 'SARIF: as many results as GitHub takes are no larger than it takes' \
  github_size
