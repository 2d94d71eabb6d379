/* SPDX-License-Identifier: Apache-2.0 */
/* The page of the control as a whole. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"

static const struct explain_section before[] = {
    { N_("Meaning"),
      { N_("Microsoft Defender for Cloud raises alerts. The security "
           "contact of a subscription decides whether anybody is told by "
           "mail: it holds addresses, roles, the lowest severity of alerts "
           "and the lowest risk of attack paths that are mailed, and a "
           "switch for all of it."),
        N_("The control is met where the contact exists, is enabled, names "
           "an address that somebody reads, mails alerts of High severity, "
           "and notifies the owners. The Dutch baseline wants a phone "
           "number, too."),
        NULL } },
    { N_("Why it matters"),
      { N_("Ransomware, stolen credentials and data on its way out show up "
           "as alerts first. Whoever is mailed can act within minutes; an "
           "alert that only stands in the portal is found when its damage "
           "is. Every process behind it, from the duty roster to the report "
           "that a law demands within hours, starts with somebody being "
           "told."),
        NULL } },
    { N_("What Azure does when nothing is configured"),
      { N_("The subscription has no contact, and Azure mails the owners: for "
           "High alerts and, says Microsoft's page, attack paths. No security "
           "team is among them unless it holds that role. Audit tools call "
           "such a subscription non-compliant, and so does piket: the default "
           "stands nowhere in the subscription, and can change."),
        N_("Who disables a contact may be worse off than who has none. "
           "Microsoft does not document whether the owners are mailed then; "
           "the specification says only that isEnabled indicates whether the "
           "contact is enabled. Reckon with nobody being mailed."),
        NULL } },
    { N_("Risk, effort and cost"),
      { EXPLAIN_ITEM N_(
            "Baseline Veilige Cloud: risk High, score 7 of 10. It reckons "
            "with 15,000 euros for each hour of delay, and names no source "
            "for that."),
        EXPLAIN_ITEM N_("Trend Micro Conformity, SecurityCenter-016: Medium."),
        EXPLAIN_ITEM N_(
            "Effort: half an hour of technical work, and one to two hours "
            "of agreeing on who reads the mailbox and answers at night. The "
            "baseline totals 2.5 hours."),
        EXPLAIN_ITEM N_("Cost: none that we know of. An earlier version of "
                        "Microsoft's page calls the mail free; the Defender "
                        "plans, which raise the alerts, are not."),
        NULL } },
    { N_("How often Defender mails"),
      { N_("Microsoft limits the mails per address:"),
        EXPLAIN_VERBATIM N_("alerts        High       4 a day\n"
                            "              Medium     2 a day\n"
                            "              Low        1 a day\n"
                            "attack paths  Critical   1 in 30 minutes\n"
                            "              High       1 an hour\n"
                            "              Medium     1 in 2 hours\n"
                            "              Low        1 in 3 hours"),
        N_("Read literally, one mailbox on hundreds of subscriptions gets "
           "four mails on High alerts a day for all of them together: in a "
           "storm the fifth subscription under attack is not mailed. An "
           "earlier text counted per subscription; plan for the worse "
           "reading."),
        N_("Mail is a bell, not a record. Have every alert streamed to your "
           "monitoring by continuous export or a workflow automation, and "
           "let a subscription that matters most have an address of its own."),
        NULL } },
    { N_("What Microsoft does not do, although the baseline says so"),
      { EXPLAIN_ITEM N_(
            "It mails no monthly digests, no updates of recommendations and "
            "no violations of compliance. Only alerts and attack paths are "
            "mailed."),
        EXPLAIN_ITEM N_(
            "It calls nobody. Microsoft reads the phone number nowhere."),
        NULL } },
    { N_("What Microsoft does not say or offer"),
      { EXPLAIN_ITEM N_(
            "It does not say whether mail by role reaches members of groups, "
            "guests, owners by a management group, or people who are eligible "
            "in PIM. The classic administrator roles were retired on 31 "
            "August 2024, so that AccountAdmin and ServiceAdmin may reach "
            "nobody. Name an address."),
        EXPLAIN_ITEM N_(
            "It has no interface that reports delivery. Sample alerts, "
            "raised in the portal, are mailed, too: record that the mail "
            "came."),
        NULL } },
};

static const struct explain_section fixes[] = {
    { N_("Fix it in the portal"),
      { N_("Microsoft Defender for Cloud, Environment settings, the "
           "subscription, Email notifications. Choose the role Owner, enter "
           "the addresses with commas between them, tick alerts and attack "
           "paths with their levels, save. Needed: Security Admin, "
           "Contributor or Owner."),
        NULL } },
    { N_("Fix it with az"),
      { EXPLAIN_VERBATIM
        "az security contact create --subscription SUBSCRIPTION \\\n"
        "  --name default \\\n"
        "  --emails 'soc@contoso.nl;piket@contoso.nl' \\\n"
        "  --phone '+31 20 123 4567' \\\n"
        "  --alert-notifications '{\"state\":\"On\",\"minimalSeverity\":"
        "\"High\"}' \\\n"
        "  --notifications-by-role '{\"state\":\"On\",\"roles\":"
        "[\"Owner\"]}'",
        N_("The name must be default. This writes by 2020-01-01-preview, "
           "which knows neither isEnabled nor attack paths. What it does to "
           "those that are already stored is not documented: where a contact "
           "exists, use REST. An az that asks for --email, --alerts-admins "
           "and on or off is older (2017-08-01-preview) and takes one address "
           "only."),
        NULL } },
    { N_("Fix it by REST"),
      { EXPLAIN_VERBATIM
        "PUT /subscriptions/SUBSCRIPTION/providers/Microsoft.Security\n"
        "    /securityContacts/default?api-version=2023-12-01-preview",
        N_("The path is one line. The whole body, contact.json:"),
        EXPLAIN_VERBATIM
        "{\n"
        "  \"properties\": {\n"
        "    \"isEnabled\": true,\n"
        "    \"emails\": \"soc@contoso.nl;piket@contoso.nl\",\n"
        "    \"phone\": \"+31 20 123 4567\",\n"
        "    \"notificationsByRole\": {\n"
        "      \"state\": \"On\",\n"
        "      \"roles\": [\"Owner\"]\n"
        "    },\n"
        "    \"notificationsSources\": [\n"
        "      {\"sourceType\": \"Alert\", \"minimalSeverity\": \"High\"},\n"
        "      {\"sourceType\": \"AttackPath\", \"minimalRiskLevel\": "
        "\"High\"}\n"
        "    ]\n"
        "  }\n"
        "}",
        N_("With az as the client:"),
        EXPLAIN_VERBATIM
        "provider=/subscriptions/SUBSCRIPTION/providers/Microsoft.Security\n"
        "az rest --method put --url \"$provider/securityContacts/default\" "
        "\\\n"
        "  --url-parameters api-version=2023-12-01-preview \\\n"
        "  --body @contact.json",
        N_("Reckon with a PUT to replace what is there: first GET the "
           "contact, keep its addresses and roles, send all members, and "
           "GET it again, since the service can merge or fill in values. "
           "emails is one text with ; between the addresses, not a list."),
        NULL } },
    { N_("Instructions that no longer work"),
      { EXPLAIN_ITEM N_(
            "Conformity's text, and the remediation of the CIS benchmark up "
            "to 5.0, write a contact named default1 by 2017-08-01-preview, "
            "with email, alertsToAdmins and On. The service now accepts the "
            "name default only, and the later versions know no such members. "
            "(The benchmark's newer audits read by 2020-01-01-preview.)"),
        EXPLAIN_ITEM N_(
            "Get-AzSecurityContact, on which the baseline's script rests, "
            "cannot read what the service answers to a list (open since "
            "November 2023). With errors silenced, a good contact then "
            "looks absent."),
        NULL } },
};

static const struct explain_section after[] = {
    { N_("Where the baseline's references differ"),
      { EXPLAIN_ITEM N_(
            "It cites CIS 3.0.0, 2.1.20. In 3.0.0 the addresses are 3.1.13, "
            "the severity 3.1.14 and the owners 3.1.12. 2.1.20 is of "
            "version 2.0.0, and is the severity there; the addresses are "
            "2.1.19."),
        EXPLAIN_ITEM N_(
            "It cites ISO/IEC 27001:2022 A.5.24 and A.5.25. A.5.24, "
            "planning for incidents, has support elsewhere; A.5.25, "
            "assessing events, has none in any mapping that we found. piket "
            "does not claim it."),
        EXPLAIN_ITEM N_(
            "It cites BIO 16.01, which is of BIO 1.04. BIO2 has the numbers "
            "of ISO/IEC 27002:2022: 5.24."),
        EXPLAIN_ITEM N_(
            "NIS2 article 23 and GDPR article 33 are duties to report. A "
            "security contact helps to meet their deadlines; it does not "
            "meet them."),
        NULL } },
    { N_("Sources"),
      { EXPLAIN_VERBATIM
        "https://learn.microsoft.com/azure/defender-for-cloud/\n"
        "  configure-email-notifications, permissions, alert-validation\n"
        "https://github.com/Azure/azure-rest-api-specs "
        "(specification/security)\n"
        "https://github.com/Azure/azure-policy (built-in-policies)\n"
        "https://github.com/Azure/missionlz/issues/801 (the name default)\n"
        "https://github.com/Azure/azure-powershell/issues/23499\n"
        "https://www.baselineveiligecloud.nl/artikelen/azure/\n"
        "  defender-cloud/security-contacts-configured.html\n"
        "https://www.trendmicro.com/cloudoneconformity (SecurityCenter-016)\n"
        "https://www.cisecurity.org/benchmark/azure\n"
        "https://eur-lex.europa.eu/eli/dir/2022/2555/oj (NIS2)\n"
        "https://eur-lex.europa.eu/eli/reg/2016/679/oj (GDPR)",
        NULL } },
};

static void
write_requirements(struct explain_page *page)
{
    explain_page_heading(page, N_("Requirements"));
    for (size_t i = 0; i < requirement_table_length; i++)
        explain_page_print(
            page, EXPLAIN_VERBATIM "%-22s %-7s %s", requirement_table[i].id,
            requirement_severity_name(requirement_table[i].severity),
            explain_page_words(
                page, explain_requirement_text(&requirement_table[i])->title));
    explain_page_paragraph(
        page, N_("piket explain with one of these says what it means, when "
                 "it passes and how to fix it."));
}

static void
write_profiles(struct explain_page *page)
{
    explain_page_heading(page, N_("Profiles"));
    for (size_t i = 0; i < profile_table_length; i++)
        explain_page_print(page, EXPLAIN_VERBATIM "%-13s %s",
                           profile_table[i].name,
                           explain_page_words(page, profile_table[i].title));
}

static void
write_frameworks(struct explain_page *page)
{
    explain_page_heading(page, N_("Frameworks"));
    for (size_t i = 0; i < framework_table_length; i++)
        explain_page_print(
            page, EXPLAIN_VERBATIM "%-17s %s %s", framework_table[i].id,
            explain_page_words(page, framework_table[i].title),
            explain_page_words(page, framework_table[i].version));
    explain_page_paragraph(page,
                           N_("piket explain with one of these lists its "
                              "controls; piket check --framework counts by "
                              "them."));
}

static void
write_sections(struct explain_page *page,
               const struct explain_section *sections, size_t count)
{
    for (size_t i = 0; i < count; i++)
        explain_page_section(page, &sections[i]);
}

void
explain_control_write(struct explain_page *page)
{
    explain_page_title(page, "control", NULL,
                       N_("Security contacts are configured"));
    write_sections(page, before, ARRAY_LENGTH(before));
    write_requirements(page);
    write_profiles(page);
    write_sections(page, fixes, ARRAY_LENGTH(fixes));
    write_frameworks(page);
    write_sections(page, after, ARRAY_LENGTH(after));
}
