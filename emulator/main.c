/* SPDX-License-Identifier: Apache-2.0 */
/* piket-emulator: a local Azure for anybody's client. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <jansson.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "entra/authority.h"
#include "entra/device_codes.h"
#include "entra/oidc_issuers.h"
#include "entra/refresh_tokens.h"
#include "estate/estate.h"
#include "fault/fault.h"
#include "front.h"
#include "json/text.h"
#include "machine/arc.h"
#include "options.h"
#include "server/certificate.h"
#include "server/request_log.h"
#include "server/server.h"
#include "server/world.h"
#include "sign_in_files.h"

enum { EXIT_CANNOT_RUN = 3, EXIT_USAGE = 64, READY_MAXIMUM = 64 * 1024 };

/* Everything that is made at start and released at the end. */
struct emulator {
    struct options options;
    struct certificate certificate;
    struct world world;
    struct server *server;
    char *directory; /* private; holds the CA's certificate */
    char *ca_file;
    struct sign_in_files sign_in_files; /* in the same directory */
};

static void
emulator_done(struct emulator *emulator)
{
    server_free(emulator->server);
    certificate_done(&emulator->certificate);
    arc_free(emulator->world.arc);
    authority_free(emulator->world.authority);
    oidc_issuers_free(emulator->world.issuers);
    device_codes_free(emulator->world.device_codes);
    refresh_tokens_free(emulator->world.refresh_tokens);
    faults_free(emulator->world.faults);
    request_log_close(emulator->world.log);
    estate_free(emulator->world.estate);
    sign_in_files_done(&emulator->sign_in_files);
    if (emulator->ca_file != NULL)
        (void) unlink(emulator->ca_file);
    if (emulator->directory != NULL)
        (void) rmdir(emulator->directory);
    free(emulator->ca_file);
    free(emulator->directory);
    options_done(&emulator->options);
}

/* As many connections as the system allows. */
static void
raise_limits(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void) setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Ends are read from a descriptor, by the server's loop. */
static void
block_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    (void) sigprocmask(SIG_BLOCK, &signals, NULL);
    (void) signal(SIGPIPE, SIG_IGN);
}

static int
make_directory(struct emulator *emulator, struct error *err)
{
    const char *parent = getenv("TMPDIR");

    if (asprintf(&emulator->directory, "%s/piket-emulator.XXXXXX",
                 parent != NULL && parent[0] != '\0' ? parent : "/tmp")
        < 0) {
        emulator->directory = NULL;
        return error_set_memory(err);
    }
    if (mkdtemp(emulator->directory) == NULL) {
        error_set_errno(err, "%s", emulator->directory);
        free(take_pointer(emulator->directory));
        return -1;
    }
    if (asprintf(&emulator->ca_file, "%s/ca.pem", emulator->directory) < 0) {
        emulator->ca_file = NULL;
        return error_set_memory(err);
    }
    return file_replace(emulator->ca_file, emulator->certificate.authority,
                        strlen(emulator->certificate.authority), 0600, err);
}

static int
load_estate(struct emulator *emulator, struct error *err)
{
    const struct options *options = &emulator->options;
    AUTOBUFFER text = BUFFER_INIT(ESTATE_FILE_MAXIMUM);

    emulator->world.estate =
        options->estate != NULL
            ? estate_read(options->estate, err)
            : estate_generate(options->generate, options->seed, err);
    if (emulator->world.estate == NULL)
        return -1;
    if (options->page_size > 0)
        emulator->world.estate->page_size = options->page_size;
    if (options->write_estate == NULL)
        return 0;
    if (estate_write(emulator->world.estate, &text) < 0)
        return error_set_memory(err);
    return file_replace(options->write_estate, buffer_text(&text), text.length,
                        0600, err);
}

