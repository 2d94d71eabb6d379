/* SPDX-License-Identifier: Apache-2.0 */
/* Azure Resource Manager: one endpoint, asked with one tenant's tokens. */
#ifndef PIKET_AZURE_ARM_ARM_H
#define PIKET_AZURE_ARM_ARM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "azure/arm/arm_error.h"
#include "azure/arm/arm_resource.h"
#include "base/error.h"
#include "base/json_size.h"
#include "net/http/http_client.h"

struct arm;

struct arm_options {
    struct loop *loop;    /* borrowed; outlives the arm */
    const char *endpoint; /* https origin, no slash at its end; copied */
    unsigned concurrency;
    int64_t try_timeout;       /* milliseconds */
    const char *ca_file;       /* or NULL */
    http_authorize *authorize; /* as in http_client_options */
    http_rejected *rejected;   /* or NULL */
    /* Told what authorize returned for each answer that ARM gave because it
     * took the token; or NULL. */
    void (*accepted)(unsigned authorization, void *data);
    void *data;
};

int arm_new(struct arm **ret_arm, const struct arm_options *options,
            struct error *err);

/* Ends what is under way as ARM_CODE_INTERRUPTED. NULL is allowed. */
void arm_free(struct arm *arm);

/* Asks permit, with data, before each try of a request that is no GET, see
 * http_permit; NULL: no more. What it refuses is ARM_CODE_WITHHELD. */
void arm_set_permit(struct arm *arm, http_permit *permit, void *data);

/* The client beneath: for http_client_authorized, _cancel, _statistics. */
struct http_client *arm_client(struct arm *arm);

/* An answer counts only where it belongs to its request: by how it came (see
 * http_response), or by the ids in it; and it must hold no id of something
 * else. What does not is asked for again on another connection, and is an
 * error of the code ARM_CODE_FOREIGN in the end.
 *
 * document is the JSON of a success, borrowed; error is NULL then. Otherwise
 * document is NULL, and error, borrowed too, says why. */
typedef void arm_done(const json_t *document, const struct arm_error *error,
                      void *data);

/* GETs a path that begins with a slash and carries its api-version. done is
 * called exactly once, from loop_run. */
int arm_get(struct arm *arm, const char *path, arm_done *done, void *data,
            struct error *err);

struct arm_request {
    const char *method; /* "PUT" */
    const char *path;   /* as for arm_get; or NULL, and a url */
    const char *url;    /* whole, of the endpoint's scheme, host and port,
                           which the caller has checked: the token goes there;
                           or NULL, and a path */
    const char *body;   /* JSON; or NULL for none */
    struct arm_subject subject; /* what the answer must be about. Without a
                                   resource it is path. Its name outlives the
                                   request */
    bool once; /* as in http_request: a lost answer stays lost */
    const struct json_size *ceiling; /* of the answer's JSON; lives as long as
                                        the program. NULL: arm_json_ceiling */
};

/* Everything is borrowed for the call in which it is passed. A GET succeeds
 * with a 200 that holds JSON alone; all else with 200, 201, 202 or 204,
 * whatever stands in it. */
struct arm_answer {
    int status;             /* 0 where none came */
    const json_t *document; /* of a success, where it is JSON; else NULL */
    const char *bytes;      /* the body as it came, of a failure, too; never
                               NULL */
    size_t length;
    const char *request_id; /* x-ms-request-id, not yet safe for a terminal;
                               or NULL */
    const struct arm_error *error; /* NULL for a success */
};

typedef void arm_take_answer(const struct arm_answer *answer, void *data);

/* Sends any request. answered is called exactly once, from loop_run. */
int arm_send(struct arm *arm, const struct arm_request *request,
             arm_take_answer *answered, void *data, struct error *err);

/* The loop in which all this happens. Borrowed. */
struct loop *arm_loop(const struct arm *arm);

/* Borrowed. */
const char *arm_endpoint(const struct arm *arm);

#endif
