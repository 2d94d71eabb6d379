/* SPDX-License-Identifier: Apache-2.0 */
/* The controls of the frameworks that these requirements show.
 *
 * Each block names its sources: Microsoft's own mapping (Azure/azure-policy,
 * built-in-policies/policySetDefinitions: the groupNames of the three
 * policies on e-mail, severity and owners), Prowler's compliance files
 * (prowler/compliance, and its folder azure), the Steampipe mod for Azure
 * compliance, the benchmarks' finding files in ScoutSuite, and the texts of
 * the laws. What nobody maps is not here; what somebody maps and is left out
 * all the same, docs/frameworks.md names.
 *
 * Baseline Veilige Cloud maps one whole control, with e-mail, phone, severity
 * and owners, to every framework that it cites. Where somebody else maps the
 * same article, too, the row has that one's requirements; only bio-1.04
 * stands on the Baseline alone, and has them all. */
#include "control/requirement/framework.h"

#include "base/cleanup.h"
#include "base/translatable.h"

/* The settings that the mappings speak of, each with the conditions without
 * which it has no effect: that the contact is enabled, and for an address also
 * that there is a contact and that every address is valid. No mapping asks for
 * an enabled contact or a valid address by name. */
#define EMAIL \
    "contact-configured", "contact-enabled", "email-configured", "email-valid"
#define ENABLED "contact-enabled"
#define ALERTS "alerts-notified"
#define OWNERS "owner-notified"
#define PHONE "phone-configured"
#define ATTACK_PATHS "attack-paths-notified"

/* Both mark their title for the catalogues, see po/extract.sh. */
#define DIRECT(framework, number, title, source, ...)       \
    {                                                       \
        framework, number, title, FRAMEWORK_DIRECT, source, \
        {                                                   \
            __VA_ARGS__                                     \
        }                                                   \
    }
#define RELATED(framework, number, title, source, ...)       \
    {                                                        \
        framework, number, title, FRAMEWORK_RELATED, source, \
        {                                                    \
            __VA_ARGS__                                      \
        }                                                    \
    }

/* One version of the CIS benchmark: its titles differ between versions, its
 * subjects do not. */
#define CIS_EMAIL(framework, number, source)                                 \
    DIRECT(framework, number, "An additional e-mail address is set", source, \
           EMAIL)
#define CIS_HIGH(framework, number, source)                                 \
    DIRECT(framework, number, "Alerts are mailed, the severity being High", \
           source, ENABLED, ALERTS)
#define CIS_ANY(framework, number, source)                                    \
    DIRECT(framework, number, "Alerts are mailed from some severity upwards", \
           source, ENABLED, ALERTS)
#define CIS_OWNERS(framework, number, source)                                 \
    DIRECT(framework, number, "Users with the role Owner are mailed", source, \
           ENABLED, OWNERS)
#define CIS_PATHS(framework, number, source)                                  \
    DIRECT(framework, number,                                                 \
           "Attack paths are mailed from some risk upwards", source, ENABLED, \
           ATTACK_PATHS)

