/* SPDX-License-Identifier: Apache-2.0 */
/* The style and script of the html report, which the build takes from
 * src/report/html/. */
#ifndef PIKET_REPORT_MARKUP_HTML_ASSET_H
#define PIKET_REPORT_MARKUP_HTML_ASSET_H

#include <stddef.h>

struct html_asset {
    const char *text; /* ASCII; not NUL-terminated */
    size_t length;
    const char *hash; /* "sha256-…", by which a content security policy
                         allows just this (W3C CSP 3, section 2.3.1) */
};

extern const struct html_asset html_asset_style;
extern const struct html_asset html_asset_script;

#endif
