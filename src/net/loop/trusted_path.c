/* SPDX-License-Identifier: Apache-2.0 */
/* What nobody else can have put in place. */
#include "net/loop/trusted_path.h"

#include <errno.h>
#include <fcntl.h>

#include "base/cleanup.h"
#include "base/place.h"

int
trusted_path_check(const char *path, struct error *err)
{
    AUTOPLACE place = PLACE_INIT;
    AUTOCLOSE int descriptor = -1;

    if (place_find(&place, path, PLACE_READ) < 0
        || (descriptor = place_open(&place, O_PATH, 0)) < 0)
        return error_set_errno(err, "look at %s", path);
    place_judge(&place, descriptor, path);
    if (place.doubt.message == NULL && place.shared) {
        error_set(&place.doubt, "others can put files beside %s", path);
        error_advise(&place.doubt, "use a folder in which only you can write");
    }
    if (place.doubt.message == NULL)
        return 0;
    error_set(err, "%s: %s", path, error_message(&place.doubt));
    return error_advise(err, "%s, or use another credential",
                        place.doubt.advice);
}
