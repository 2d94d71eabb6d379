/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in the place of values. */
#include "control/mask/pseudonym.h"

#include <search.h>
#include <string.h>

#include "base/cleanup.h"

/* A balanced tree: keys that somebody chose cannot slow it down, as they
 * could a hash table. */
struct pseudonym {
    const char *key;
    const char *text;
};

static const struct {
    const char *head, *tail;
    int width;                 /* of the number, filled with 0 */
    enum pseudonym_kind space; /* whose values are told apart */
} kinds[PSEUDONYM_KIND_COUNT] = {
    [PSEUDONYM_SUBSCRIPTION] = { "", "-0000-0000-0000-000000000000", 8,
                                 PSEUDONYM_ID },
    [PSEUDONYM_TENANT] = { "", "-0000-0000-0001-000000000000", 8,
                           PSEUDONYM_ID },
    [PSEUDONYM_ID] = { "", "-0000-0000-0002-000000000000", 8, PSEUDONYM_ID },
    [PSEUDONYM_ADDRESS] = { "address-", "@masked.invalid", 1,
                            PSEUDONYM_ADDRESS },
    [PSEUDONYM_PHONE] = { "phone-", "", 1, PSEUDONYM_PHONE },
    [PSEUDONYM_DOMAIN] = { "domain-", ".invalid", 1, PSEUDONYM_DOMAIN },
    [PSEUDONYM_TENANT_NAME] = { "tenant-", "", 1, PSEUDONYM_TENANT_NAME },
    [PSEUDONYM_IDENTITY] = { "identity-", "", 1, PSEUDONYM_IDENTITY },
};

struct pseudonym_tables {
    struct arena *arena;
    void *trees[PSEUDONYM_KIND_COUNT];    /* by space */
    size_t numbers[PSEUDONYM_KIND_COUNT]; /* the last of each kind */
};

struct pseudonym_tables *
pseudonym_tables_new(struct arena *arena)
{
    struct pseudonym_tables *tables = arena_allocate(arena, sizeof(*tables));

    if (tables != NULL)
        tables->arena = arena;
    return tables;
}

/* The entries lie in the arena. */
static void
leave(void *entry)
{
    (void) entry;
}

void
pseudonym_tables_free(struct pseudonym_tables *tables)
{
    if (tables == NULL)
        return;
    for (size_t i = 0; i < PSEUDONYM_KIND_COUNT; i++)
        tdestroy(tables->trees[i], leave);
}

static int
compare(const void *left, const void *right)
{
    return strcmp(((const struct pseudonym *) left)->key,
                  ((const struct pseudonym *) right)->key);
}

/* What makes two ways of writing a value one. */
static char *
key_of(enum pseudonym_kind space, const char *value, size_t length)
{
    char *key = strndup(value, length);
    size_t kept = 0;

    if (key == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        const char letter = key[i];
        if (space == PSEUDONYM_PHONE && strchr(" .-()", letter) != NULL)
            continue;
        key[kept++] = letter >= 'A' && letter <= 'Z'
                          ? (char) (letter - 'A' + 'a')
                          : letter;
    }
    key[kept] = '\0';
    return key;
}

const char *
pseudonym_of(struct pseudonym_tables *tables, enum pseudonym_kind kind,
             const char *value, size_t length)
{
    const enum pseudonym_kind space = kinds[kind].space;
    struct pseudonym *entry;

    if (length == 0)
        return "";
    AUTOFREE char *key = key_of(space, value, length);
    if (key == NULL)
        return NULL;
    const struct pseudonym wanted = { .key = key };
    /* A node of the tree begins with the pointer that was put into it. */
    struct pseudonym *const *found =
        tfind(&wanted, &tables->trees[space], compare);
    if (found != NULL)
        return (*found)->text;
    entry = arena_allocate(tables->arena, sizeof(*entry));
    if (entry == NULL)
        return NULL;
    entry->key = arena_copy(tables->arena, key);
    entry->text = arena_printf(tables->arena, "%s%0*zu%s", kinds[kind].head,
                               kinds[kind].width, tables->numbers[kind] + 1,
                               kinds[kind].tail);
    if (entry->key == NULL || entry->text == NULL
        || tsearch(entry, &tables->trees[space], compare) == NULL)
        return NULL;
    tables->numbers[kind]++;
    return entry->text;
}
