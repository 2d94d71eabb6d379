/* SPDX-License-Identifier: Apache-2.0 */
/* Errors as Azure Resource Manager and its providers answer them. */
#include "arm/arm_error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/cleanup.h"

static void __attribute__((format(printf, 4, 0)))
answer(struct exchange *exchange, unsigned status, const char *code,
       const char *format, va_list arguments)
{
    AUTOFREE char *message = NULL;

    if (vasprintf(&message, format, arguments) < 0) {
        message = NULL;
        exchange->failed = true;
        return;
    }
    exchange_answer(exchange, status,
                    json_pack("{s:{s:s, s:s}}", "error", "code", code,
                              "message", message));
}

void
arm_refuse(struct exchange *exchange, unsigned status, const char *code,
           const char *format, ...)
{
    va_list arguments;

    exchange_add_header(exchange, "x-ms-failure-cause", "gateway");
    va_start(arguments, format);
    answer(exchange, status, code, format, arguments);
    va_end(arguments);
}

void
arm_provider_refuse(struct exchange *exchange, unsigned status,
                    const char *code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    answer(exchange, status, code, format, arguments);
    va_end(arguments);
}
