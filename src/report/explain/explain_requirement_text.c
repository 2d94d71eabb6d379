/* SPDX-License-Identifier: Apache-2.0 */
/* What each requirement means, in the order of requirement_table.
 *
 * Facts are Microsoft's (learn.microsoft.com, Azure/azure-rest-api-specs,
 * Azure/azure-policy), and those of Baseline Veilige Cloud and Trend Micro
 * Conformity where they are named. */
#include "base/cleanup.h"
#include "report/explain/explain_page.h"

#define CONTRIBUTOR_WRITES                                          \
    N_("Writing needs Security Admin, Contributor or Owner on the " \
       "subscription; Security Reader and Reader only see the contact.")

const struct explain_requirement_text explain_requirement_texts[] = {
    { .id = "contact-configured",
      .title = N_("A security contact named default exists"),
      .passes = N_("the subscription has a contact named default"),
      .meaning = { N_("Each subscription can hold one security contact, the "
                      "resource "
                      "Microsoft.Security/securityContacts/default. It says "
                      "who is mailed about what. This requirement asks only "
                      "whether it is there; what is in it, the others ask."),
                   N_("A contact of any other name does not count. The "
                      "service refuses new ones, but old ones, such as "
                      "default1, are still found, and nobody documents what "
                      "Azure does with them."),
                   NULL },
      .why = { N_("Without a contact Azure falls back on its own default: "
                  "alerts of High severity and, says Microsoft's page, attack "
                  "paths go to those who hold the role Owner. Owners are "
                  "often a group, a service account or somebody who built the "
                  "subscription years ago."),
               N_("That default is not written down anywhere in the "
                  "subscription. An auditor sees an empty list, and so do "
                  "the tools that auditors bring; that Azure mails the "
                  "owners nevertheless is no defence."),
               NULL },
      .risk = { N_("The team that watches alerts is not told. Ransomware or "
                   "a stolen credential is then found by its damage."),
                NULL },
      .fix = { N_("In the portal: Microsoft Defender for Cloud, Environment "
                  "settings, the subscription, Email notifications. Fill in "
                  "the addresses and save: that creates it."),
               N_("With az: az security contact create with --name default. "
                  "Where Microsoft.Security is not registered, first:"),
               EXPLAIN_VERBATIM
               "az provider register --namespace Microsoft.Security",
               N_("Registering is a change of its own: it can turn on the "
                  "free layer of Defender for Cloud, Foundational CSPM. From "
                  "27 October 2026 on, says Microsoft, new subscriptions opt "
                  "in to that."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "contact-enabled",
      .title = N_("The contact is enabled"),
      .passes = N_("isEnabled is not false"),
      .meaning = { N_("The contact has a switch of its own, isEnabled. While "
                      "it is false the addresses, thresholds and roles still "
                      "stand there. The specification says only that it "
                      "indicates whether the contact is enabled; reckon with "
                      "none of them being used."),
                   N_("API versions before 2023-12-01-preview do not show "
                      "it; through them the requirement is not applicable, "
                      "and the report says so."),
                   NULL },
      .why = { N_("It is the fault that looks best: a contact with all the "
                  "right values that is switched off. Most audit tools do not "
                  "read the switch and pass it."),
               NULL },
      .risk = { N_("Reckon with nobody being mailed: not the addresses, and "
                   "not the owners, whom Azure would mail if there were no "
                   "contact at all. Microsoft documents neither."),
                NULL },
      .fix = { N_("By REST: write the contact with isEnabled true. The "
                  "commands of az speak an older API version and do not "
                  "know the switch; az rest does."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "email-configured",
      .title = N_("An e-mail address is set"),
      .passes = N_("at least one address is set"),
      .meaning = { N_("The contact names at least one address of its own, "
                      "beside the people it reaches by their role. Azure "
                      "keeps them in one text with ; between them; piket "
                      "also splits at commas, which the portal shows. "
                      "Blanks are not addresses."),
                   NULL },
      .why = { N_("A role reaches whoever holds it at that moment, and "
                  "Microsoft does not say whether members of groups, guests "
                  "or people who first have to activate the role in PIM are "
                  "mailed. An address is the only recipient one can name in "
                  "advance."),
               N_("A shared mailbox of the team on duty outlives the people "
                  "in it. That is what the Dutch baseline asks for."),
               NULL },
      .risk = { N_("Trend Micro Conformity calls it Medium "
                   "(SecurityCenter-016); Baseline Veilige Cloud, for the "
                   "whole control, High."),
                NULL },
      .fix = { N_("In the portal: Microsoft Defender for Cloud, Environment "
                  "settings, the subscription, Email notifications, "
                  "Additional email addresses. Separate them by commas "
                  "there."),
               N_("With az or by REST: emails, separated by ; as in "
                  "soc@contoso.nl;piket@contoso.nl."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "email-valid",
      .title = N_("Every address can be mailed"),
      .passes = N_("every address has the form of one"),
      .meaning = { N_("Each address is judged by its form: a local part, an "
                      "@, a domain of at least two labels (RFC 5321; "
                      "internationalised domains are allowed). Without "
                      "addresses it is not applicable: email-configured "
                      "says the rest."),
                   N_("The form does not say whether the mailbox exists. "
                      "Only a test alert shows that; Azure has no interface "
                      "that reports delivery."),
                   NULL },
      .why = { N_("soc(at)contoso.nl counts as an address in every tool "
                  "that only asks whether the text is empty."),
               NULL },
      .risk = { N_("Mail that cannot be delivered is mail that nobody "
                   "reads; an invalid address does not count as reached."),
                NULL },
      .fix = { N_("Correct the address, or take it out. Write plain "
                  "addresses, without names or angle brackets."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "email-count",
      .title = N_("There are enough addresses"),
      .passes = N_("there are as many different addresses as demanded"),
      .meaning = { N_("Addresses are counted once, in any letter case. "
                      "Microsoft sets no upper limit."),
                   NULL },
      .why = { N_("One mailbox is one point of failure: a full quota, a "
                  "rule that moves mail away, a leaver. A second address, "
                  "best on another system, covers that."),
               N_("Others ask for it: the Canadian government's cloud "
                  "guardrails (GR11) for at least two addresses, owners "
                  "included, and the baseline's page on additional addresses "
                  "for two or three."),
               NULL },
      .risk = { N_("One silent fault in one mailbox takes the alarm with it."),
                NULL },
      .fix = { N_("Add an address that is read by somebody else, or by a "
                  "ticket system. The limits on the number of mails hold "
                  "per address: a second one takes nothing from the first."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "email-domain",
      .title = N_("Every address is in an allowed domain"),
      .passes = N_("every address is in one of the allowed domains"),
      .meaning = { N_("The domains are configured: contoso.nl is that "
                      "domain alone, *.contoso.nl all below it. Where none "
                      "is configured it is not applicable."),
                   NULL },
      .why = { N_("It finds private mailboxes, those of a former supplier, "
                  "and domains that have since been given up, which a "
                  "stranger can register."),
               NULL },
      .risk = { N_("An alert describes a weakness that is being used, with "
                   "names of resources. It must not reach outsiders."),
                NULL },
      .fix = { N_("Replace the foreign address by one of your own."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "phone-configured",
      .title = N_("A phone number is set"),
      .passes = N_("a phone number is set"),
      .meaning = { N_("The contact has a member phone. Microsoft stopped "
                      "using it, and has deprecated its own policy for it; "
                      "nobody is called."),
                   NULL },
      .why = { N_("Baseline Veilige Cloud demands a number that is answered "
                  "at any hour. The number in Azure does not make that "
                  "happen: whatever calls people must start from the mail "
                  "or from your monitoring."),
               N_("Setting it satisfies the baseline, and documents whom to "
                  "call. Say in the audit that this is all it does."),
               NULL },
      .risk = { N_("None by itself: no alert depends on it. The CIS "
                   "benchmark dropped it after version 1.1."),
                NULL },
      .fix = { N_("By REST or with az: phone, such as +31 20 123 4567. The "
                  "service may keep an old number where an empty one is "
                  "written."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "phone-valid",
      .title = N_("The phone number has an international form"),
      .passes =
          N_("the number is + and 7 to 15 digits, once blanks, dots, dashes "
             "and parentheses are dropped"),
      .meaning = { N_("The form is that of E.164, which can be called from "
                      "anywhere. Without a number it is not applicable."),
                   NULL },
      .why = { N_("Microsoft does not use the number; people in your own "
                  "organisation might, and not all in the same country."),
               NULL },
      .risk = { N_("None for alerts, see phone-configured."), NULL },
      .fix = { N_("Write the number with + and the country code."),
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "alerts-notified",
      .title = N_("Alerts are mailed"),
      .passes = N_("alert mail is on, from a threshold that lets the "
                   "demanded severity through"),
      .meaning = { N_("notificationsSources holds an entry of sourceType "
                      "Alert, whose minimalSeverity is the lowest severity "
                      "that is mailed: with High only High, with Low all "
                      "three. Without the entry no alert is mailed. There is "
                      "no threshold for Informational."),
                   N_("Up to version 3.0 the CIS benchmark asks for High "
                      "and nothing else; from 4.0 on any threshold will do. "
                      "The profiles cis-2.0 and cis-3.0 take the old text "
                      "literally, so that a stricter threshold fails there."),
                   NULL },
      .why = { N_("The addresses are of no use while this is off: it "
                  "decides whether they get anything."),
               N_("Lower thresholds mean more mail, within limits: four a "
                  "day per address for High, two for Medium, one for Low."),
               NULL },
      .risk = { N_("With mail off, an alert waits in the portal until "
                   "somebody happens to look."),
                NULL },
      .fix = { N_("In the portal: Microsoft Defender for Cloud, Environment "
                  "settings, the subscription, Email notifications, Notify "
                  "about alerts with the following severity (or higher)."),
               N_("By REST, in notificationsSources:"),
               EXPLAIN_VERBATIM
               "{\"sourceType\": \"Alert\", \"minimalSeverity\": \"High\"}",
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "owner-notified",
      .title = N_("Owners are mailed"),
      .passes = N_("mail by role is on, and Owner is among the roles"),
      .meaning = { N_("notificationsByRole has a state and a list of roles. "
                      "Where the state is Off, the list means nothing: a "
                      "fail, although Owner may stand in it."),
                   NULL },
      .why = { N_("The owner of a subscription can act on it at once: stop "
                  "a machine, revoke a key. It is also the recipient that "
                  "remains when a mailbox is closed."),
               N_("Do not lean on it alone. Whether mail by role reaches "
                  "members of groups, guests, people eligible in PIM, or "
                  "owners by a management group, Microsoft does not "
                  "document. Name an address as well."),
               NULL },
      .risk = { N_("Whoever can act learns of the alert only through others."),
                NULL },
      .fix = { N_("In the portal: Microsoft Defender for Cloud, Environment "
                  "settings, the subscription, Email notifications, All "
                  "users with the following roles: Owner."),
               N_("By REST:"),
               EXPLAIN_VERBATIM "\"notificationsByRole\": {\"state\": \"On\", "
                                "\"roles\": [\"Owner\"]}",
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "attack-paths-notified",
      .title = N_("Attack paths are mailed"),
      .passes = N_("attack path mail is on, from a threshold that lets the "
                   "demanded risk through"),
      .meaning = { N_("An attack path is a chain of weaknesses that leads "
                      "from outside to something valuable, found before "
                      "anybody uses it. notificationsSources holds an entry "
                      "of sourceType AttackPath, whose minimalRiskLevel is "
                      "the lowest risk that is mailed: Critical, High, "
                      "Medium or Low."),
                   N_("Only API version 2023-12-01-preview shows it; "
                      "through older ones it is not applicable."),
                   NULL },
      .why = { N_("The CIS benchmark asks for it from version 4.0 on, at any "
                  "risk level. There is something to mail only where attack "
                  "paths are looked for, which by Microsoft's table of plans "
                  "takes the paid plan Defender CSPM."),
               NULL },
      .risk = { N_("A known way in stays open longer than need be. Nothing "
                   "is under attack yet, hence medium."),
                NULL },
      .fix = { N_("In the portal: Microsoft Defender for Cloud, Environment "
                  "settings, the subscription, Email notifications, Notify "
                  "about attack paths with the following risk level (or "
                  "higher)."),
               N_("By REST, in notificationsSources; az security contact "
                  "cannot write it:"),
               EXPLAIN_VERBATIM "{\"sourceType\": \"AttackPath\", "
                                "\"minimalRiskLevel\": \"High\"}",
               CONTRIBUTOR_WRITES, NULL } },
    { .id = "desired-contact",
      .title = N_("The contact is the one that you want"),
      .passes =
          N_("the desired addresses and the desired phone number are all "
             "there"),
      .meaning = { N_("Which contact you want is configured. Addresses "
                      "beside those desired do no harm. Where no contact is "
                      "configured it is not applicable."),
                   NULL },
      .why = { N_("The other requirements are met by any address. This one "
                  "asks for yours, and so finds subscriptions that mail a "
                  "team which no longer exists."),
               NULL },
      .risk = { N_("The alarm reaches somebody, but not those on duty."),
                NULL },
      .fix = { N_("Add what is missing to what is there."), CONTRIBUTOR_WRITES,
               NULL } },
};

const size_t explain_requirement_texts_length =
    ARRAY_LENGTH(explain_requirement_texts);
