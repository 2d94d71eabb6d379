/* SPDX-License-Identifier: Apache-2.0 */
/* What to do about a subscription. */
#include "report/wording/recommendation.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"
#include "report/view/report.h"

/* The sentences so far, each with its terminator. */
static bool
is_among(const struct buffer *given, const char *sentence)
{
    const char *end = buffer_text(given) + given->length;

    for (const char *next = buffer_text(given); next < end;
         next += strlen(next) + 1)
        if (strcmp(next, sentence) == 0)
            return true;
    return false;
}

static int
give_once(struct buffer *given, const char *sentence,
          recommendation_taker *take, void *data)
{
    if (*sentence == '\0' || is_among(given, sentence))
        return 0;
    if (buffer_append(given, sentence, strlen(sentence) + 1) < 0)
        return -1;
    return take(sentence, data);
}

int
recommendation_each(const struct assessment *assessment,
                    const struct language *language,
                    recommendation_taker *take, void *data)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER given = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        buffer_clear(&sentence);
        if (phrase_recommendation(&assessment->findings[i], language,
                                  &sentence)
                < 0
            || give_once(&given, buffer_text(&sentence), take, data) < 0)
            return -1;
    }
    if (assessment->reading.kind != CONTACT_READING_FAILED)
        return 0;
    const struct phrase_error *row =
        phrase_error_of(assessment->reading.error);
    if (row == NULL || row->advice == NULL)
        return 0;
    return give_once(&given, language_text(language, row->advice), take, data);
}
