/* SPDX-License-Identifier: Apache-2.0 */
/* The endpoint beside an application in App Service, Functions or Container
 * Apps, and the older one beside a compute of Azure Machine Learning. */
#ifndef EMULATOR_MACHINE_APP_SERVICE_H
#define EMULATOR_MACHINE_APP_SERVICE_H

#include "server/exchange.h"

/* GET /msi/token, api-version 2019-08-01, with the header
 * X-IDENTITY-HEADER. */
void app_service_token(struct exchange *exchange);

/* GET /machinelearning/msi/token, api-version 2017-09-01, with the header
 * secret. */
void machine_learning_token(struct exchange *exchange);

#endif
