#!/usr/bin/env bash
# Fails where a sentence that the sources mark lacks its translation, or has
# one that is only a guess (fuzzy), where a catalogue holds sentences that the
# sources lack, and where conversions (%s) do not agree.
set -euo pipefail

scratch=$(mktemp -d "${TMPDIR:-/tmp}/piket-catalogue.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  printf '%s\n' "$*" >&2
  failures=$((failures + 1))
}

po/extract.sh "$scratch/piket.pot"
for catalogue in po/*.po; do
  msgcmp "$catalogue" "$scratch/piket.pot" \
    || fail "$catalogue: not all sentences of the sources: ./dev translate"
  ! msgattrib --only-obsolete "$catalogue" | grep '^#~ msgid' >&2 \
    || fail "$catalogue: sentences that the sources lack: ./dev translate"
  msgfmt --check-format --check-domain --output-file=/dev/null "$catalogue" \
    || fail "$catalogue: conversions do not agree"
done
[ "$failures" -eq 0 ]
