/* SPDX-License-Identifier: Apache-2.0 */
/* Judges the way to Azure: addresses, proxy, certificates, answers, time. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "engine/doctor/doctor_check.h"
#include "net/http/ca_file.h"
#include "net/http/limits.h"
#include "net/http/proxy.h"
#include "net/http/url.h"

enum {
    /* Entra and ARM allow for five minutes; a minute is more than any
     * machine that keeps time is off. */
    CLOCK_WARN = 60 * 1000,
    CLOCK_FAIL = 5 * 60 * 1000,
};

void
doctor_check_cloud(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const struct session *session = facts->session;
    struct doctor_report_line *line;

    if (session == NULL) {
        line = doctor_report_conclude(report, DOCTOR_REPORT_CLOUD,
                                      DOCTOR_REPORT_FAIL,
                                      DOCTOR_REASON_CLOUD_UNUSABLE);
        doctor_report_add_text(report, line, "error",
                               error_message(&facts->session_error));
        doctor_report_add_text(report, line, "advice",
                               facts->session_error.advice);
        return;
    }
    line = doctor_report_conclude(report, DOCTOR_REPORT_CLOUD,
                                  DOCTOR_REPORT_PASS, DOCTOR_REASON_CLOUD);
    doctor_report_add_text(report, line, "cloud",
                           facts->options->session->cloud->name);
    doctor_report_add_text(report, line, "endpoint",
                           session_endpoint(session));
    doctor_report_add_text(report, line, "authority",
                           session_authority(session));
}

/* As libcurl reads it: in lower case first. */
static const char *
exempted_hosts(void)
{
    const char *value = getenv("no_proxy");

    if (value == NULL)
        value = getenv("NO_PROXY");
    return value != NULL && *value != '\0' ? value : NULL;
}

void
doctor_check_proxy(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const char *endpoint = session_endpoint(facts->session);
    AUTOFREE char *proxy = proxy_address(endpoint);
    const char *exempted = exempted_hosts();
    enum doctor_reason reason = DOCTOR_REASON_PROXY_SET;

    if (proxy == NULL)
        reason = DOCTOR_REASON_PROXY_NONE;
    else if (url_is_loopback(endpoint))
        reason = DOCTOR_REASON_PROXY_LOOPBACK;
    else if (exempted != NULL)
        reason = DOCTOR_REASON_PROXY_EXEMPTED;
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_PROXY, DOCTOR_REPORT_PASS, reason);
    doctor_report_add_text(report, line, "proxy", proxy);
    if (reason == DOCTOR_REASON_PROXY_LOOPBACK)
        doctor_report_add_text(report, line, "endpoint", endpoint);
    if (reason == DOCTOR_REASON_PROXY_EXEMPTED)
        doctor_report_add_text(report, line, "exempted", exempted);
}

void
doctor_check_ca_file(const struct doctor_facts *facts,
                     struct doctor_report *report)
{
    const char *origin;
    const char *file =
        ca_file_choose(facts->options->session->ca_file, &origin);
    struct doctor_report_line *line;

    if (file == NULL) {
        doctor_report_conclude(report, DOCTOR_REPORT_CA_FILE,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_CA_FILE_NONE);
        return;
    }
    const char *why = NULL;
    const bool readable = ca_file_check(file, &why);
    line = doctor_report_conclude(
        report, DOCTOR_REPORT_CA_FILE,
        readable ? DOCTOR_REPORT_PASS : DOCTOR_REPORT_FAIL,
        readable ? DOCTOR_REASON_CA_FILE : DOCTOR_REASON_CA_FILE_UNREADABLE);
    doctor_report_add_text(report, line, "file", file);
    doctor_report_add_text(report, line, "origin", origin);
    if (!readable)
        doctor_report_add_text(report, line, "error", why);
}