const struct framework_control framework_control_table[] = {
    /* azure-policy CISv1_1_0.json, which has lost its policy on the phone
     * number; ScoutSuite's finding files, which name 1.0.0 for 2.18. The
     * benchmark dropped the phone number after this version. */
    DIRECT("cis-1.1", "2.16", "A security contact's e-mail address is set",
           "azure-policy, ScoutSuite", EMAIL),
    DIRECT("cis-1.1", "2.17", "A phone number is set", "ScoutSuite", PHONE),
    CIS_HIGH("cis-1.1", "2.18", "azure-policy"),
    CIS_OWNERS("cis-1.1", "2.19", "azure-policy, ScoutSuite"),
    /* ScoutSuite's finding files. */
    CIS_EMAIL("cis-1.2", "2.11", "ScoutSuite"),
    CIS_HIGH("cis-1.2", "2.12", "ScoutSuite"),
    CIS_OWNERS("cis-1.2", "2.13", "ScoutSuite"),
    /* Steampipe cis_v130; azure-policy CISv1_3_0.json has nothing on owners,
     * nor have its later sets. */
    CIS_EMAIL("cis-1.3", "2.13", "azure-policy, Steampipe"),
    CIS_HIGH("cis-1.3", "2.14", "azure-policy, Steampipe"),
    CIS_OWNERS("cis-1.3", "2.15", "Steampipe"),
    /* Steampipe cis_v140; azure-policy CISv1_4_0.json. */
    CIS_EMAIL("cis-1.4", "2.13", "azure-policy, Steampipe"),
    CIS_HIGH("cis-1.4", "2.14", "azure-policy, Steampipe"),
    CIS_OWNERS("cis-1.4", "2.15", "Steampipe"),
    /* Steampipe cis_v150. */
    CIS_OWNERS("cis-1.5", "2.3.1", "Steampipe"),
    CIS_EMAIL("cis-1.5", "2.3.2", "Steampipe"),
    CIS_HIGH("cis-1.5", "2.3.3", "Steampipe"),
    /* Prowler cis_2.0_azure.json, Steampipe cis_v200; azure-policy
     * CISv2_0_0.json names 2.1.19 and 2.1.20 only. */
    CIS_OWNERS("cis-2.0", "2.1.18", "Prowler, Steampipe"),
    CIS_EMAIL("cis-2.0", "2.1.19", "azure-policy, Prowler, Steampipe"),
    CIS_HIGH("cis-2.0", "2.1.20", "azure-policy, Prowler, Steampipe"),
    /* Prowler cis_2.1_azure.json, Steampipe cis_v210; azure-policy
     * CIS_Azure_Foundations_v2.1.0.json names 2.1.18 and 2.1.19 only. */
    CIS_OWNERS("cis-2.1", "2.1.17", "Prowler, Steampipe"),
    CIS_EMAIL("cis-2.1", "2.1.18", "azure-policy, Prowler, Steampipe"),
    CIS_HIGH("cis-2.1", "2.1.19", "azure-policy, Prowler, Steampipe"),
    /* Prowler cis_3.0_azure.json, Steampipe cis_v300; azure-policy
     * CIS_Azure_Foundations_v3.0.0.json names 3.1.14 only. */
    CIS_OWNERS("cis-3.0", "3.1.12", "Prowler, Steampipe"),
    CIS_EMAIL("cis-3.0", "3.1.13", "Prowler, Steampipe"),
    CIS_HIGH("cis-3.0", "3.1.14", "azure-policy, Prowler, Steampipe"),
    /* Prowler cis_4.0_azure.json, Steampipe cis_v400. */
    CIS_OWNERS("cis-4.0", "9.1.12", "Prowler, Steampipe"),
    CIS_EMAIL("cis-4.0", "9.1.13", "Prowler, Steampipe"),
    CIS_ANY("cis-4.0", "9.1.14", "Prowler, Steampipe"),
    CIS_PATHS("cis-4.0", "9.1.15", "Prowler, Steampipe"),
    /* Prowler cis_5.0_azure.json, Steampipe cis_v500. */
    CIS_OWNERS("cis-5.0", "8.1.12", "Prowler, Steampipe"),
    CIS_EMAIL("cis-5.0", "8.1.13", "Prowler, Steampipe"),
    CIS_ANY("cis-5.0", "8.1.14", "Prowler, Steampipe"),
    CIS_PATHS("cis-5.0", "8.1.15", "Prowler, Steampipe"),
    /* Prowler cis_6.0_azure.json. */
    CIS_OWNERS("cis-6.0", "8.1.12", "Prowler"),
    CIS_EMAIL("cis-6.0", "8.1.13", "Prowler"),
    CIS_ANY("cis-6.0", "8.1.14", "Prowler"),
    CIS_PATHS("cis-6.0", "8.1.15", "Prowler"),

    /* Baseline Veilige Cloud cites theme 16.01; BIO 1.04 follows chapter
     * 16.1 of ISO/IEC 27002:2013. */
    RELATED("bio-1.04", "16.1", "Security incidents are managed",
            "Baseline Veilige Cloud", EMAIL, PHONE, ALERTS, OWNERS),
    /* azure-policy, the sets NL BIO Cloud Theme and NL BIO Cloud Theme V2,
     * which is Microsoft's number and not the document's. */
    RELATED("bio-cloud", "C.05.5", "What is monitored is reported",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    /* BIO2 1.2 takes over the numbers of ISO/IEC 27002:2022; 5.24 and 5.26
     * as azure-policy, 5.5 as Prowler maps them there. */
    RELATED("bio2", "5.5", "Contact with authorities is kept up",
            N_("Prowler for ISO/IEC 27001"), EMAIL),
    RELATED("bio2", "5.24", "Handling incidents is planned and prepared",
            N_("azure-policy for ISO/IEC 27002"), EMAIL),
    RELATED("bio2", "5.26", "Incidents are responded to",
            N_("azure-policy for ISO/IEC 27002"), EMAIL),

    /* A.5.24: Kertos, and Baseline Veilige Cloud. A.5.5, A.5.16, A.5.22:
     * Prowler iso27001_2022_azure.json, the last two weak. A.8.16: Mondoo.
     * A.5.25, which the Baseline cites too, is mapped by nobody else and left
     * out. */
    RELATED("iso-27001-2022", "A.5.5", "Contact with authorities is kept up",
            "Prowler", EMAIL),
    RELATED("iso-27001-2022", "A.5.16",
            "Identities are managed over their whole life", "Prowler", ENABLED,
            ALERTS),
    RELATED("iso-27001-2022", "A.5.22",
            "Changes of suppliers' services are watched", "Prowler", ENABLED,
            ALERTS),
    RELATED("iso-27001-2022", "A.5.24",
            "Handling incidents is planned and prepared",
            "Baseline Veilige Cloud, Kertos", EMAIL),
    RELATED("iso-27001-2022", "A.8.16", "Unusual behaviour is watched for",
            "Mondoo", ENABLED, ALERTS),
    /* azure-policy, the set ISO/IEC 27002:2022. */
    RELATED("iso-27002-2022", "5.24",
            "Handling incidents is planned and prepared", "azure-policy",
            EMAIL),
    RELATED("iso-27002-2022", "5.26", "Incidents are responded to",
            "azure-policy", EMAIL),
    RELATED("iso-27002-2022", "8.15", "Events are logged", "azure-policy",
            ENABLED, ALERTS),
    RELATED("iso-27002-2022", "8.16", "Unusual behaviour is watched for",
            "azure-policy", ENABLED, ALERTS),

    /* azure-policy, the set EU 2022/2555; Baseline Veilige Cloud cites
     * article 23. Articles 9 to 13 oblige the member states. Recital 102 is
     * what azure-policy's other set, NIS2, calls IR. Incident Response 2. */
    RELATED("nis2", "Recital 102", "Significant incidents are reported early",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    RELATED("nis2", "Art. 9", "Crisis management (of member states)",
            "azure-policy", EMAIL, ALERTS),
    RELATED("nis2", "Art. 10", "Response teams (of member states)",
            "azure-policy", EMAIL, ALERTS),
    RELATED("nis2", "Art. 11", "Tasks of response teams (of member states)",
            "azure-policy", EMAIL, ALERTS),
    RELATED("nis2", "Art. 12",
            "Disclosure of vulnerabilities (of member states)", "azure-policy",
            ENABLED, ALERTS),
    RELATED("nis2", "Art. 13", "Cooperation (of member states)",
            "azure-policy", EMAIL, ALERTS),
    RELATED("nis2", "Art. 21", "Measures that manage the risk", "azure-policy",
            ENABLED, ALERTS),
    RELATED("nis2", "Art. 23", "Significant incidents are reported",
            "azure-policy, Baseline Veilige Cloud", EMAIL, ALERTS),
    RELATED("nis2", "Art. 29", "Information on threats is shared",
            "azure-policy", ENABLED, ALERTS),
    /* Prowler nis2_azure.json, whose numbers are those of the regulation's
     * annex; it writes 3.1.2.c for 3.1.2(c). */
    RELATED("nis2-2024-2690", "3.1.2(c)",
            "Roles in responding to incidents are assigned", "Prowler", EMAIL,
            ALERTS, OWNERS),
    RELATED("nis2-2024-2690", "3.1.3",
            "Incident handling is tested and reviewed", "Prowler", ENABLED,
            ALERTS, OWNERS),
    RELATED("nis2-2024-2690", "3.5.1", "Incidents are responded to in time",
            "Prowler", EMAIL, OWNERS),
    RELATED("nis2-2024-2690", "3.5.3(a)",
            "Response teams and authorities are told", "Prowler", EMAIL,
            OWNERS),
    RELATED("nis2-2024-2690", "3.6.2", "Reviews of incidents improve security",
            "Prowler", EMAIL, ALERTS, OWNERS),
    RELATED("nis2-2024-2690", "4.3.2(a)", "Roles in a crisis are assigned",
            "Prowler", EMAIL, OWNERS),
    RELATED("nis2-2024-2690", "5.1.7(b)",
            "Incidents with suppliers' products are reviewed", "Prowler",
            EMAIL, OWNERS),
    RELATED("nis2-2024-2690", "6.9.2",
            "Malicious software is detected or prevented", "Prowler", EMAIL,
            ALERTS, OWNERS),
    RELATED("nis2-2024-2690", "7.2(b)",
            "How measures are monitored and measured", "Prowler", ENABLED,
            ALERTS),

    /* azure-policy, the set EU GDPR 2016/679; Baseline Veilige Cloud cites
     * article 33. */
    RELATED("gdpr", "Art. 24", "The controller takes measures", "azure-policy",
            ENABLED, OWNERS),
    RELATED("gdpr", "Art. 25", "Data protection by design", "azure-policy",
            ENABLED, OWNERS),
    RELATED("gdpr", "Art. 28", "Processors give guarantees", "azure-policy",
            ENABLED, OWNERS),
    RELATED("gdpr", "Art. 32", "Processing is secure", "azure-policy", ENABLED,
            OWNERS),
    RELATED("gdpr", "Art. 33", "A breach is notified to the authority",
            "azure-policy, Baseline Veilige Cloud", EMAIL, ALERTS),
    RELATED("gdpr", "Art. 34", "A breach is told to those concerned",
            "azure-policy", EMAIL, ALERTS),

    /* azure-policy, the sets NIST SP 800-53 Rev. 5 and R5.1.1. */
    RELATED("nist-800-53-r5", "AU-9", "Audit records are protected",
            "azure-policy", ENABLED, ALERTS),
    RELATED("nist-800-53-r5", "IR-1", "Policy for incident response",
            "azure-policy", EMAIL),
    RELATED("nist-800-53-r5", "IR-4", "Incidents are handled", "azure-policy",
            EMAIL, ALERTS, OWNERS),
    RELATED("nist-800-53-r5", "IR-5", "Incidents are monitored",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    RELATED("nist-800-53-r5", "IR-6", "Incidents are reported", "azure-policy",
            EMAIL, ALERTS),
    RELATED("nist-800-53-r5", "IR-6(2)",
            "Weaknesses behind incidents are reported", "azure-policy", EMAIL,
            ALERTS, OWNERS),
    RELATED("nist-800-53-r5", "IR-8", "A plan for incident response",
            "azure-policy", EMAIL),
    RELATED("nist-800-53-r5", "SI-4", "Systems are monitored", "azure-policy",
            ENABLED, ALERTS),
    RELATED("nist-800-53-r5", "SI-4(12)", "Alerts are raised automatically",
            "azure-policy", EMAIL, ALERTS, OWNERS),

    /* azure-policy NIST_SP_800-171_R2.json, Steampipe
     * nist_sp_800_171_rev_2. */
    RELATED("nist-800-171-r2", "3.6.2", "Incidents are tracked and reported",
            "azure-policy, Steampipe", EMAIL, ALERTS, OWNERS),
    RELATED("nist-800-171-r2", "3.14.3", "Security alerts are acted on",
            "azure-policy, Steampipe", EMAIL, ALERTS, OWNERS),
    RELATED("nist-800-171-r2", "3.14.6", "Systems are monitored for attacks",
            "azure-policy, Steampipe", EMAIL, ALERTS, OWNERS),
    /* azure-policy CMMC_2_0_L2.json: the practices of NIST SP 800-171. */
    RELATED("cmmc-2-l2", "IR.L2-3.6.2", "Incidents are tracked and reported",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    RELATED("cmmc-2-l2", "SI.L2-3.14.3", "Security alerts are acted on",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    RELATED("cmmc-2-l2", "SI.L2-3.14.6", "Systems are monitored for attacks",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    /* azure-policy, the sets FedRAMP High and FedRAMP Moderate; Steampipe
     * fedramp_high. */
    RELATED("fedramp", "IR-4", "Incidents are handled",
            "azure-policy, Steampipe", EMAIL, ALERTS, OWNERS),
    RELATED("fedramp", "IR-5", "Incidents are monitored",
            "azure-policy, Steampipe", EMAIL, ALERTS, OWNERS),

    /* azure-policy, the set NIST CSF v2.0: the address, and the alerts of
     * DE.CM. Steampipe nist_csf_v2: the alerts everywhere else. */
    RELATED("nist-csf-2.0", "DE.AE-06",
            "Who must act learns of adverse events", "azure-policy, Steampipe",
            EMAIL, ALERTS),
    RELATED("nist-csf-2.0", "DE.AE-08", "Incidents are declared", "Steampipe",
            ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "DE.CM", "Assets are monitored continuously",
            "azure-policy", ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RS.MA-02", "Reports of incidents are triaged",
            "Steampipe", ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RS.MA-03",
            "Incidents are categorised and prioritised", "Steampipe", ENABLED,
            ALERTS),
    RELATED("nist-csf-2.0", "RS.MA-04", "Incidents are escalated", "Steampipe",
            ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RS.MA-05", "When to begin recovery is decided",
            "Steampipe", ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RS.AN-08",
            "The magnitude of an incident is estimated", "Steampipe", ENABLED,
            ALERTS),
    RELATED("nist-csf-2.0", "RS.CO-02",
            "Stakeholders are notified of incidents",
            "azure-policy, Steampipe", EMAIL, ALERTS),
    RELATED("nist-csf-2.0", "RS.CO-03",
            "Information is shared with stakeholders",
            "azure-policy, Steampipe", EMAIL, ALERTS),
    RELATED("nist-csf-2.0", "RC.RP-06", "The end of recovery is declared",
            "Steampipe", ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RC.CO-03", "Progress of recovery is communicated",
            "Steampipe", ENABLED, ALERTS),
    RELATED("nist-csf-2.0", "RC.CO-04", "The public is told of recovery",
            "Steampipe", ENABLED, ALERTS),

    /* azure-policy, the set SOC 2 Type 2: CC2.2, CC2.3, CC7.4, CC7.5. Prowler
     * soc2_azure.json: the others, and the alerts of CC7.4. */
    RELATED("soc-2", "CC2.2", "Communication within the organisation",
            "azure-policy", EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC2.3", "Communication with others", "azure-policy",
            EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC3.1", "Objectives are specified clearly", "Prowler",
            ENABLED, ALERTS, OWNERS),
    RELATED("soc-2", "CC3.2", "Risks are identified and analysed", "Prowler",
            EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC4.2", "Those who can correct deficiencies learn them",
            "Prowler", EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC6.8", "Malicious software is prevented or detected",
            "Prowler", EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC7.1", "New vulnerabilities are detected", "Prowler",
            EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC7.3", "Security events are evaluated", "Prowler",
            ENABLED, ALERTS),
    RELATED("soc-2", "CC7.4", "Incidents are responded to",
            "azure-policy, Prowler", EMAIL, ALERTS, OWNERS),
    RELATED("soc-2", "CC7.5", "The organisation recovers from incidents",
            "azure-policy", EMAIL, ALERTS, OWNERS),

    /* azure-policy, the set PCI DSS v4.0.1. Requirement 9.5 speaks of
     * payment terminals: a weak mapping. A1.2.3: Prowler pci_4.0_azure.json,
     * which numbers its checks below the standard's, this one A1.2.3.1. */
    RELATED("pci-dss-4.0.1", "9.5.1",
            "Payment terminals are protected from tampering", "azure-policy",
            EMAIL, ALERTS),
    RELATED("pci-dss-4.0.1", "9.5.1.3",
            "Staff at payment terminals know of tampering", "azure-policy",
            EMAIL, ALERTS),
    RELATED("pci-dss-4.0.1", "10.3.2", "Audit logs cannot be altered",
            "azure-policy", ENABLED, ALERTS),
    RELATED("pci-dss-4.0.1", "10.3.4", "Changes of audit logs raise alerts",
            "azure-policy", ENABLED, ALERTS),
    RELATED("pci-dss-4.0.1", "11.5.1",
            "Intrusions are detected, and people alerted", "azure-policy",
            ENABLED, ALERTS),
    RELATED("pci-dss-4.0.1", "11.5.1.1",
            "Covert channels of malware raise alerts", "azure-policy", ENABLED,
            ALERTS),
    RELATED("pci-dss-4.0.1", "11.5.2", "Changes of files raise alerts",
            "azure-policy", ENABLED, ALERTS),
    RELATED("pci-dss-4.0.1", "12.10.1", "A plan for incident response",
            "azure-policy", EMAIL),
    RELATED("pci-dss-4.0.1", "12.10.2", "The plan is reviewed and tested",
            "azure-policy", EMAIL),
    RELATED("pci-dss-4.0.1", "12.10.3", "Somebody can respond at any hour",
            "azure-policy", EMAIL),
    RELATED("pci-dss-4.0.1", "A1.2.3",
            "Multi-tenant providers have incidents reported", "Prowler",
            EMAIL),

    /* azure-policy, the set Microsoft cloud security benchmark. The guidance
     * of IR-2 asks for the contact of Defender for Cloud by name, but neither
     * for a severity nor for the owners: as a whole the row is related. */
    RELATED("mcsb", "IR-2", "Notification of incidents is set up",
            "azure-policy", EMAIL, ALERTS, OWNERS),

    /* Prowler dora_2022_2554.json. */
    RELATED("dora", "Art. 11", "Response and recovery", "Prowler", EMAIL,
            ALERTS, OWNERS, ATTACK_PATHS),
    RELATED("dora", "Art. 14", "Communication on incidents", "Prowler", EMAIL,
            ALERTS, OWNERS, ATTACK_PATHS),
    RELATED("dora", "Art. 18", "Incidents and threats are classified",
            "Prowler", ENABLED, ALERTS, ATTACK_PATHS),
    RELATED("dora", "Art. 19", "Major incidents are reported", "Prowler",
            EMAIL),
    RELATED("dora", "Art. 45", "Information on threats is shared", "Prowler",
            ENABLED, ATTACK_PATHS),

    /* azure-policy, the set CIS Controls v8.1; 13.1 Prowler
     * cis_controls_8.1.json. */
    RELATED("cis-controls-8.1", "4.1", "A process keeps configurations secure",
            "azure-policy", EMAIL, ALERTS),
    RELATED("cis-controls-8.1", "13.1", "Alerts on events are centralised",
            "Prowler", EMAIL, ALERTS, OWNERS, ATTACK_PATHS),
    RELATED("cis-controls-8.1", "13.11", "Thresholds of alerts are tuned",
            "azure-policy", ENABLED, ALERTS),
    RELATED("cis-controls-8.1", "17.2",
            "Contacts for reporting incidents are kept up", "azure-policy",
            EMAIL),

    /* azure-policy CSA_v4.0.12.json; LOG-03, LOG-13 and SEF Prowler
     * csa_ccm_4.0_azure.json. SEF-08 speaks of contacts with authorities. */
    RELATED("csa-ccm-4", "IAM-12", "Logs cannot be switched off or altered",
            "azure-policy", ENABLED, ALERTS),
    RELATED("csa-ccm-4", "LOG-03", "Security events raise alerts", "Prowler",
            ENABLED, ALERTS, OWNERS, ATTACK_PATHS),
    RELATED("csa-ccm-4", "LOG-09", "Logs are protected", "azure-policy",
            ENABLED, ALERTS),
    RELATED("csa-ccm-4", "LOG-13", "Failures and anomalies are reported",
            "Prowler", ENABLED, ALERTS, OWNERS),
    RELATED("csa-ccm-4", "SEF-03", "A plan for incident response", "Prowler",
            ENABLED, ALERTS, ATTACK_PATHS),
    RELATED("csa-ccm-4", "SEF-08", "Contacts with authorities are kept up",
            "Prowler", EMAIL, OWNERS),

    /* azure-policy, the set Spain ENS; op.mon and mp.com Prowler
     * ens_rd2022_azure.json. */
    RELATED("ens", "op.exp.7", "Incidents are managed", "azure-policy", EMAIL,
            ALERTS, OWNERS),
    RELATED("ens", "op.mon.3", "Systems are watched", "Prowler", ENABLED,
            ALERTS),
    RELATED("ens", "op.mon.3.r3", "Advanced threats are watched for",
            "Prowler", EMAIL, ALERTS),
    RELATED("ens", "op.mon.3.r4", "Digital observatories look for threats",
            "Prowler", ENABLED, OWNERS),
    RELATED("ens", "mp.com.3", "Integrity and authenticity of communications",
            "Prowler", ENABLED, ALERTS),
};

const size_t framework_control_table_length =
    ARRAY_LENGTH(framework_control_table);
