/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program again and again, from where main would begin. */
#include "repeat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    REPEAT_FILES = 16,
    REPEAT_SECONDS = 60, /* for one run; what takes longer hangs */
};

/* What one run wrote; NULL where there is no such file. */
struct text {
    char *bytes;
    size_t length;
};

struct result {
    int status;
    struct text texts[2 + REPEAT_FILES]; /* stdout, stderr, the files */
};

static const char *names[REPEAT_FILES];
static size_t name_count;
static long *allocations; /* of the child, shared */
static FILE *results;

static void
give_up(const char *what)
{
    perror(what);
    _exit(125);
}

static struct text
read_text(int descriptor)
{
    struct stat status;
    struct text text = { NULL, 0 };

    if (descriptor < 0)
        return text;
    if (fstat(descriptor, &status) < 0)
        give_up("fstat");
    text.length = (size_t) status.st_size;
    text.bytes = malloc(text.length + 1);
    if (text.bytes == NULL
        || pread(descriptor, text.bytes, text.length, 0)
               != (ssize_t) text.length)
        give_up("read");
    return text;
}

static void
write_string(const struct text *text)
{
    (void) fputc('"', results);
    for (size_t i = 0; i < text->length; i++) {
        const unsigned char byte = (unsigned char) text->bytes[i];
        if (byte == '"' || byte == '\\')
            (void) fprintf(results, "\\%c", byte);
        else if (byte < 0x20)
            (void) fprintf(results, "\\u%04x", byte);
        else
            (void) fputc(byte, results);
    }
    (void) fputc('"', results);
}

static void
write_text(const char *name, const struct text *text,
           const struct text *undisturbed)
{
    const bool same =
        undisturbed != NULL && text->length == undisturbed->length
        && (text->bytes == NULL) == (undisturbed->bytes == NULL)
        && (text->bytes == NULL
            || memcmp(text->bytes, undisturbed->bytes, text->length) == 0);

    (void) fprintf(results, "\"%s\":{\"same\":%s", name,
                   same ? "true" : "false");
    if (!same) {
        (void) fputs(",\"text\":", results);
        if (text->bytes == NULL)
            (void) fputs("null", results);
        else
            write_string(text);
    }
    (void) fputc('}', results);
}

static void
write_result(long number, long total, const struct result *result,
             const struct result *undisturbed)
{
    (void) fprintf(results, "{\"n\":%ld,\"total\":%ld,\"status\":%d,", number,
                   total, result->status);
    for (size_t i = 0; i < 2 + name_count; i++) {
        const char *name = i == 0 ? "out" : i == 1 ? "err" : names[i - 2];
        (void) fputs(i == 0 ? "" : i == 2 ? ",\"files\":{" : ",", results);
        write_text(name, &result->texts[i],
                   undisturbed != NULL ? &undisturbed->texts[i] : NULL);
    }
    (void) fputs(name_count > 0 ? "}}\n" : "}\n", results);
}

/* Takes what the run has left behind. */
static void
collect(struct result *result, const int outputs[2])
{
    for (size_t i = 0; i < 2; i++) {
        result->texts[i] = read_text(outputs[i]);
        (void) close(outputs[i]);
    }
    for (size_t i = 0; i < name_count; i++) {
        const int descriptor = open(names[i], O_RDONLY | O_CLOEXEC);
        result->texts[2 + i] = read_text(descriptor);
        if (descriptor >= 0)
            (void) close(descriptor);
        (void) unlink(names[i]);
    }
}

/* Runs once. Returns whether this is the child. */
static bool
run(struct result *ret_result)
{
    int outputs[2], status;

    *allocations = 0;
    for (size_t i = 0; i < 2; i++)
        if ((outputs[i] = memfd_create("output", MFD_CLOEXEC)) < 0)
            give_up("memfd_create");
    (void) fflush(results);
    const pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        (void) dup2(outputs[0], STDOUT_FILENO);
        (void) dup2(outputs[1], STDERR_FILENO);
        (void) alarm(REPEAT_SECONDS);
        /* What it starts is not repeated. */
        (void) unsetenv("PIKET_FAIL_EACH");
        return true;
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            give_up("waitpid");
    ret_result->status =
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    collect(ret_result, outputs);
    return false;
}

static void
release(struct result *result)
{
    for (size_t i = 0; i < 2 + name_count; i++)
        free(result->texts[i].bytes);
}

static void
prepare(void)
{
    const char *path = getenv("PIKET_FAIL_RESULTS");
    char *files = getenv("PIKET_FAIL_FILES");

    results = fopen(path, "we");
    if (results == NULL)
        give_up(path);
    for (char *name = files != NULL ? strtok(files, " ") : NULL;
         name != NULL && name_count < REPEAT_FILES; name = strtok(NULL, " "))
        names[name_count++] = name;
    allocations = mmap(NULL, sizeof(*allocations), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (allocations == MAP_FAILED)
        give_up("mmap");
}

long
repeat_begin(const char *each, long **ret_allocations)
{
    struct result undisturbed, result;
    long first = 1, step = 1, last = 0;

    (void) sscanf(each, "%ld %ld %ld", &first, &step, &last);
    prepare();
    *ret_allocations = allocations;
    if (run(&undisturbed))
        return 0;
    const long total = *allocations;
    write_result(0, total, &undisturbed, NULL);
    if (last == 0)
        last = total;
    for (long n = first < 1 ? last + first : first; n <= last; n += step) {
        if (run(&result))
            return n;
        write_result(n, total, &result, &undisturbed);
        release(&result);
    }
    (void) fclose(results);
    _exit(0);
}