static int
prepare(struct emulator *emulator, struct error *err)
{
    const struct options *options = &emulator->options;
    struct world *world = &emulator->world;

    world->latency = (int64_t) options->latency;
    world->contact_budget = options->contact_budget;
    bucket_init(&world->reads,
                options->rate_limit < 1.0 ? 1.0 : options->rate_limit,
                options->rate_limit, clock_monotonic());
    if (load_estate(emulator, err) < 0)
        return -1;
    if (options->faults != NULL
        && (world->faults = faults_read(options->faults, options->seed, err))
               == NULL)
        return -1;
    if (options->log != NULL
        && (world->log = request_log_open(options->log, err)) == NULL)
        return -1;
    world->arc = arc_new(options->arc_folder, err);
    if (world->arc == NULL)
        return -1;
    (void) random_uuid(world->identity_header);
    world->device_codes = device_codes_new(options->device_code_interval);
    world->refresh_tokens = refresh_tokens_new();
    if (world->device_codes == NULL || world->refresh_tokens == NULL)
        return error_set_memory(err);
    world->authority = authority_new(options->token_lifetime, err);
    if (world->authority == NULL
        || (world->issuers = oidc_issuers_new(err)) == NULL
        || certificate_make(&emulator->certificate, err) < 0
        || make_directory(emulator, err) < 0)
        return -1;
    return options->sign_in_files ? sign_in_files_make(
               &emulator->sign_in_files, emulator->directory, world, err)
                                  : 0;
}

static int
write_ready_file(const struct emulator *emulator, struct error *err)
{
    const struct tenant *tenant = &emulator->world.estate->tenants[0];
    const struct client *client =
        tenant->client_count > 0 ? &tenant->clients[0] : NULL;
    AUTOBUFFER text = BUFFER_INIT(READY_MAXIMUM);
    const char *url = server_url(emulator->server, PLANE_CLOUD);
    json_t *ready = json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:I}", "url", url,
        "identityUrl", server_url(emulator->server, PLANE_MACHINE), "caFile",
        emulator->ca_file, "tenantId", tenant->id, "clientId",
        client != NULL ? client->id : NULL, "clientSecret",
        client != NULL ? client->secret : NULL, "identityHeader",
        emulator->world.identity_header, "pid", (json_int_t) getpid());

    if (sign_in_files_describe(&emulator->sign_in_files, &emulator->world, url,
                               ready)
        < 0) {
        json_decref(ready);
        return error_set_memory(err);
    }
    json_text_value(&text, ready);
    if (buffer_append_text(&text, "\n") < 0)
        return error_set_memory(err);
    return file_replace(emulator->options.ready_file, buffer_text(&text),
                        text.length, 0600, err);
}

static int
run(struct emulator *emulator, struct error *err)
{
    if (prepare(emulator, err) < 0)
        return -1;
    emulator->server = server_new(
        emulator->options.listen, emulator->options.identity_listen,
        &emulator->certificate, &front_handler, &emulator->world, err);
    if (emulator->server == NULL)
        return -1;
    if (emulator->options.ready_file != NULL
        && write_ready_file(emulator, err) < 0)
        return -1;
    printf("piket-emulator: %zu subscriptions at %s, identities at %s, CA in "
           "%s\n",
           emulator->world.estate->subscription_count,
           server_url(emulator->server, PLANE_CLOUD),
           server_url(emulator->server, PLANE_MACHINE), emulator->ca_file);
    (void) fflush(stdout);
    return server_run(emulator->server, err);
}

int
main(int argc, char **argv)
{
    CLEANUP(emulator_done) struct emulator emulator = { .server = NULL };
    AUTOERROR err = ERROR_INIT;

    switch (options_parse(argc, argv, &emulator.options)) {
    case OPTIONS_DONE:
        return EXIT_SUCCESS;
    case OPTIONS_WRONG:
        return EXIT_USAGE;
    case OPTIONS_RUN:
    default:
        break;
    }
    raise_limits();
    block_signals();
    if (run(&emulator, &err) == 0)
        return EXIT_SUCCESS;
    fprintf(stderr, "piket-emulator: %s\n", error_message(&err));
    if (err.advice != NULL)
        fprintf(stderr, "piket-emulator: %s\n", err.advice);
    return EXIT_CANNOT_RUN;
}
