/* SPDX-License-Identifier: Apache-2.0 */
/* Judges the configuration, and the store that it goes with. */
#include "engine/doctor/doctor_check.h"

void
doctor_check_configuration(const struct doctor_facts *facts,
                           struct doctor_report *report)
{
    const struct doctor_options *options = facts->options;
    struct doctor_report_line *line;

    if (options->config_error != NULL) {
        line = doctor_report_conclude(report, DOCTOR_REPORT_CONFIGURATION,
                                      DOCTOR_REPORT_FAIL,
                                      DOCTOR_REASON_CONFIG_BROKEN);
        doctor_report_add_text(report, line, "error",
                               error_message(options->config_error));
        doctor_report_add_text(report, line, "advice",
                               options->config_error->advice);
        return;
    }
    line = doctor_report_conclude(
        report, DOCTOR_REPORT_CONFIGURATION, DOCTOR_REPORT_PASS,
        options->config_path != NULL ? DOCTOR_REASON_CONFIG_VALID
                                     : DOCTOR_REASON_CONFIG_NONE);
    doctor_report_add_text(report, line, "file", options->config_path);
    doctor_report_add_text(
        report, line, "origin",
        options->config_path != NULL ? options->config_origin : NULL);
    doctor_report_add_text(report, line, "profile", options->profile);
}

void
doctor_check_desired_contact(const struct doctor_facts *facts,
                             struct doctor_report *report)
{
    const struct doctor_options *options = facts->options;
    const struct config_texts *emails = &options->config->contact.emails;
    struct doctor_report_line *line;

    if (emails->count == 0) {
        doctor_report_conclude(report, DOCTOR_REPORT_DESIRED_CONTACT,
                               DOCTOR_REPORT_WARN,
                               DOCTOR_REASON_CONTACT_NOT_DESIRED);
        return;
    }
    line = doctor_report_conclude(report, DOCTOR_REPORT_DESIRED_CONTACT,
                                  DOCTOR_REPORT_PASS,
                                  DOCTOR_REASON_CONTACT_DESIRED);
    doctor_report_add_text(report, line, "file", options->config_path);
    doctor_report_add_texts(report, line, "emails", emails->items,
                            emails->count);
}

/* A default store that cannot be used keeps no check from its work. */
static void
conclude_unusable(const struct doctor_store *store,
                  struct doctor_report *report)
{
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_STORE,
        store->named ? DOCTOR_REPORT_FAIL : DOCTOR_REPORT_WARN,
        DOCTOR_REASON_STORE_UNUSABLE);

    doctor_report_add_text(report, line, "error", error_message(store->error));
    doctor_report_add_text(report, line, "advice", store->error->advice);
}

void
doctor_check_store(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const struct doctor_store *store = facts->options->store;

    if (store->error != NULL) {
        conclude_unusable(store, report);
        return;
    }
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_STORE,
        store->unfinished > 0 ? DOCTOR_REPORT_WARN : DOCTOR_REPORT_PASS,
        store->path == NULL     ? DOCTOR_REASON_STORE_OFF
        : !store->exists        ? DOCTOR_REASON_STORE_ABSENT
        : store->unfinished > 0 ? DOCTOR_REASON_STORE_UNFINISHED
                                : DOCTOR_REASON_STORE_USABLE);
    doctor_report_add_text(report, line, "file", store->path);
    if (store->unfinished > 0)
        doctor_report_add_number(line, "changes", (int64_t) store->unfinished);
}
