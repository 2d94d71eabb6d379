/* SPDX-License-Identifier: Apache-2.0 */
/* Assessments by consequence, worst first. */
#include "report/wording/report_group.h"

#include "base/translatable.h"

static const struct report_group_words words[REPORT_GROUP_COUNT] = {
    [REPORT_GROUP_NOBODY] = { N_("NOBODY IS MAILED"),
                              N_("switched off, no alert mail, or nobody is "
                                 "named"),
                              false },
    [REPORT_GROUP_OWNERS] = { N_("OWNERS ONLY"),
                              N_("no address is mailed; without a contact, "
                                 "owners get no alert below High"),
                              false },
    [REPORT_GROUP_UNCERTAIN] = { N_("NOT CERTAIN"),
                                 N_("not as the profile demands, and who is "
                                    "mailed is not known"),
                                 false },
    [REPORT_GROUP_DEMANDED] = { N_("NOT AS DEMANDED"),
                                N_("somebody is mailed, but not as the "
                                   "profile demands"),
                                false },
    [REPORT_GROUP_UNKNOWN] = { N_("CANNOT TELL"),
                               N_("could not be read, or not be judged"),
                               false },
    [REPORT_GROUP_MUTED] = { N_("MUTED"),
                             N_("what fails is muted in the configuration"),
                             true },
    [REPORT_GROUP_COMPLIANT] = { N_("COMPLIANT"), N_("mailed as demanded"),
                                 true },
    [REPORT_GROUP_NOT_APPLICABLE] = { N_("NOT APPLICABLE"),
                                      N_("no alert can arise in them"), true },
};

const struct report_group_words *
report_group_words(enum report_group group)
{
    return &words[group];
}

static enum report_group
group_of_non_compliant(enum reach reach)
{
    switch (reach) {
    case REACH_OWNERS:
        return REPORT_GROUP_OWNERS;
    case REACH_CONTACT:
        return REPORT_GROUP_DEMANDED;
    default:
        return REPORT_GROUP_UNCERTAIN;
    }
}

enum report_group
report_group_of(const struct assessment *assessment)
{
    if (assessment->reach == REACH_NOBODY)
        return REPORT_GROUP_NOBODY;
    switch (assessment->status) {
    case ASSESSMENT_COMPLIANT:
        return REPORT_GROUP_COMPLIANT;
    case ASSESSMENT_MUTED:
        return REPORT_GROUP_MUTED;
    case ASSESSMENT_NOT_APPLICABLE:
        return REPORT_GROUP_NOT_APPLICABLE;
    case ASSESSMENT_UNKNOWN:
        return REPORT_GROUP_UNKNOWN;
    case ASSESSMENT_NON_COMPLIANT:
        break;
    }
    return group_of_non_compliant(assessment->reach);
}

const char *
report_group_remark(const struct assessment *assessment)
{
    static const char *const remarks[] = {
        [ASSESSMENT_COMPLIANT] = N_(" (the profile passes it)"),
        [ASSESSMENT_MUTED] = N_(" (muted)"),
        [ASSESSMENT_NON_COMPLIANT] = "",
        [ASSESSMENT_UNKNOWN] = N_(" (not all of it could be judged)"),
        [ASSESSMENT_NOT_APPLICABLE] = "",
    };

    return assessment->reach == REACH_NOBODY ? remarks[assessment->status]
                                             : "";
}

size_t
report_group_next(const struct run *run, enum report_group group, size_t index)
{
    while (index < run->assessment_count
           && report_group_of(&run->assessments[index]) != group)
        index++;
    return index;
}
