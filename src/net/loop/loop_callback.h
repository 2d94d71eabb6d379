/* SPDX-License-Identifier: Apache-2.0 */
/* What the loop calls back. */
#ifndef PIKET_NET_LOOP_LOOP_CALLBACK_H
#define PIKET_NET_LOOP_LOOP_CALLBACK_H

/* data is what whoever waits gave. */
typedef void loop_callback(void *data);

#endif
