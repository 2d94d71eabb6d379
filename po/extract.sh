#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# extract.sh OUTPUT.pot: all sentences that the sources mark for translation.
# The functions that look a sentence up mark it, too; DIRECT and RELATED are
# the rows of src/control/requirement/framework_control.c.
set -euo pipefail
output=$(realpath -m "$1")
cd "$(dirname "$0")/.."

find src -name '*.[ch]' | LC_ALL=C sort | xgettext --files-from=- \
  --output="$output" --language=C --from-code=UTF-8 --force-po \
  --package-name=piket --add-location=file --add-comments=TRANSLATORS \
  --keyword --keyword=N_ --keyword=_ --keyword=NP_:1,2 \
  --keyword=language_text:2 --keyword=language_plural:2,3 \
  --keyword=terminal_writer_words:2 --keyword=terminal_writer_plural:2,3 \
  --keyword=draft_page_words:2 --keyword=draft_page_plural:2,3 \
  --keyword=explain_page_words:2 \
  --keyword=html_words:2 --keyword=html_plural:2,3 \
  --keyword=DIRECT:3 --keyword=RELATED:3
# A template without its date is the same for the same sources.
sed -i -e '/^"POT-Creation-Date:/d' -e '/^"PO-Revision-Date:/d' "$output"
