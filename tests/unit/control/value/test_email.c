/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/email.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN

struct validity {
    const char *address;
    bool valid;
};

static void
assert_validity(const struct validity *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool valid;
        assert_int_equal(email_valid(cases[i].address, &valid), 0);
        if (valid != cases[i].valid)
            fail_msg("%s: expected %s", cases[i].address,
                     cases[i].valid ? "valid" : "invalid");
    }
}

static void
judges_local_parts(void **state)
{
    static const struct validity cases[] = {
        { "soc@contoso.nl", true },
        { "a.b-c+d_e@contoso.nl", true },
        { "!#$%&'*+-/=?^_`{|}~@contoso.nl", true },
        { ".soc@contoso.nl", false },
        { "soc.@contoso.nl", false },
        { "so..c@contoso.nl", false },
        { "so c@contoso.nl", false },
        { "soc,piket@contoso.nl", false },
        { "so\xc3\xa7@contoso.nl", false },
        { "soc\n@contoso.nl", false },
        { "SOC <soc@contoso.nl>", false },
        { "mailto:soc@contoso.nl", false },
        { "@contoso.nl", false },
        { "a@b@contoso.nl", false },
        { "\"so c\"@contoso.nl", true },
        { "\"a@b\"@contoso.nl", true },
        { "\"\"@contoso.nl", true },
        { "\"a\\\"b\"@contoso.nl", true },
        { "\"a\\\\\"@contoso.nl", true },
        { "\"a\\\"@contoso.nl", false },
        { "\"a\"b\"@contoso.nl", false },
        { "\"a\\\\\"b\"@contoso.nl", false },
        { "\"a@contoso.nl", false },
        { "\"@contoso.nl", false },
        { "\"a\tb\"@contoso.nl", false },
        { SIXTY "abcd@contoso.nl", true },
        { SIXTY "abcde@contoso.nl", false },
        { "", false },
        { "soc", false },
        { "n/a", false },
        { "soc@", false },
        { "soc(at)contoso.nl", false },
    };

    (void) state;
    assert_validity(cases, ARRAY_LENGTH(cases));
}

static void
judges_domains(void **state)
{
    static const struct validity cases[] = {
        { "a@CONTOSO.NL", true },
        { "a@mail.contoso.onmicrosoft.com", true },
        { "a@r3--sn.example", true },
        { "a@3com.com", true },
        { "a@contoso", false },
        { "a@contoso.", false },
        { "a@contoso.nl.", false },
        { "a@.contoso.nl", false },
        { "a@contoso..nl", false },
        { "a@-contoso.nl", false },
        { "a@contoso-.nl", false },
        { "a@con_toso.nl", false },
        { "a@con toso.nl", false },
        { "a@contoso.nl ", false },
        { "a@192.0.2.1", false },
        { "a@[192.0.2.1]", false },
        { "a@[IPv6:2001:db8::1]", false },
        { "a@" SIXTY "abc.nl", true },
        { "a@" SIXTY "abcd.nl", false },
        { "a@m\xc3\xbcnchen.de", true },
        { "a@M\xc3\x9cNCHEN.de", true },
        { "a@\xe4\xbe\x8b\xe3\x81\x88.jp", true },
        { "a@xn--mnchen-3ya.de", true },
        { "a@xn--a.de", false },
        { "a@xn--mnchen-3ya", false },
        { "a@m\xc3\xbcnchen", false },
        { "a@a\xe2\x80\xae"
          "b.de",
          false }, /* right-to-left override */
        { "a@\xf0\x9f\x92\xa9.", false },
    };

    (void) state;
    assert_validity(cases, ARRAY_LENGTH(cases));
}

