/* SPDX-License-Identifier: Apache-2.0 */
#include "base/process.h"

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "unit/unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void
no_core_no_debugger_no_record_of_keys(void **state)
{
    struct rlimit limit;

    (void) state;
    (void) setenv("SSLKEYLOGFILE", "/nonexistent", 1);
    process_shield();
    process_shield();
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_cur, 0);
    assert_int_equal(limit.rlim_max, 0);
    /* LeakSanitizer is a debugger of its own process. */
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), SANITIZED);
    assert_null(getenv("SSLKEYLOGFILE"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_core_no_debugger_no_record_of_keys),
    };

    return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
