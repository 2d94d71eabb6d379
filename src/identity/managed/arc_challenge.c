/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent of Azure Arc asks for. */
#include "identity/managed/arc_challenge.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/text.h"

const char arc_challenge_folder[] = "/var/opt/azcmagent/tokens";

static int
path_refuse(const char *path, const char *folder, struct error *err)
{
    AUTOBUFFER shown = BUFFER_INIT(ARC_CHALLENGE_PATH_CEILING);

    (void) text_append_line(&shown, path, ARC_CHALLENGE_PATH_CEILING / 2);
    error_set(err, "Azure Arc wants the file '%s', which is none of its keys",
              buffer_text(&shown));
    return error_advise(err,
                        "keys are %s/NAME.key: see what answers in the "
                        "agent's place",
                        folder);
}

/* A plain name, which is that of a file in the folder itself. */
static bool
name_is_key(const char *name)
{
    static const char ending[] = ".key";
    static const char letters[] = "0123456789"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
    const size_t length = strlen(name);

    return name[0] != '.' && length > strlen(ending)
           && strspn(name, letters) == length
           && strcmp(name + length - strlen(ending), ending) == 0;
}

static bool
path_is_key(const char *path, const char *folder)
{
    const size_t length = strlen(folder);

    if (strlen(path) > ARC_CHALLENGE_PATH_CEILING
        || strncmp(path, folder, length) != 0 || path[length] != '/')
        return false;
    return name_is_key(path + length + 1);
}

/* What follows "Basic realm=", without quotes; the length is 0 where the
 * header is something else. */
static size_t
realm_find(const char *header, const char **ret_realm)
{
    static const char scheme[] = "Basic";
    static const char parameter[] = "realm=";

    if (!text_starts_with_ignoring_case(header, scheme))
        return 0;
    const char *text = header + strlen(scheme);
    const size_t blanks = strspn(text, " \t");
    text += blanks;
    if (blanks == 0 || !text_starts_with_ignoring_case(text, parameter))
        return 0;
    text += strlen(parameter);
    size_t length = strlen(text);
    text_trim(&text, &length);
    if (length > 1 && text[0] == '"' && text[length - 1] == '"') {
        text++;
        length -= 2;
    }
    *ret_realm = text;
    return length;
}

char *
arc_challenge_path(const char *header, const char *folder, struct error *err)
{
    const char *realm = NULL;
    const size_t length = header != NULL ? realm_find(header, &realm) : 0;

    if (length == 0) {
        error_set(err, "Azure Arc answered without saying where its key is");
        error_advise(err, "see what answers in the agent's place");
        return NULL;
    }
    AUTOFREE char *path = strndup(realm, length);
    if (path == NULL) {
        error_set_memory(err);
        return NULL;
    }
    if (!path_is_key(path, folder)) {
        path_refuse(path, folder, err);
        return NULL;
    }
    return take_pointer(path);
}

static void
descriptor_close(int *descriptor)
{
    if (*descriptor >= 0)
        (void) close(*descriptor);
}

/* Opened once and looked at through the descriptor: what is read is what was
 * checked. A link, a pipe or a device is not followed, waited for, read. */
static int
key_open(const char *path, struct error *err)
{
    struct stat status;

    const int descriptor =
        open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        const bool denied = errno == EACCES || errno == EPERM;
        error_set_errno(err, "%s", path);
        if (denied)
            error_advise(err, "run piket as root, or as a member of the group "
                              "himds");
        return -1;
    }
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_size > 0 && status.st_size <= ARC_CHALLENGE_KEY_CEILING)
        return descriptor;
    (void) close(descriptor);
    return error_set(err, "%s: not a regular file of 1 to %d bytes", path,
                     ARC_CHALLENGE_KEY_CEILING);
}

/* A line break could add a header. */
static bool
key_is_sane(const struct buffer *key)
{
    for (size_t i = 0; i < key->length; i++)
        if (key->data[i] < 0x20 || key->data[i] > 0x7e)
            return false;
    return key->length > 0 && !text_is_blank(key->data);
}

int
arc_challenge_answer(struct buffer *header, const char *path,
                     struct error *err)
{
    AUTOBUFFER key = BUFFER_SECRET_INIT(ARC_CHALLENGE_KEY_CEILING);
    CLEANUP(descriptor_close) int descriptor = key_open(path, err);
    char bytes[512];
    ssize_t count;

    if (descriptor < 0)
        return -1;
    while ((count = read(descriptor, bytes, sizeof(bytes))) > 0
           || (count < 0 && errno == EINTR))
        if (count > 0 && buffer_append(&key, bytes, (size_t) count) < 0)
            break;
    explicit_bzero(bytes, sizeof(bytes));
    if (count < 0)
        return error_set_errno(err, "%s", path);
    if (buffer_failed(&key) || !key_is_sane(&key))
        return error_set(err, "%s: does not hold a key", path);
    buffer_append_text(header, "Authorization: Basic ");
    buffer_append(header, key.data, key.length);
    return buffer_failed(header) ? error_set_memory(err) : 0;
}
