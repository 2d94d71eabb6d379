/* SPDX-License-Identifier: Apache-2.0 */
/* Messages and locations of a SARIF log. */
#include <ctype.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/config/config.h"
#include "report/json/report_json.h"
#include "report/interchange/report_sarif.h"

/* Whether somebody called so would be notified: not where the letter stands in
 * an address. */
static bool
is_mention(const char *begin, const char *letter)
{
    return *letter == '@' && (letter == begin || letter[-1] == ' ');
}

/* Braces hold the number of an argument unless they are doubled (3.11.5). A
 * bracket in front of a parenthesis makes a link of what somebody called his
 * subscription (3.11.6), and GitHub mails whom a comment mentions: a blank
 * takes that away in every viewer, while a backslash would be seen in some. */
static void
append_literal(struct buffer *target, const char *text)
{
    for (const char *letter = text; *letter != '\0'; letter++) {
        buffer_append_byte(target, *letter);
        if (*letter == '{' || *letter == '}')
            buffer_append_byte(target, *letter);
        else if ((letter[0] == ']' && letter[1] == '(')
                 || is_mention(text, letter))
            buffer_append_byte(target, ' ');
    }
}

json_t *
report_sarif_message(const char *text)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER literal = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, text) < 0)
        return NULL;
    append_literal(&literal, buffer_text(&printable));
    if (buffer_failed(&literal))
        return NULL;
    return json_pack("{s:s}", "text", buffer_text(&literal));
}

/* A path as a reference to a URI (RFC 3986), relative to the folder in which
 * piket was run, which in a pipeline is the repository's. */
static json_t *
uri_to_json(const char *path)
{
    AUTOBUFFER uri = BUFFER_INIT(REPORT_CEILING);

    if (*path == '/')
        buffer_append_text(&uri, "file://");
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    for (; *path != '\0'; path++) {
        const unsigned char byte = (unsigned char) *path;
        if (byte < 0x80 && (isalnum(byte) || strchr("-._~/", *path) != NULL))
            buffer_append_byte(&uri, *path);
        else
            buffer_printf(&uri, "%%%02X", byte);
    }
    return buffer_failed(&uri) ? NULL : json_string(buffer_text(&uri));
}

/* GitHub wants all four; the columns say: that line as a whole. */
static json_t *
physical_to_json(const struct run *run, size_t line)
{
    const char *path = run->config != NULL ? run->config : CONFIG_FILE_NAME;

    return json_pack("{s:{s:o}, s:{s:I, s:i, s:I, s:i}}", "artifactLocation",
                     "uri", uri_to_json(path), "region", "startLine",
                     (json_int_t) line, "startColumn", 1, "endLine",
                     (json_int_t) line, "endColumn", 1);
}

static json_t *
logical_to_json(const struct subscription *subscription)
{
    return json_pack("{s:s, s:o, s:s}", "name",
                     *subscription->name != '\0' ? subscription->name
                                                 : subscription->id,
                     "fullyQualifiedName",
                     json_sprintf("/subscriptions/%s", subscription->id),
                     "kind", "resource");
}

json_t *
report_sarif_location(const struct run *run,
                      const struct subscription *subscription, size_t line)
{
    AUTOJSON json_t *location =
        json_pack("{s:o}", "physicalLocation", physical_to_json(run, line));

    if (subscription != NULL
        && report_json_set(location, "logicalLocations",
                           json_pack("[o]", logical_to_json(subscription)))
               < 0)
        return NULL;
    return take_pointer(location);
}
