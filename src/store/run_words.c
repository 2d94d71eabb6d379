/* SPDX-License-Identifier: Apache-2.0 */
/* Words about runs that are columns of the database. */
#include "store/run_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"

enum { RUN_WORDS_CEILING = 1024 * 1024 };

const char *
run_words_reach(enum reach reach)
{
    const char *word = reach_name(reach);

    return word != NULL ? word : "not-applicable";
}

int
run_words_read_reach(const char *word, enum reach *ret_reach)
{
    for (int i = 0; word != NULL && i <= REACH_UNKNOWN; i++)
        if (strcmp(run_words_reach((enum reach) i), word) == 0) {
            *ret_reach = (enum reach) i;
            return 0;
        }
    return -1;
}

static int
compare_ids(const void *left, const void *right)
{
    return text_compare_ignoring_case(*(const char *const *) left,
                                      *(const char *const *) right);
}

char *
run_words_tenants(const struct run *run)
{
    AUTOBUFFER text = BUFFER_INIT(RUN_WORDS_CEILING);
    AUTOFREE const char **ids = calloc(run->tenant_count + 1, sizeof(*ids));
    size_t count = 0;

    if (ids == NULL)
        return NULL;
    for (size_t i = 0; i < run->tenant_count; i++)
        if (!run->tenants[i].delegated)
            ids[count++] = run->tenants[i].id;
    qsort(ids, count, sizeof(*ids), compare_ids);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_append_byte(&text, ' ');
        for (const char *letter = ids[i]; *letter != '\0'; letter++)
            buffer_append_byte(&text, (char) tolower((unsigned char) *letter));
    }
    if (buffer_failed(&text))
        return NULL;
    return text.length > 0 ? buffer_take(&text, NULL) : strdup("");
}
