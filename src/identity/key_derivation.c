/* SPDX-License-Identifier: Apache-2.0 */
/* How long it may take to make a key of a password. */
#include "identity/key_derivation.h"

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

int
key_derivation_check_count(const ASN1_INTEGER *count, struct error *err)
{
    int64_t number = 1;

    if (count != NULL && ASN1_INTEGER_get_int64(&number, count) != 1)
        number = INT64_MAX; /* more than that */
    if (number <= KEY_DERIVATION_CEILING)
        return 0;
    error_set(err, "its password is hashed more than %d times",
              KEY_DERIVATION_CEILING);
    return error_advise(err, "export it again with fewer iterations");
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

int
key_derivation_check(const X509_ALGOR *algorithm, struct error *err)
{
    CLEANUP(scheme_clear) PBE2PARAM *scheme = NULL;
    CLEANUP(second_clear) PBKDF2PARAM *second = NULL;
    CLEANUP(first_clear) PBEPARAM *first = NULL;
    const ASN1_OBJECT *name = NULL;

    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    if (OBJ_obj2nid(name) != NID_pbes2) {
        first = parameters_of(algorithm, ASN1_ITEM_rptr(PBEPARAM));
        return key_derivation_check_count(first != NULL ? first->iter : NULL,
                                          err);
    }
    scheme = parameters_of(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
    if (scheme == NULL)
        return 0;
    X509_ALGOR_get0(&name, NULL, NULL, scheme->keyfunc);
    if (OBJ_obj2nid(name) != NID_id_pbkdf2)
        return 0;
    second = parameters_of(scheme->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM));
    return key_derivation_check_count(second != NULL ? second->iter : NULL,
                                      err);
}
