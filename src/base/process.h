/* SPDX-License-Identifier: Apache-2.0 */
/* What others could take out of this process while it runs, or once it has
 * crashed. */
#ifndef PIKET_BASE_PROCESS_H
#define PIKET_BASE_PROCESS_H

/* Keeps in the process what it comes to know. To be called before anything
 * else, and before any library reads the environment:
 *
 * - No core is written, of this process or of what it starts: the limit says
 *   so where cores are files. Where the kernel hands cores to a program, as
 *   to systemd-coredump, it ignores the limit.
 * - The process is not dumpable: no core at all; and nobody but root attaches
 *   a debugger, or reads its memory and environment in /proc (ptrace(2),
 *   PR_SET_DUMPABLE). A program that it starts is dumpable again. Builds with
 *   a sanitizer leave this out: LeakSanitizer is a debugger of its own
 *   process.
 * - SSLKEYLOGFILE is unset: libcurl would write the keys of its connections
 *   there, which open what was recorded of them. */
void process_shield(void);

#endif
