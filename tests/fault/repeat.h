/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the program that this is preloaded into again and again, each time
 * with another of its allocations failing, without starting it anew: a child
 * for each, forked where main would begin. */
#ifndef PIKET_TESTS_FAULT_REPEAT_H
#define PIKET_TESTS_FAULT_REPEAT_H

/* PIKET_FAIL_EACH is "FIRST STEP LAST"; LAST may be left out, and is then the
 * number of allocations of the undisturbed run. FIRST below 1 counts from
 * LAST. Returns in each child, with the number of the allocation that is to
 * fail, 0 for the undisturbed run; the parent writes what became of each to
 * the file PIKET_FAIL_RESULTS and exits.
 *
 * A result is a line of JSON: { n, total, status, out, err, files: { NAME } },
 * where status is as a shell would tell it, and out, err and the files named
 * by PIKET_FAIL_FILES (blanks between them) are { same, text }: text is left
 * out where it is the same as in the undisturbed run, and null where there is
 * no file. The files are removed after each run.
 *
 * allocations is where the child counts; it is shared with the parent. */
long repeat_begin(const char *each, long **ret_allocations);

#endif
