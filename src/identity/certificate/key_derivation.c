/* SPDX-License-Identifier: Apache-2.0 */
/* How long it may take to make a key of a password. */
#include "identity/certificate/key_derivation.h"

#include <openssl/asn1t.h>
#include <stdint.h>

#include "base/cleanup.h"

static void
scheme_clear(PBE2PARAM **scheme)
{
    PBE2PARAM_free(*scheme);
}

static void
second_clear(PBKDF2PARAM **parameters)
{
    PBKDF2PARAM_free(*parameters);
}

static void
first_clear(PBEPARAM **parameters)
{
    PBEPARAM_free(*parameters);
}

static void
scrypt_clear(SCRYPT_PARAMS **parameters)
{
    SCRYPT_PARAMS_free(*parameters);
}

/* At most one more than the ceiling, so that sums and products fit. */
static int64_t
number_of(const ASN1_INTEGER *value)
{
    int64_t number = 1;

    if (value != NULL
        && (ASN1_INTEGER_get_int64(&number, value) != 1
            || number > KEY_DERIVATION_CEILING))
        return KEY_DERIVATION_CEILING + 1;
    return number > 0 ? number : 1;
}

static int
spend(int64_t number, int64_t *sum, struct error *err)
{
    *sum += number;
    if (*sum <= KEY_DERIVATION_CEILING)
        return 0;
    error_set(err, "its password is hashed more than %d times",
              KEY_DERIVATION_CEILING);
    return error_advise(err, "export it again with fewer iterations");
}

int
key_derivation_check_count(const ASN1_INTEGER *count, int64_t *sum,
                           struct error *err)
{
    return spend(number_of(count), sum, err);
}

/* What the algorithm's parameters are, as this type; NULL where they are
 * none such. */
static void *
parameters_of(const X509_ALGOR *algorithm, const ASN1_ITEM *type)
{
    const void *value = NULL;
    int kind = 0;

    X509_ALGOR_get0(NULL, &kind, &value, algorithm);
    return kind == V_ASN1_SEQUENCE ? ASN1_item_unpack(value, type) : NULL;
}

static int
check_pbkdf2(const X509_ALGOR *function, int64_t *sum, struct error *err)
{
    CLEANUP(second_clear)
    PBKDF2PARAM *parameters =
        parameters_of(function, ASN1_ITEM_rptr(PBKDF2PARAM));

    return key_derivation_check_count(
        parameters != NULL ? parameters->iter : NULL, sum, err);
}

/* OpenSSL bounds its memory, which still leaves an hour. */
static int
check_scrypt(const X509_ALGOR *function, int64_t *sum, struct error *err)
{
    CLEANUP(scrypt_clear)
    SCRYPT_PARAMS *parameters =
        parameters_of(function, ASN1_ITEM_rptr(SCRYPT_PARAMS));

    if (parameters == NULL)
        return 0;
    const int64_t rows = number_of(parameters->costParameter);
    const int64_t blocks = number_of(parameters->blockSize);
    const int64_t passes = number_of(parameters->parallelizationParameter);
    return spend(rows * blocks > KEY_DERIVATION_CEILING
                     ? rows * blocks
                     : rows * blocks * passes,
                 sum, err);
}

int
key_derivation_check(const X509_ALGOR *algorithm, int64_t *sum,
                     struct error *err)
{
    CLEANUP(scheme_clear) PBE2PARAM *scheme = NULL;
    CLEANUP(first_clear) PBEPARAM *first = NULL;
    const ASN1_OBJECT *name = NULL;

    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    if (OBJ_obj2nid(name) != NID_pbes2) {
        first = parameters_of(algorithm, ASN1_ITEM_rptr(PBEPARAM));
        return key_derivation_check_count(first != NULL ? first->iter : NULL,
                                          sum, err);
    }
    scheme = parameters_of(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
    if (scheme == NULL)
        return 0;
    X509_ALGOR_get0(&name, NULL, NULL, scheme->keyfunc);
    switch (OBJ_obj2nid(name)) {
    case NID_id_pbkdf2:
        return check_pbkdf2(scheme->keyfunc, sum, err);
    case NID_id_scrypt:
        return check_scrypt(scheme->keyfunc, sum, err);
    default:
        return 0;
    }
}
