/* SPDX-License-Identifier: Apache-2.0 */
/* What is explained: one thing, or the control as a whole. */
#ifndef PIKET_REPORT_EXPLAIN_EXPLAIN_TOPIC_H
#define PIKET_REPORT_EXPLAIN_EXPLAIN_TOPIC_H

#include "base/error.h"
#include "control/requirement/framework.h"
#include "control/requirement/profile.h"
#include "control/requirement/requirement.h"
#include "report/language/language.h"

/* All members NULL: the control as a whole. Some profiles are named after
 * the framework that they judge: then both are set, else one. */
struct explain_topic {
    const struct requirement *requirement;
    const struct profile *profile;
    const struct framework *framework;
};

/* What a word names, in any letter case. Returns 0, or -1 with an error, in
 * the language, that advises the nearest word. */
int explain_topic_by_word(const char *word, const struct language *language,
                          struct explain_topic *ret_topic, struct error *err);

#endif
