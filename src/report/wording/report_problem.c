/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a run from having seen everything. */
#include "report/wording/report_problem.h"

#include "report/view/report.h"

/* Hands over, and counts. */
struct taking {
    report_problem_taker *take;
    void *data;
    size_t count;
};

static int
give(struct taking *taking, const char *sentence)
{
    taking->count++;
    return taking->take(sentence, taking->data);
}

static int
give_tenant(struct taking *taking, const struct run_tenant *tenant)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (tenant->error == NULL)
        return 0;
    buffer_printf(&sentence, "tenant %s could not be read: %s",
                  *tenant->id != '\0' ? tenant->id : "(not known)",
                  tenant->error);
    if (buffer_failed(&sentence))
        return -1;
    return give(taking, buffer_text(&sentence));
}

int
report_problem_each(const struct run *run, report_problem_taker *take,
                    void *data)
{
    struct taking taking = { take, data, 0 };

    for (size_t i = 0; i < run->tenant_count; i++)
        if (give_tenant(&taking, &run->tenants[i]) < 0)
            return -1;
    for (size_t i = 0; i < run->error_count; i++)
        if (give(&taking, run->errors[i]) < 0)
            return -1;
    if (run->interrupted
        && give(&taking, "interrupted: what had not been read is unknown") < 0)
        return -1;
    if (!run->complete && taking.count == 0
        && give(&taking, "the list of subscriptions broke off") < 0)
        return -1;
    if (run->assessment_count == 0
        && give(&taking, "no subscription was checked") < 0)
        return -1;
    return 0;
}

static int
append(const char *sentence, void *data)
{
    struct buffer *target = data;

    buffer_append_text(target, target->length > 0 ? "; " : "");
    return buffer_append_text(target, sentence);
}

int
report_problem_append(const struct run *run, struct buffer *target)
{
    AUTOBUFFER sentences = BUFFER_INIT(REPORT_CEILING);

    if (report_problem_each(run, append, &sentences) < 0)
        sentences.failed = true;
    return buffer_append_buffer(target, &sentences);
}
