/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the security contact of a subscription. */
#include "azure/contact/contact_writer.h"

#include <stdio.h>
#include <stdlib.h>

#include "azure/contact/contact_refusal.h"
#include "base/cleanup.h"

/* One request under way. */
struct write {
    contact_writer_done *done;
    void *data;
};

static void
put_finished(const struct arm_answer *answer, void *data)
{
    const struct write write = *(struct write *) data;

    free(data);
    write.done(answer->error, answer->request_id, write.data);
}

static void
delete_finished(const struct arm_answer *answer, void *data)
{
    const struct write write = *(struct write *) data;
    const bool absent =
        answer->error != NULL && contact_refusal_means_absent(answer->error);

    free(data);
    write.done(absent ? NULL : answer->error, answer->request_id, write.data);
}

static int
send_once(struct arm *arm, const struct arm_request *request,
          arm_take_answer *answered, const struct write *wanted,
          struct error *err)
{
    struct write *write = calloc(1, sizeof(*write));

    if (write == NULL)
        return error_set_memory(err);
    *write = *wanted;
    if (arm_send(arm, request, answered, write, err) < 0) {
        free(write);
        return -1;
    }
    return 0;
}

/* The caller frees it. Through 2017-08-01-preview a contact of several
 * addresses is several resources. */
static int
make_path(const char *subscription_id, enum contact_version version,
          char **ret_path, struct error *err)
{
    if (version == CONTACT_VERSION_2017_08_01)
        return error_set(err, "nothing is written in %s",
                         contact_version_name(version));
    if (asprintf(ret_path,
                 "/subscriptions/%s/providers/Microsoft.Security/"
                 "securityContacts/default?api-version=%s",
                 subscription_id, contact_version_name(version))
        < 0) {
        *ret_path = NULL;
        return error_set_memory(err);
    }
    return 0;
}

int
contact_writer_put(struct arm *arm, const char *subscription_id,
                   enum contact_version version, const char *body,
                   contact_writer_done *done, void *data, struct error *err)
{
    const struct write write = { done, data };
    AUTOFREE char *path = NULL;

    if (make_path(subscription_id, version, &path, err) < 0)
        return -1;
    const struct arm_request request = {
        .method = "PUT", .path = path, .body = body, .once = true
    };
    return send_once(arm, &request, put_finished, &write, err);
}

int
contact_writer_delete(struct arm *arm, const char *subscription_id,
                      enum contact_version version, contact_writer_done *done,
                      void *data, struct error *err)
{
    const struct write write = { done, data };
    AUTOFREE char *path = NULL;

    if (make_path(subscription_id, version, &path, err) < 0)
        return -1;
    const struct arm_request request = { .method = "DELETE",
                                         .path = path,
                                         .once = true };
    return send_once(arm, &request, delete_finished, &write, err);
}
