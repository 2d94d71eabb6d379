/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a kept run or assessment: what is accepted is written and read
 * again, and is the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "control/file/run_codec.h"
#include "report/view/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
same(const struct buffer *left, const struct buffer *right)
{
    if (buffer_failed(left) || buffer_failed(right)
        || left->length != right->length
        || strcmp(buffer_text(left), buffer_text(right)) != 0)
        abort();
}

/* Whatever was accepted can be printed. */
static void
print(const struct run *run)
{
    for (size_t i = 0; i < report_table_length; i++) {
        const struct report_view view = { .run = run, .all = true };
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        AUTOERROR err = ERROR_INIT;
        if (report_table[i].write(&view, &target, &err) < 0)
            abort();
    }
}

static void
try_run(const char *bytes, size_t length)
{
    AUTOBUFFER first = BUFFER_INIT(RUN_CODEC_CEILING);
    AUTOBUFFER second = BUFFER_INIT(RUN_CODEC_CEILING);
    AUTOERROR err = ERROR_INIT;
    struct run *run = NULL, *again = NULL;

    if (run_codec_read("run", bytes, length, &run, &err) < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    if (run_codec_write(run, &first, &err) < 0
        || run_codec_read("run", first.data, first.length, &again, &err) < 0
        || run_codec_write(again, &second, &err) < 0)
        abort();
    same(&first, &second);
    print(run);
    run_free(again);
    run_free(run);
}

static void
print_assessment(struct assessment *assessment)
{
    struct run *run = NULL;

    if (run_new(&run, 0, 0, profile_by_name("baseline-nl"), NULL) < 0)
        return;
    run->cloud = "AzureCloud";
    run->assessments = assessment;
    run->assessment_count = 1;
    if (run_judges(run, assessment))
        print(run);
    run_free(run);
}

static void
try_assessment(const char *bytes, size_t length, struct arena *arena)
{
    AUTOBUFFER first = BUFFER_INIT(RUN_CODEC_CEILING);
    AUTOBUFFER second = BUFFER_INIT(RUN_CODEC_CEILING);
    AUTOERROR err = ERROR_INIT;
    struct assessment assessment, again;

    if (run_codec_read_assessment("a", bytes, length, arena, &assessment, &err)
        < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    if (run_codec_write_assessment(&assessment, &first, &err) < 0
        || run_codec_read_assessment("a", first.data, first.length, arena,
                                     &again, &err)
               < 0
        || run_codec_write_assessment(&again, &second, &err) < 0)
        abort();
    same(&first, &second);
    print_assessment(&assessment);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();

    if (arena == NULL)
        return 0;
    try_run((const char *) bytes, length);
    try_assessment((const char *) bytes, length, arena);
    arena_free(arena);
    return 0;
}
