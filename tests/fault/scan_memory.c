/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program, looks at its end for secrets that were left in
 * its memory: in the heap, released or not, in its data and on its stack.
 *
 * PIKET_SCAN_FOR holds what is looked for, in hexadecimal, separated by
 * commas; in that form it does not find itself. A line for each place goes to
 * the file named by PIKET_SCAN_REPORT. The environment, which holds some
 * secrets to begin with, is left out, unless PIKET_SCAN_ENVIRONMENT is set.
 *
 * Nothing here allocates or copies what it compares. */
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAPS_MAXIMUM = 256 * 1024, NEEDLES_MAXIMUM = 16 };

/* What is looked for, still in hexadecimal. */
struct needle {
    const char *digits;
    size_t length; /* in bytes */
};

static struct needle needles[NEEDLES_MAXIMUM];
static size_t needle_count;
static uintptr_t environment_start, environment_end;
static char maps[MAPS_MAXIMUM];
static int report = -1;

static unsigned
digit(char letter)
{
    return letter <= '9' ? (unsigned) (letter - '0')
                         : (unsigned) (letter - 'a' + 10);
}

/* A byte of the needle exists only in a register. */
static bool
matches(const struct needle *needle, const volatile unsigned char *place)
{
    for (size_t i = 0; i < needle->length; i++)
        if (place[i]
            != (digit(needle->digits[2 * i]) << 4
                | digit(needle->digits[2 * i + 1])))
            return false;
    return true;
}

static void
needles_read(const char *text)
{
    while (*text != '\0' && needle_count < NEEDLES_MAXIMUM) {
        const size_t length = strcspn(text, ",");
        needles[needle_count++] = (struct needle){ text, length / 2 };
        text += length + (text[length] == ',');
    }
}

/* The kernel puts all texts of the environment behind one another. */
static void
environment_find(void)
{
    if (getenv("PIKET_SCAN_ENVIRONMENT") != NULL)
        return;
    for (char **next = environ; *next != NULL; next++) {
        const uintptr_t start = (uintptr_t) *next;
        const uintptr_t end = start + strlen(*next);
        if (environment_start == 0 || start < environment_start)
            environment_start = start;
        if (end > environment_end)
            environment_end = end;
    }
}

static void
found(size_t number, uintptr_t address, const char *name)
{
    if (address >= environment_start && address < environment_end)
        return;
    (void) dprintf(report, "%zu at %#lx in %s\n", number,
                   (unsigned long) address, name);
}

static void
range_scan(uintptr_t start, uintptr_t end, const char *name)
{
    for (size_t i = 0; i < needle_count; i++) {
        const struct needle *needle = &needles[i];
        if (needle->length == 0)
            continue;
        for (uintptr_t at = start; at + needle->length <= end; at++)
            if (matches(needle, (const volatile unsigned char *) at))
                found(i, at, name);
    }
}

static bool
maps_read(void)
{
    const int descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    ssize_t count = 0;

    while (
        descriptor >= 0 && length < sizeof(maps) - 1
        && (count = read(descriptor, maps + length, sizeof(maps) - 1 - length))
               > 0)
        length += (size_t) count;
    maps[length] = '\0';
    if (descriptor >= 0)
        (void) close(descriptor);
    return count == 0 && length > 0;
}

/* What can be written: libraries' constants hold no secret. */
static void
maps_scan(void)
{
    char *rest = maps;
    char *line;

    while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
        unsigned long start, end;
        char rights[5];
        int name = 0;
        if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &start, &end, rights,
                   &name)
                == 3
            && strncmp(rights, "rw", 2) == 0)
            range_scan(start, end,
                       name > 0 && line[name] != '\0' ? line + name : "?");
    }
}

__attribute__((destructor)) static void
scan(void)
{
    const char *wanted = getenv("PIKET_SCAN_FOR");
    const char *path = getenv("PIKET_SCAN_REPORT");

    if (wanted == NULL || path == NULL)
        return;
    report = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (report < 0)
        return;
    needles_read(wanted);
    environment_find();
    if (maps_read())
        maps_scan();
    (void) dprintf(report, "looked for %zu\n", needle_count);
    (void) close(report);
}