static enum doctor_reason
reason_of(const struct endpoint_test *endpoint_test)
{
    switch (endpoint_test->answer) {
    case ENDPOINT_TEST_ANSWER_EXPECTED:
        return DOCTOR_REASON_REACHED;
    case ENDPOINT_TEST_ANSWER_FOREIGN:
        return DOCTOR_REASON_FOREIGN;
    case ENDPOINT_TEST_ANSWER_BUSY:
        return DOCTOR_REASON_BUSY;
    case ENDPOINT_TEST_ANSWER_NO_TENANT:
        return DOCTOR_REASON_TENANT_UNKNOWN;
    case ENDPOINT_TEST_ANSWER_NONE:
        break;
    }
    switch (endpoint_test->failure) {
    case HTTP_FAILURE_RESOLVE:
        return DOCTOR_REASON_NAME_UNKNOWN;
    case HTTP_FAILURE_CONNECT:
        return DOCTOR_REASON_NOT_CONNECTED;
    case HTTP_FAILURE_TLS:
        return DOCTOR_REASON_TLS_FAILED;
    case HTTP_FAILURE_TIMEOUT:
        return DOCTOR_REASON_TIMED_OUT;
    default:
        return DOCTOR_REASON_BROKEN;
    }
}

static struct doctor_report_line *
conclude_probe(struct doctor_report *report,
               enum doctor_report_examination doctor_check,
               const struct endpoint_test *endpoint_test,
               enum doctor_report_status failure)
{
    const bool reached =
        endpoint_test->answer == ENDPOINT_TEST_ANSWER_EXPECTED;
    struct doctor_report_line *line = doctor_report_conclude(
        report, doctor_check, reached ? DOCTOR_REPORT_PASS : failure,
        reason_of(endpoint_test));

    doctor_report_add_text(report, line, "host", endpoint_test->host);
    if (endpoint_test->status != 0)
        doctor_report_add_number(line, "httpStatus", endpoint_test->status);
    if (reached && endpoint_test->milliseconds >= 0)
        doctor_report_add_number(line, "milliseconds",
                                 endpoint_test->milliseconds);
    if (!reached) {
        doctor_report_add_text(report, line, "error",
                               error_message(&endpoint_test->error));
        doctor_report_add_text(report, line, "advice",
                               endpoint_test->error.advice);
    }
    return line;
}

/* ARM that is only busy now may not be in a minute. */
void
doctor_check_arm_endpoint(const struct doctor_facts *facts,
                          struct doctor_report *report)
{
    conclude_probe(report, DOCTOR_REPORT_ARM_ENDPOINT, &facts->arm,
                   facts->arm.answer == ENDPOINT_TEST_ANSWER_BUSY
                       ? DOCTOR_REPORT_WARN
                       : DOCTOR_REPORT_FAIL);
}

/* Where a token came all the same, az fetched it, or it was given. */
void
doctor_check_authority(const struct doctor_facts *facts,
                       struct doctor_report *report)
{
    const bool needless =
        session_credential(facts->session) != NULL
        || facts->authority.answer == ENDPOINT_TEST_ANSWER_BUSY;
    struct doctor_report_line *line =
        conclude_probe(report, DOCTOR_REPORT_AUTHORITY, &facts->authority,
                       needless ? DOCTOR_REPORT_WARN : DOCTOR_REPORT_FAIL);

    if (facts->authority.answer == ENDPOINT_TEST_ANSWER_NO_TENANT)
        doctor_report_add_text(report, line, "tenant",
                               facts->authority_tenant);
}

void
doctor_check_clock(const struct doctor_facts *facts,
                   struct doctor_report *report)
{
    const int64_t skew = facts->arm.skew;
    const int64_t distance = skew < 0 ? -skew : skew;

    if (!facts->arm.dated) {
        doctor_report_conclude(report, DOCTOR_REPORT_CLOCK, DOCTOR_REPORT_WARN,
                               DOCTOR_REASON_CLOCK_UNTOLD);
        return;
    }
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_CLOCK,
        distance >= CLOCK_FAIL   ? DOCTOR_REPORT_FAIL
        : distance >= CLOCK_WARN ? DOCTOR_REPORT_WARN
                                 : DOCTOR_REPORT_PASS,
        distance < CLOCK_WARN ? DOCTOR_REASON_CLOCK_RIGHT
        : skew > 0            ? DOCTOR_REASON_CLOCK_AHEAD
                              : DOCTOR_REASON_CLOCK_BEHIND);
    doctor_report_add_number(line, "seconds", (distance + 999) / 1000);
}
