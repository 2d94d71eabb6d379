/* SPDX-License-Identifier: Apache-2.0 */
/* Expected output in files.
 *
 * Where output differs, the test shows the first line that does. To accept
 * what is written now, run the test once more with
 *
 *     PIKET_GOLDEN_RENEW=1 meson test -C build \
 *         report/report_text report/report_json
 *
 * and read the difference with git before it is committed. */
#ifndef PIKET_TESTS_UNIT_REPORT_GOLDEN_H
#define PIKET_TESTS_UNIT_REPORT_GOLDEN_H

#include "base/buffer.h"

/* Fails the test where actual is not the contents of tests/golden/path. */
void golden_compare(const char *path, const struct buffer *actual);

#endif
