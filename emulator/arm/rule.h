/* SPDX-License-Identifier: Apache-2.0 */
/* What a request needs to pass. */
#ifndef EMULATOR_ARM_RULE_H
#define EMULATOR_ARM_RULE_H

enum arm_scope {
    ARM_OPEN,         /* no token needed */
    ARM_TENANT,       /* a token of any tenant of the estate */
    ARM_SUBSCRIPTION, /* the first parameter is a subscription's id, and its
                         being there is enough */
    ARM_PROVIDER      /* the same, with the caller's role in it */
};

enum arm_operation { ARM_READ, ARM_WRITE, ARM_DELETE, ARM_ACTION };

struct arm_rule {
    enum arm_scope scope;
    enum arm_operation operation;
    const char *const *versions; /* ends with NULL */
    const char *type;            /* of a provider, such as securityContacts;
                                    NULL is ARM itself */
    const char *action;          /* of the role that is needed */
};

#endif
