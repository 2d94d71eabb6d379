/* SPDX-License-Identifier: Apache-2.0 */
/* Judges the configuration, and the store that it goes with. */
#include "engine/examination.h"

void
examine_configuration(const struct evidence *evidence,
                      struct diagnosis *diagnosis)
{
    const struct diagnose_options *options = evidence->options;
    struct diagnosis_line *line;

    if (options->config_error != NULL) {
        line =
            diagnosis_conclude(diagnosis, DIAGNOSIS_CONFIGURATION,
                               DIAGNOSIS_FAIL, DIAGNOSIS_REASON_CONFIG_BROKEN);
        diagnosis_add_text(diagnosis, line, "error",
                           error_message(options->config_error));
        diagnosis_add_text(diagnosis, line, "advice",
                           options->config_error->advice);
        return;
    }
    line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_CONFIGURATION, DIAGNOSIS_PASS,
        options->config_path != NULL ? DIAGNOSIS_REASON_CONFIG_VALID
                                     : DIAGNOSIS_REASON_CONFIG_NONE);
    diagnosis_add_text(diagnosis, line, "file", options->config_path);
    diagnosis_add_text(diagnosis, line, "origin",
                       options->config_path != NULL ? options->config_origin
                                                    : NULL);
    diagnosis_add_text(diagnosis, line, "profile", options->profile);
}

void
examine_desired_contact(const struct evidence *evidence,
                        struct diagnosis *diagnosis)
{
    const struct diagnose_options *options = evidence->options;
    const struct config_texts *emails = &options->config->contact.emails;
    struct diagnosis_line *line;

    if (emails->count == 0) {
        diagnosis_conclude(diagnosis, DIAGNOSIS_DESIRED_CONTACT,
                           DIAGNOSIS_WARN,
                           DIAGNOSIS_REASON_CONTACT_NOT_DESIRED);
        return;
    }
    line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_DESIRED_CONTACT,
                           DIAGNOSIS_PASS, DIAGNOSIS_REASON_CONTACT_DESIRED);
    diagnosis_add_text(diagnosis, line, "file", options->config_path);
    diagnosis_add_texts(diagnosis, line, "emails", emails->items,
                        emails->count);
}

/* A default store that cannot be used keeps no check from its work. */
static void
conclude_unusable(const struct diagnose_store *store,
                  struct diagnosis *diagnosis)
{
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_STORE,
                           store->named ? DIAGNOSIS_FAIL : DIAGNOSIS_WARN,
                           DIAGNOSIS_REASON_STORE_UNUSABLE);

    diagnosis_add_text(diagnosis, line, "error", error_message(store->error));
    diagnosis_add_text(diagnosis, line, "advice", store->error->advice);
}

void
examine_store(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const struct diagnose_store *store = evidence->options->store;

    if (store->error != NULL) {
        conclude_unusable(store, diagnosis);
        return;
    }
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_STORE,
        store->unfinished > 0 ? DIAGNOSIS_WARN : DIAGNOSIS_PASS,
        store->path == NULL     ? DIAGNOSIS_REASON_STORE_OFF
        : !store->exists        ? DIAGNOSIS_REASON_STORE_ABSENT
        : store->unfinished > 0 ? DIAGNOSIS_REASON_STORE_UNFINISHED
                                : DIAGNOSIS_REASON_STORE_USABLE);
    diagnosis_add_text(diagnosis, line, "file", store->path);
    if (store->unfinished > 0)
        diagnosis_add_number(line, "changes", (int64_t) store->unfinished);
}
