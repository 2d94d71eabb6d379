/* SPDX-License-Identifier: Apache-2.0 */
/* Judges the way to Azure: addresses, proxy, certificates, answers, time. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "engine/examination.h"
#include "http/ca_file.h"
#include "http/proxy.h"
#include "http/url.h"

enum {
    /* Entra and ARM allow for five minutes; a minute is more than any
     * machine that keeps time is off. */
    CLOCK_WARN = 60 * 1000,
    CLOCK_FAIL = 5 * 60 * 1000,
};

void
examine_cloud(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const struct session *session = evidence->session;
    struct diagnosis_line *line;

    if (session == NULL) {
        line = diagnosis_conclude(diagnosis, DIAGNOSIS_CLOUD, DIAGNOSIS_FAIL,
                                  DIAGNOSIS_REASON_CLOUD_UNUSABLE);
        diagnosis_add_text(diagnosis, line, "error",
                           error_message(&evidence->session_error));
        diagnosis_add_text(diagnosis, line, "advice",
                           evidence->session_error.advice);
        return;
    }
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_CLOUD, DIAGNOSIS_PASS,
                              DIAGNOSIS_REASON_CLOUD);
    diagnosis_add_text(diagnosis, line, "cloud",
                       evidence->options->session->cloud->name);
    diagnosis_add_text(diagnosis, line, "endpoint", session_endpoint(session));
    diagnosis_add_text(diagnosis, line, "authority",
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
examine_proxy(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const char *endpoint = session_endpoint(evidence->session);
    AUTOFREE char *proxy = proxy_address(endpoint);
    const char *exempted = exempted_hosts();
    enum diagnosis_reason reason = DIAGNOSIS_REASON_PROXY_SET;

    if (proxy == NULL)
        reason = DIAGNOSIS_REASON_PROXY_NONE;
    else if (url_is_loopback(endpoint))
        reason = DIAGNOSIS_REASON_PROXY_LOOPBACK;
    else if (exempted != NULL)
        reason = DIAGNOSIS_REASON_PROXY_EXEMPTED;
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_PROXY, DIAGNOSIS_PASS, reason);
    diagnosis_add_text(diagnosis, line, "proxy", proxy);
    if (reason == DIAGNOSIS_REASON_PROXY_LOOPBACK)
        diagnosis_add_text(diagnosis, line, "endpoint", endpoint);
    if (reason == DIAGNOSIS_REASON_PROXY_EXEMPTED)
        diagnosis_add_text(diagnosis, line, "exempted", exempted);
}

void
examine_ca_file(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const char *origin;
    const char *file =
        ca_file_choose(evidence->options->session->ca_file, &origin);
    struct diagnosis_line *line;

    if (file == NULL) {
        diagnosis_conclude(diagnosis, DIAGNOSIS_CA_FILE, DIAGNOSIS_FAIL,
                           DIAGNOSIS_REASON_CA_FILE_NONE);
        return;
    }
    const char *why = NULL;
    const bool readable = ca_file_check(file, &why);
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_CA_FILE,
                              readable ? DIAGNOSIS_PASS : DIAGNOSIS_FAIL,
                              readable ? DIAGNOSIS_REASON_CA_FILE
                                       : DIAGNOSIS_REASON_CA_FILE_UNREADABLE);
    diagnosis_add_text(diagnosis, line, "file", file);
    diagnosis_add_text(diagnosis, line, "origin", origin);
    if (!readable)
        diagnosis_add_text(diagnosis, line, "error", why);
}

static enum diagnosis_reason
reason_of(const struct probe *probe)
{
    switch (probe->answer) {
    case PROBE_ANSWER_EXPECTED:
        return DIAGNOSIS_REASON_REACHED;
    case PROBE_ANSWER_FOREIGN:
        return DIAGNOSIS_REASON_FOREIGN;
    case PROBE_ANSWER_BUSY:
        return DIAGNOSIS_REASON_BUSY;
    case PROBE_ANSWER_NO_TENANT:
        return DIAGNOSIS_REASON_TENANT_UNKNOWN;
    case PROBE_ANSWER_NONE:
        break;
    }
    switch (probe->failure) {
    case HTTP_FAILURE_RESOLVE:
        return DIAGNOSIS_REASON_NAME_UNKNOWN;
    case HTTP_FAILURE_CONNECT:
        return DIAGNOSIS_REASON_NOT_CONNECTED;
    case HTTP_FAILURE_TLS:
        return DIAGNOSIS_REASON_TLS_FAILED;
    case HTTP_FAILURE_TIMEOUT:
        return DIAGNOSIS_REASON_TIMED_OUT;
    default:
        return DIAGNOSIS_REASON_BROKEN;
    }
}

static struct diagnosis_line *
conclude_probe(struct diagnosis *diagnosis,
               enum diagnosis_examination examination,
               const struct probe *probe, enum diagnosis_status failure)
{
    const bool reached = probe->answer == PROBE_ANSWER_EXPECTED;
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, examination, reached ? DIAGNOSIS_PASS : failure,
        reason_of(probe));

    diagnosis_add_text(diagnosis, line, "host", probe->host);
    if (probe->status != 0)
        diagnosis_add_number(line, "httpStatus", probe->status);
    if (reached && probe->milliseconds >= 0)
        diagnosis_add_number(line, "milliseconds", probe->milliseconds);
    if (!reached) {
        diagnosis_add_text(diagnosis, line, "error",
                           error_message(&probe->error));
        diagnosis_add_text(diagnosis, line, "advice", probe->error.advice);
    }
    return line;
}

/* ARM that is only busy now may not be in a minute. */
void
examine_arm_endpoint(const struct evidence *evidence,
                     struct diagnosis *diagnosis)
{
    conclude_probe(diagnosis, DIAGNOSIS_ARM_ENDPOINT, &evidence->arm,
                   evidence->arm.answer == PROBE_ANSWER_BUSY ? DIAGNOSIS_WARN
                                                             : DIAGNOSIS_FAIL);
}

/* Where a token came all the same, az fetched it, or it was given. */
void
examine_authority(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const bool needless = session_credential(evidence->session) != NULL
                          || evidence->authority.answer == PROBE_ANSWER_BUSY;
    struct diagnosis_line *line =
        conclude_probe(diagnosis, DIAGNOSIS_AUTHORITY, &evidence->authority,
                       needless ? DIAGNOSIS_WARN : DIAGNOSIS_FAIL);

    if (evidence->authority.answer == PROBE_ANSWER_NO_TENANT)
        diagnosis_add_text(diagnosis, line, "tenant",
                           evidence->authority_tenant);
}

void
examine_clock(const struct evidence *evidence, struct diagnosis *diagnosis)
{
    const int64_t skew = evidence->arm.skew;
    const int64_t distance = skew < 0 ? -skew : skew;

    if (!evidence->arm.dated) {
        diagnosis_conclude(diagnosis, DIAGNOSIS_CLOCK, DIAGNOSIS_WARN,
                           DIAGNOSIS_REASON_CLOCK_UNTOLD);
        return;
    }
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_CLOCK,
                           distance >= CLOCK_FAIL   ? DIAGNOSIS_FAIL
                           : distance >= CLOCK_WARN ? DIAGNOSIS_WARN
                                                    : DIAGNOSIS_PASS,
                           distance < CLOCK_WARN ? DIAGNOSIS_REASON_CLOCK_RIGHT
                           : skew > 0            ? DIAGNOSIS_REASON_CLOCK_AHEAD
                                      : DIAGNOSIS_REASON_CLOCK_BEHIND);
    diagnosis_add_number(line, "seconds", (distance + 999) / 1000);
}
