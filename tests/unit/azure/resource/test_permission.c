/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/resource/permission.h"

#include "base/cleanup.h"
#include "unit/unit.h"

#define CONTACTS "Microsoft.Security/securityContacts/"

enum { PATTERNS = 3 };

static size_t
length_of(const char *const *patterns)
{
    size_t length = 0;

    while (length < PATTERNS && patterns[length] != NULL)
        length++;
    return length;
}

/* The built-in roles are those of Microsoft's documentation. */
static void
allows_what_a_role_does(void **state)
{
    static const struct {
        const char *actions[PATTERNS], *not_actions[PATTERNS];
        bool read, write;
    } cases[] = {
        { { "*" }, { NULL }, true, true },       /* Owner */
        { { "*/read" }, { NULL }, true, false }, /* Reader */
        { { "Microsoft.Security/*/read" }, { NULL }, true, false },
        { { "Microsoft.Security/*" }, { NULL }, true, true },
        { { "*" },
          { "Microsoft.Authorization/*/Delete",
            "Microsoft.Authorization/*/Write" },
          true,
          true }, /* Contributor */
        { { NULL }, { NULL }, false, false },
        { { "" }, { NULL }, false, false },
        { { "Microsoft.Compute/*" }, { NULL }, false, false },
        { { "Microsoft.Compute/*", CONTACTS "read" }, { NULL }, true, false },
        { { CONTACTS "Read" }, { NULL }, true, false },
        { { "MICROSOFT.SECURITY/SECURITYCONTACTS/*" }, { NULL }, true, true },
        { { "Microsoft.Security/*/*" }, { NULL }, true, true },
        { { "Microsoft.*/*Contacts/r*d" }, { NULL }, true, false },
        { { "Microsoft.Security/securityContacts" }, { NULL }, false, false },
        { { "Microsoft.Security/read" }, { NULL }, false, false },
        { { CONTACTS "reader" }, { NULL }, false, false },
        { { "*" }, { "*" }, false, false },
        { { "*" }, { "microsoft.security/*" }, false, false },
        { { "*" }, { "*/write" }, true, false },
        { { "*" }, { CONTACTS "read" }, false, true },
        { { CONTACTS "*" }, { "*/delete", CONTACTS "w*" }, true, false },
        { { "*/read" }, { "Microsoft.Security/pricings/*" }, true, false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct permission permission = {
            .actions = cases[i].actions,
            .action_count = length_of(cases[i].actions),
            .not_actions = cases[i].not_actions,
            .not_action_count = length_of(cases[i].not_actions),
        };
        if (permission_allows(&permission, CONTACTS "read") != cases[i].read
            || permission_allows(&permission, CONTACTS "write")
                   != cases[i].write)
            fail_msg("case %zu", i);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allows_what_a_role_does),
    };

    return cmocka_run_group_tests_name("permission", tests, NULL, NULL);
}
