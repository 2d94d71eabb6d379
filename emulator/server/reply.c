/* SPDX-License-Identifier: Apache-2.0 */
/* Answers on their way out. */
#include "server/reply.h"

#include <string.h>
#include <sys/socket.h>

/* An answer that is read piecemeal, because it ends before its length. */
static ssize_t
read_part(void *data, uint64_t position, char *target, size_t size)
{
    const struct exchange *exchange = data;
    const struct buffer *body = &exchange->answer.body;
    const bool cut = exchange->answer.ending == ENDING_CUT;
    const size_t end = cut ? body->length / 2 : body->length;

    if (position >= end)
        return cut ? MHD_CONTENT_READER_END_WITH_ERROR
                   : MHD_CONTENT_READER_END_OF_STREAM;
    if (size > end - position)
        size = end - position;
    memcpy(target, body->data + position, size);
    return (ssize_t) size;
}

static struct MHD_Response *
make_response(struct exchange *exchange)
{
    struct answer *answer = &exchange->answer;
    size_t length;

    if (answer->ending == ENDING_WHOLE) {
        char *bytes = buffer_take(&answer->body, &length);
        if (bytes == NULL)
            return NULL;
        return MHD_create_response_from_buffer(length, bytes,
                                               MHD_RESPMEM_MUST_FREE);
    }
    const uint64_t announced =
        answer->ending == ENDING_CUT ? answer->body.length : MHD_SIZE_UNKNOWN;
    struct MHD_Response *response = MHD_create_response_from_callback(
        announced, 16 * 1024, read_part, exchange, NULL);
    if (response != NULL && answer->ending == ENDING_UNMARKED)
        MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT,
                                 MHD_RO_END);
    return response;
}

/* The peer sees "connection reset" instead of an end. */
static void
prepare_reset(struct MHD_Connection *connection)
{
    const struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (info != NULL)
        (void) setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &linger,
                          sizeof(linger));
}

enum MHD_Result
reply_send(struct exchange *exchange, struct MHD_Connection *connection)
{
    const struct answer *answer = &exchange->answer;

    if (answer->reset)
        prepare_reset(connection);
    if (exchange->failed || answer->ending == ENDING_NEVER)
        return MHD_NO;
    struct MHD_Response *response = make_response(exchange);
    if (response == NULL)
        return MHD_NO;
    enum MHD_Result result = MHD_YES;
    if (answer->content_type != NULL)
        result = MHD_add_response_header(response, "Content-Type",
                                         answer->content_type);
    for (size_t i = 0; result == MHD_YES && i < answer->header_count; i++)
        result = MHD_add_response_header(response, answer->headers[i].name,
                                         answer->headers[i].value);
    if (result == MHD_YES)
        result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}
