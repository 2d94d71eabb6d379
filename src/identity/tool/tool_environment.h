/* SPDX-License-Identifier: Apache-2.0 */
/* The variables that a tool gets: those that it needs to run, to find what it
 * is signed in with, and to reach Entra; no secret of another credential, and
 * nothing else that happens to be in the environment. */
#ifndef PIKET_IDENTITY_TOOL_TOOL_ENVIRONMENT_H
#define PIKET_IDENTITY_TOOL_TOOL_ENVIRONMENT_H

/* A list that ends in NULL of "NAME=value": what is set here first, then what
 * the environment has of the names that every tool gets, and of the tool's
 * own. One that ends in * stands for all that begin so. names and set end in
 * NULL; names may be NULL. The caller frees the list only, whose texts are
 * borrowed. NULL where memory runs out. */
const char **tool_environment(const char *const *names,
                              const char *const *set);

#endif
