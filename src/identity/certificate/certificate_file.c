/* SPDX-License-Identifier: Apache-2.0 */
/* The file that holds a certificate with its key. */
#include "identity/certificate/certificate_file.h"

#include "base/cleanup.h"

void
certificate_file_done(struct certificate_file *file)
{
    EVP_PKEY_free(file->key);
    sk_X509_pop_free(file->certificates, X509_free);
    *file = (struct certificate_file) CERTIFICATE_FILE_INIT;
}

int
certificate_file_refuse_password(const struct certificate_source *source,
                                 struct error *err)
{
    if (source->password == NULL) {
        error_set(err, "the key is encrypted, and there is no password");
        return error_advise(err, "set AZURE_CLIENT_CERTIFICATE_PASSWORD");
    }
    error_set(err, "the password does not open it");
    return error_advise(err, "check AZURE_CLIENT_CERTIFICATE_PASSWORD");
}

int
certificate_file_add(struct certificate_file *file, X509 *certificate,
                     struct error *err)
{
    if (file->certificates == NULL)
        file->certificates = sk_X509_new_null();
    if (sk_X509_num(file->certificates) >= CERTIFICATE_FILE_CERTIFICATES) {
        X509_free(certificate);
        return error_set(err, "it holds more than %d certificates",
                         CERTIFICATE_FILE_CERTIFICATES);
    }
    if (file->certificates == NULL
        || sk_X509_push(file->certificates, certificate) == 0) {
        X509_free(certificate);
        return error_set_memory(err);
    }
    return 0;
}
