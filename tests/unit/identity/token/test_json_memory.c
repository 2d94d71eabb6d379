/* SPDX-License-Identifier: Apache-2.0 */
/* What jansson leaves behind of a token: nothing. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/token/access_token.h"
#include "identity/token/json_memory.h"
#include "identity/token/token_response.h"
#include "unit/unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* Neither of these stands in the heap, nor is copied there by a test. */
static char answer[] = "{\"access_token\":\"eyJ0b2tlbi1tYXRlcmlhbC0xMjM0NTY3OD"
                       "kwLWFiY2RlZmdoaWprbG1ub3A\",\"expires_in\":3600,"
                       "\"token_type\":\"Bearer\"}";
/* Not the beginning, which the allocator itself overwrites. */
static const char material[] = "kwLWFiY2RlZmdoaWprbG1ub3A";

/* Reads the heap as the kernel shows it: released blocks may be read so. */
static bool
heap_holds(const char *text)
{
    static char line[512], window[1024 * 1024];
    unsigned long start = 0, end = 0;
    const size_t length = strlen(text);
    FILE *maps = fopen("/proc/self/maps", "re");

    assert_non_null(maps);
    /* stdio's own buffer is in the heap; what it holds is no secret. */
    while (fgets(line, sizeof(line), maps) != NULL)
        if (strstr(line, "[heap]") != NULL)
            (void) sscanf(line, "%lx-%lx", &start, &end);
    (void) fclose(maps);
    assert_true(end > start);
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    assert_true(memory >= 0);
    bool found = false;
    for (unsigned long at = start; at < end && !found;
         at += sizeof(window) - length) {
        const size_t left = end - at;
        const ssize_t count =
            pread(memory, window,
                  left < sizeof(window) ? left : sizeof(window), (off_t) at);
        assert_true(count > 0);
        found = memmem(window, (size_t) count, text, length) != NULL;
    }
    (void) close(memory);
    return found;
}

static void
test_nothing_stays(void **state)
{
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    if (SANITIZED)
        skip(); /* another allocator, and no [heap] */
    assert_false(heap_holds(material));
    char *control = strdup(material);
    assert_true(heap_holds(material));
    secret_release(control);
    assert_int_equal(
        token_response_parse(answer, strlen(answer), 0, &token, &err), 0);
    assert_non_null(strstr(token.value, material));
    assert_false(heap_holds(material)); /* the token lies elsewhere */
    access_token_done(&token);
    assert_false(heap_holds(material));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_stays),
    };

    json_memory_wipe();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
