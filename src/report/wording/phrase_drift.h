/* SPDX-License-Identifier: Apache-2.0 */
/* The words for what differs between two runs, N_: writers look them up in
 * their language. */
#ifndef PIKET_REPORT_WORDING_PHRASE_DRIFT_H
#define PIKET_REPORT_WORDING_PHRASE_DRIFT_H

#include "control/past/drift.h"

struct phrase_drift_words {
    const char *title;       /* "No longer compliant" */
    const char *explanation; /* "complied in the run before" */
};

const struct phrase_drift_words *phrase_drift_kind(enum drift_kind kind);

/* "E-mail addresses". */
const char *phrase_drift_field(enum drift_field_kind kind);

/* A value as people read it: of a switch "yes" or "no", of a level that mails
 * nothing "off", "none" for NULL. Else the value itself, which is not to be
 * looked up: ret_foreign says so. */
const char *phrase_drift_value(enum drift_field_kind kind, const char *value,
                               bool *ret_foreign);

#endif
