/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program, makes one allocation of the program's own code
 * fail: the one whose number, counted from 1, is in PIKET_FAIL_ALLOCATION. At
 * the end it writes how many there were to the file named by
 * PIKET_COUNT_ALLOCATIONS. With PIKET_FAIL_EACH it runs the program once for
 * each of them: see repeat.h.
 *
 * Allocations within libraries are left alone: jansson 2.14, popt 1.19 and
 * OpenSSL 3.0 do not all survive theirs, and nothing of ours can mend that.
 *
 * There is no pool for secrets (base/secret_pool.c): each of them is an
 * allocation like another, then.
 *
 * glibc keeps its own functions under names that a preloaded library can
 * call without asking the dynamic linker, which itself allocates. */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "repeat.h"

#define INTERPOSED __attribute__((visibility("default")))

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
int __asprintf_chk(char **target, int flag, const char *format, ...);
int __vasprintf_chk(char **target, int flag, const char *format,
                    va_list arguments);

static long own_allocations;
static long *allocations = &own_allocations;
static long failing;
static uintptr_t program_start, program_end;

/* The first object is the program itself. */
static int
note_program(struct dl_phdr_info *object, size_t size, void *data)
{
    (void) size;
    (void) data;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        if (header->p_type == PT_LOAD && (header->p_flags & PF_X) != 0) {
            program_start = object->dlpi_addr + header->p_vaddr;
            program_end = program_start + header->p_memsz;
        }
    }
    return 1;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *text = getenv("PIKET_FAIL_ALLOCATION");

    for (; text != NULL && *text >= '0' && *text <= '9'; text++)
        failing = failing * 10 + (*text - '0');
    (void) dl_iterate_phdr(note_program, NULL);
    if (getenv("PIKET_FAIL_EACH") != NULL)
        failing = repeat_begin(getenv("PIKET_FAIL_EACH"), &allocations);
}

__attribute__((destructor)) static void
write_count(void)
{
    const char *path = getenv("PIKET_COUNT_ALLOCATIONS");
    char text[32];

    if (path == NULL)
        return;
    const int length =
        snprintf(text, sizeof(text), "%ld\n",
                 __atomic_load_n(allocations, __ATOMIC_RELAXED));
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor >= 0) {
        (void) !write(descriptor, text, (size_t) length);
        (void) close(descriptor);
    }
}

static bool
fails(const void *caller)
{
    const uintptr_t address = (uintptr_t) caller;

    if (address < program_start || address >= program_end
        || __atomic_add_fetch(allocations, 1, __ATOMIC_RELAXED) != failing)
        return false;
    errno = ENOMEM;
    return true;
}

#define CALLER_FAILS() fails(__builtin_return_address(0))

INTERPOSED void *
malloc(size_t size)
{
    return CALLER_FAILS() ? NULL : __libc_malloc(size);
}

INTERPOSED void *
calloc(size_t count, size_t size)
{
    return CALLER_FAILS() ? NULL : __libc_calloc(count, size);
}

INTERPOSED void *
realloc(void *memory, size_t size)
{
    return CALLER_FAILS() ? NULL : __libc_realloc(memory, size);
}

INTERPOSED void *
reallocarray(void *memory, size_t count, size_t size)
{
    size_t total;

    if (CALLER_FAILS() || __builtin_mul_overflow(count, size, &total))
        return NULL;
    return __libc_realloc(memory, total);
}

INTERPOSED char *
strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = CALLER_FAILS() ? NULL : __libc_malloc(size);

    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

/* The program itself maps nothing else. */
INTERPOSED void *
mmap(void *start, size_t length, int rights, int flags, int file, off_t offset)
{
    const uintptr_t caller = (uintptr_t) __builtin_return_address(0);

    if (caller >= program_start && caller < program_end) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return (void *) syscall(SYS_mmap, start, length, rights, flags, file,
                            offset);
}

static int
print(char **target, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *target = length < 0 ? NULL : __libc_malloc((size_t) length + 1);
    if (*target == NULL)
        return -1;
    return vsnprintf(*target, (size_t) length + 1, format, arguments);
}

INTERPOSED int
__vasprintf_chk(char **target, int flag, const char *format, va_list arguments)
{
    (void) flag;
    return CALLER_FAILS() ? -1 : print(target, format, arguments);
}

INTERPOSED int
__asprintf_chk(char **target, int flag, const char *format, ...)
{
    va_list arguments;

    (void) flag;
    if (CALLER_FAILS())
        return -1;
    va_start(arguments, format);
    const int length = print(target, format, arguments);
    va_end(arguments);
    return length;
}
