/* SPDX-License-Identifier: Apache-2.0 */
/* The formats of a file that holds a certificate with its key. */
#ifndef PIKET_IDENTITY_CERTIFICATE_CERTIFICATE_FORMATS_H
#define PIKET_IDENTITY_CERTIFICATE_CERTIFICATE_FORMATS_H

#include "identity/certificate/certificate_file.h"

/* Reads either format. What only OpenSSL's legacy algorithms open (RC2 and
 * single DES, as Windows long exported) is tried with them, in a library of
 * its own, so that nothing else in the process can come to use them. */
int certificate_formats_read(struct certificate_file *ret_file,
                             const struct certificate_source *source,
                             struct error *err);

#endif
