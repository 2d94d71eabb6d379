/* SPDX-License-Identifier: Apache-2.0 */
/* What the log of a pipeline takes for a command to its agent. Whoever names a
 * subscription could set variables, mask words or end a job with it, so none
 * stands in what is printed:
 *
 *   ##vso[ and ##[      anywhere in a line: Azure Pipelines' agent
 *                       (microsoft/azure-pipelines-agent, Command.cs); the
 *                       second also GitHub's (actions/runner,
 *                       ActionCommand.cs)
 *   ##teamcity[         TeamCity's service messages
 *   ::                  GitHub's, where only blanks stand before it in a line
 *   --- and +++ and ~~~ Buildkite's, where nothing does
 *
 * A command is broken behind its first character; letters count without
 * their case, as not every agent looks at it. */
#ifndef PIKET_BASE_LOGGING_COMMAND_H
#define PIKET_BASE_LOGGING_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* How the second character of a command is written. */
enum logging_command_escape {
    LOGGING_COMMAND_BLANK,     /* a blank stands in front: where there is no
                                  way to write the same text otherwise */
    LOGGING_COMMAND_DOCUMENT,  /* \u0023, in a document of JSON */
    LOGGING_COMMAND_TEXT,      /* the same, between quotes that are somebody
                                  else's: JSON, YAML, Terraform */
    LOGGING_COMMAND_BICEP,     /* \u{23} */
    LOGGING_COMMAND_REFERENCE, /* &#35;, in XML and HTML */
};

/* Before what a command could be, how much of a line there is. */
enum logging_command_place {
    LOGGING_COMMAND_BEGIN,  /* nothing */
    LOGGING_COMMAND_BLANKS, /* blanks, or what a terminal does not show */
    LOGGING_COMMAND_WITHIN,
};

enum { LOGGING_COMMAND_LENGTH = sizeof("##teamcity[") };

/* Passes bytes on to target, in as many parts as they come. The first stands
 * at the beginning of a line, for all that is known. */
struct logging_command {
    struct buffer *target; /* borrowed; keeps what fails */
    enum logging_command_escape escape;
    enum logging_command_place place;
    uint32_t letter; /* as far as it has come, in front of a command */
    bool control;    /* within a control sequence of a terminal */
    char held[LOGGING_COMMAND_LENGTH]; /* may yet become a command */
    size_t held_length;
};

#define LOGGING_COMMAND_INIT(target_, escape_)   \
    {                                            \
        .target = (target_), .escape = (escape_) \
    }

/* Each returns 0, or -1 where target failed. What may yet become a command is
 * held back; at the end it is escaped, as more of others' text may follow,
 * unless a blank is all that could. */
int logging_command_append(struct logging_command *filter, const char *bytes,
                           size_t length);
int logging_command_end(struct logging_command *filter);

/* Both at once, for a whole text. */
int logging_command_break(struct buffer *target, const char *text,
                          enum logging_command_escape escape);

#endif
