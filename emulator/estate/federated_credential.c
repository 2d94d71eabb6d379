/* SPDX-License-Identifier: Apache-2.0 */
/* Whose tokens an application takes in the place of its secret. */
#include "estate/federated_credential.h"

static const char exchange[] = "api://AzureADTokenExchange";

/* Issuers and subjects as AKS, GitHub and Azure DevOps write them. */
const struct federated_credential federated_credentials[FEDERATED_ISSUERS] = {
    [FEDERATED_CLUSTER] = { "https://westeurope.oic.prod-aks.azure.com/"
                            "7c0ffee0-0000-4000-8000-00000000abcd/"
                            "a45c1057-0000-4000-8000-00000000abcd/",
                            "system:serviceaccount:beveiliging:piket",
                            exchange },
    [FEDERATED_GITHUB] = { "https://token.actions.githubusercontent.com",
                           "repo:contoso/piket-runs:ref:refs/heads/main",
                           exchange },
    [FEDERATED_PIPELINES] = { "https://vstoken.dev.azure.com/"
                              "de0450b5-0000-4000-8000-00000000abcd",
                              "sc://contoso/Beveiliging/piket-audit",
                              exchange },
};
