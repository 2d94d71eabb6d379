#!/usr/bin/env bash
# run.sh TARGET CORPUS [ARGUMENT...]: runs a fuzz target on a copy of its
# corpus, so that what libFuzzer finds is not written into the repository.
set -euo pipefail
target=$(realpath "$1") corpus=$2
shift 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$corpus" "$scratch/corpus"
cd "$scratch"
# libFuzzer ends a crash with 77, which meson would take for a skipped test.
"$target" "$@" corpus || exit 1