/* 64 + 1 + 189 octets is the longest address there can be. */
static void
bounds_the_whole(void **state)
{
    static const char local[] = SIXTY "abcd@";
    static const char domain[] = SIXTY "." SIXTY "." SIXTY ".";
    static const struct validity cases[] = {
        { SIXTY "abcd@" SIXTY "." SIXTY "." SIXTY ".museum", true },
        { SIXTY "abcd@" SIXTY "." SIXTY "." SIXTY ".museums", false },
    };

    (void) state;
    assert_int_equal(strlen(local) + strlen(domain) + 6, 254);
    assert_validity(cases, ARRAY_LENGTH(cases));
}

/* A domain that is much too long is refused before anything is mapped. */
static void
refuses_endless_domains(void **state)
{
    AUTOFREE char *address = malloc(1000002);
    bool valid = true;

    (void) state;
    assert_non_null(address);
    memset(address, 'a', 1000001);
    memcpy(address, "a@\xc3\xbc.", 5);
    address[1000001] = '\0';
    assert_int_equal(email_valid(address, &valid), 0);
    assert_false(valid);
}

static void
matches_domains(void **state)
{
    static const struct {
        const char *address, *domain;
        bool allowed;
    } cases[] = {
        { "soc@contoso.nl", "contoso.nl", true },
        { "soc@CONTOSO.nl", "contoso.NL", true },
        { "soc@mail.contoso.nl", "contoso.nl", false },
        { "soc@mail.contoso.nl", "*.contoso.nl", true },
        { "soc@a.b.contoso.nl", "*.Contoso.nl", true },
        { "soc@contoso.nl", "*.contoso.nl", false },
        { "soc@.contoso.nl", "*.contoso.nl", false },
        { "soc@evilcontoso.nl", "*.contoso.nl", false },
        { "soc@evilcontoso.nl", "contoso.nl", false },
        { "soc@contoso.nl.evil.example", "contoso.nl", false },
        { "\"a@contoso.nl\"@evil.example", "contoso.nl", false },
        { "soc@m\xc3\xbcnchen.de", "xn--mnchen-3ya.de", true },
        { "soc@xn--mnchen-3ya.de", "M\xc3\x9cNCHEN.de", true },
        { "soc@mail.xn--mnchen-3ya.de", "*.m\xc3\xbcnchen.de", true },
        { "soc@fa\xc3\x9f.de", "xn--fa-hia.de", true },
        { "soc@fa\xc3\x9f.de", "fass.de", false },
        { "soc", "contoso.nl", false },
        { "contoso.nl", "contoso.nl", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *const domains[] = { "other.example", cases[i].domain };
        bool allowed;
        assert_int_equal(
            email_in_domains(cases[i].address, domains, 2, &allowed), 0);
        if (allowed != cases[i].allowed)
            fail_msg("%s in %s: wrong", cases[i].address, cases[i].domain);
    }
}

static void
compares_mailboxes(void **state)
{
    static const struct {
        const char *left, *right;
        bool equal;
    } cases[] = {
        { "soc@contoso.nl", "SOC@Contoso.NL", true },
        { "soc@contoso.nl", "soc@contoso.com", false },
        { "soc@contoso.nl", "soc@contoso.nl.x", false },
        { "Soc@m\xc3\xbcnchen.de", "soc@XN--mnchen-3ya.de", true },
        { "soc@m\xc3\xbcnchen.de", "sos@xn--mnchen-3ya.de", false },
        { "so@m\xc3\xbcnchen.de", "soc@xn--mnchen-3ya.de", false },
        { "soc@m\xc3\xbcnchen.de", "soc@munchen.de", false },
        { "soc", "SOC", true },
        { "soc", "soc@xn--mnchen-3ya.de", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        bool equal;
        assert_int_equal(email_equal(cases[i].left, cases[i].right, &equal),
                         0);
        if (equal != cases[i].equal)
            fail_msg("%s and %s: wrong", cases[i].left, cases[i].right);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_local_parts),
        cmocka_unit_test(judges_domains),
        cmocka_unit_test(bounds_the_whole),
        cmocka_unit_test(refuses_endless_domains),
        cmocka_unit_test(matches_domains),
        cmocka_unit_test(compares_mailboxes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
