/* SPDX-License-Identifier: Apache-2.0 */
/* The frameworks, one row each, and how to find them. */
#include "control/requirement/framework.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "base/translatable.h"

#define CIS_TITLE "CIS Microsoft Azure Foundations Benchmark"
#define CIS_PUBLISHER "Center for Internet Security"

const struct framework framework_table[] = {
    { "cis-1.1", CIS_TITLE, "1.1.0", CIS_PUBLISHER },
    { "cis-1.2", CIS_TITLE, "1.2.0", CIS_PUBLISHER },
    { "cis-1.3", CIS_TITLE, "1.3.0", CIS_PUBLISHER },
    { "cis-1.4", CIS_TITLE, "1.4.0", CIS_PUBLISHER },
    { "cis-1.5", CIS_TITLE, "1.5.0", CIS_PUBLISHER },
    { "cis-2.0", CIS_TITLE, "2.0.0", CIS_PUBLISHER },
    { "cis-2.1", CIS_TITLE, "2.1.0", CIS_PUBLISHER },
    { "cis-3.0", CIS_TITLE, "3.0.0", CIS_PUBLISHER },
    { "cis-4.0", CIS_TITLE, "4.0.0", CIS_PUBLISHER },
    { "cis-5.0", CIS_TITLE, "5.0.0", CIS_PUBLISHER },
    { "cis-6.0", CIS_TITLE, "6.0.0", CIS_PUBLISHER },
    { "bio-1.04", "BIO, Baseline Informatiebeveiliging Overheid", "1.04",
      N_("Dutch government") },
    { "bio-cloud", "BIO thema-uitwerking Clouddiensten", "2.1",
      "Centrum Informatiebeveiliging en Privacybescherming" },
    { "bio2", "BIO2, Baseline Informatiebeveiliging Overheid", "1.2",
      N_("Dutch government") },
    { "iso-27001-2022", "ISO/IEC 27001:2022", N_("edition 3"),
      N_("ISO and IEC") },
    { "iso-27002-2022", "ISO/IEC 27002:2022", N_("edition 3"),
      N_("ISO and IEC") },
    { "nis2", N_("NIS2 Directive"), "(EU) 2022/2555", N_("European Union") },
    { "nis2-2024-2690", N_("NIS2 Implementing Regulation"), "(EU) 2024/2690",
      N_("European Union") },
    { "gdpr", N_("General Data Protection Regulation"), "(EU) 2016/679",
      N_("European Union") },
    { "nist-800-53-r5", "NIST SP 800-53", N_("revision 5"),
      "National Institute of Standards and Technology" },
    { "nist-800-171-r2", "NIST SP 800-171", N_("revision 2"),
      "National Institute of Standards and Technology" },
    { "cmmc-2-l2", "Cybersecurity Maturity Model Certification",
      N_("2.0 level 2"), N_("United States Department of Defense") },
    { "fedramp", "FedRAMP", N_("High and Moderate"),
      N_("United States General Services Administration") },
    { "nist-csf-2.0", "NIST Cybersecurity Framework", "2.0",
      "National Institute of Standards and Technology" },
    { "soc-2", "SOC 2 Trust Services Criteria", "2017", "AICPA" },
    { "pci-dss-4.0.1", "PCI Data Security Standard", "4.0.1",
      "PCI Security Standards Council" },
    { "mcsb", "Microsoft Cloud Security Benchmark", N_("1 and 2"),
      "Microsoft" },
    { "dora", "Digital Operational Resilience Act", "(EU) 2022/2554",
      N_("European Union") },
    { "cis-controls-8.1", "CIS Critical Security Controls", "8.1",
      CIS_PUBLISHER },
    { "csa-ccm-4", "Cloud Controls Matrix", "4.0.12",
      "Cloud Security Alliance" },
    { "ens", "Esquema Nacional de Seguridad", "RD 311/2022",
      N_("Spanish government") },
};

const size_t framework_table_length = ARRAY_LENGTH(framework_table);

const struct framework *
framework_by_id(const char *id)
{
    for (size_t i = 0; i < ARRAY_LENGTH(framework_table); i++)
        if (text_equal_ignoring_case(framework_table[i].id, id))
            return &framework_table[i];
    return NULL;
}

const char *
framework_nearest(const char *word)
{
    const char *ids[ARRAY_LENGTH(framework_table)];

    for (size_t i = 0; i < ARRAY_LENGTH(framework_table); i++)
        ids[i] = framework_table[i].id;
    return text_nearest(word, ids, ARRAY_LENGTH(ids));
}

size_t
framework_control_next(const struct framework *framework, size_t index)
{
    while (index < framework_control_table_length
           && strcmp(framework_control_table[index].framework, framework->id)
                  != 0)
        index++;
    return index;
}

bool
framework_control_names(const struct framework_control *control,
                        const struct requirement *requirement)
{
    for (size_t i = 0; control->requirements[i] != NULL; i++)
        if (strcmp(control->requirements[i], requirement->id) == 0)
            return true;
    return false;
}

const char *
framework_strength_name(enum framework_strength strength)
{
    return strength == FRAMEWORK_DIRECT ? "direct" : "related";
}
