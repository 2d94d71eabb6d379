/* SPDX-License-Identifier: Apache-2.0 */
/* Why a change did not come about. */
#include "engine/apply/change_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"

static const struct contact_error no_memory = { 0, CHANGE_CODE_INTERNAL,
                                                "out of memory", NULL };

const struct contact_error *
change_error_copy(struct arena *arena, const struct contact_error *error)
{
    struct contact_error *copy = arena_allocate(arena, sizeof(*copy));

    if (copy == NULL)
        return &no_memory;
    copy->http_status = error->http_status;
    copy->code = arena_copy(arena, error->code);
    copy->message = arena_copy(arena, error->message);
    copy->request_id = arena_copy(arena, error->request_id);
    return copy->code != NULL && copy->message != NULL ? copy : &no_memory;
}

const struct contact_error *
change_error_from_arm(struct arena *arena, const struct arm_error *error)
{
    const struct contact_error borrowed = { error->http_status, error->code,
                                            error->message,
                                            error->request_id };

    return change_error_copy(arena, &borrowed);
}

const struct contact_error *
change_error_make(struct arena *arena, const char *code, const char *format,
                  ...)
{
    AUTOFREE char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    if (vasprintf(&message, format, arguments) < 0)
        message = NULL;
    va_end(arguments);
    if (message == NULL)
        return &no_memory;
    const struct contact_error borrowed = { 0, code, message, NULL };
    return change_error_copy(arena, &borrowed);
}
