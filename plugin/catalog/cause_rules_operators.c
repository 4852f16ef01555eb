/* cause_rules_operators.c
 * Rules for codes of their own with which operators of mail servers say what they mean.
 *
 * Each group names the public document that says so.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_tables.h"

#include <glib.h>

#include "language.h"

#define HELO_NAME                                                                                 \
    .meaning = N_("The server does not accept the name that the client gave with EHLO or HELO."), \
    .who = N_("the administrator of the sending side"),                                           \
    .advice =                                                                                     \
        N_("Set the name for EHLO in the sending host to its full name in DNS, one that points "  \
           "to its address.")

/* Google's pages about a refused login */
#define GOOGLE_CREDENTIALS "~p=badcredentials|~answer=14257|~answer=78754"

/* A way of logging in that Microsoft 365 does not take. */
#define NOT_THIS_WAY                                                                              \
    .meaning = N_("Microsoft 365 does not let this account log in this way, whatever the "        \
                  "password."),                                                                   \
    .who = N_("the administrator of the Microsoft 365 tenant"),                                   \
    .advice = N_(                                                                                 \
        "The tenant's administrator checks SMTP AUTH, security defaults and conditional access; " \
        "passwords alone are being withdrawn.")

/* Whoever may send to the recipient is restricted. */
#define RESTRICTED                                                                                \
    .meaning = N_("The recipient takes mail only from certain senders, or from senders that are " \
                  "logged in to its organisation."),                                              \
    .who = N_("the recipient, and the administrator of its mailbox"),                             \
    .advice =                                                                                     \
        N_("The recipient's side adds the sender to those it takes mail from, or takes mail "     \
           "from outside.")

/* A provider sends only for addresses that the account has proved to be its own. */
#define NOT_VERIFIED                                                                          \
    .meaning = N_("The sender's address or domain has not been verified with this account."), \
    .who = N_("the user"),                                                                    \
    .advice = N_("Verify it in the account's settings; a new account may need that for "      \
                 "recipients, too.")

#define TENANT_LIMIT                                                                             \
    .meaning = N_("The sender's whole organisation has sent more than Microsoft lets it send."), \
    .who = N_("the administrator of the sending side"),                                          \
    .advice =                                                                                    \
        N_("Look for an account that sends spam or bulk mail, then wait for the limit to be "    \
           "lifted, or ask Microsoft.")

static const cause_rule rules[] = {
    /* --- Google: "Gmail SMTP errors and codes", support.google.com/a/answer/3726730 --- */
    { .cause = CAUSE_APP_PASSWORD_NEEDED,
      .subject = 7,
      .detail = 9,
      .words = { "~gsmtp|~google.com" },
      .commands = ON_LOGIN,
      .advice = N_("The user creates an app password in the Google account, which needs 2-step "
                   "verification; or the program uses OAuth 2.") },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .subject = 7,
      .detail = 14,
      .words = { "web browser|~accounts.google|~gsmtp|~google.com" },
      .commands = ON_LOGIN,
      .meaning =
          N_("Google does not trust this login, and wants the user to log in on its web site "
             "first."),
      .who = N_("the user"),
      .advice = N_(
          "The user logs in with a browser and confirms that it was them; then use an app password "
          "or OAuth 2.") },
    { .cause = CAUSE_TOKEN_REFUSED,
      .words = { GOOGLE_CREDENTIALS },
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_TOKEN },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .words = { GOOGLE_CREDENTIALS },
      .commands = ON_LOGIN,
      .advice = N_(
          "Check the user name. Google no longer takes the account's own password here: use an app "
          "password or OAuth 2.") },
    { .cause = CAUSE_TLS_NEEDED, .subject = 7, .detail = 29, .words = { "~gsmtp", "tls" } },
    { .cause = CAUSE_SENDER_AUTHENTICATION,
      .subject = 7,
      .detail = 24,
      .last = 40,
      .words = { "~gsmtp", "dkim|spf|dmarc|aligned|alignment|authenticat*|unauthenticated" } },
    { .cause = CAUSE_POLICY,
      .words = { "~gcdp" },
      .meaning = N_("A rule that the recipient's own Google Workspace administrator made refuses "
                    "it."),
      .who = N_("the administrator of the recipient's domain"),
      .advice = N_("Ask the administrator of the recipient's domain which rule it was.") },
    { .cause = CAUSE_RATE_LIMITED,
      .subject = 4,
      .detail = 5,
      .words = { "~gsmtp", "limit|quota|exceeded" } },
    { .cause = CAUSE_RATE_LIMITED, .subject = 7, .detail = 28, .words = { "~gsmtp" } },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .subject = 7,
      .detail = 0,
      .words = { "~gsmtp", "whitelist|allowlist" } },
    /* "SMTP relay service error messages", support.google.com/a/answer/6140680 */
    { .cause = CAUSE_SENDER_REFUSED,
      .codes = { 421 },
      .subject = 7,
      .detail = 0,
      .words = { "~gsmtp", "closing connection" },
      .commands = ON_HELLO,
      HELO_NAME },

    /* --- Microsoft 365: "Email non-delivery reports and SMTP errors in Exchange Online", and
     * "Enable or disable SMTP AUTH in Exchange Online", learn.microsoft.com --- */
    { .cause = CAUSE_BAD_CREDENTIALS,
      .subject = 7,
      .detail = 139,
      .words = { "credentials were incorrect|password|invalid credentials" },
      .unless = "disabled",
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_PASSWORD },
    { .cause = CAUSE_TOKEN_REFUSED,
      .subject = 7,
      .detail = 139,
      .words = { "credentials were incorrect|token|invalid credentials" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_LOGIN_DISABLED,
      .subject = 7,
      .detail = 139,
      .words = { "tenant" },
      .commands = ON_LOGIN,
      .meaning =
          N_("SMTP AUTH is switched off for this whole organisation at Microsoft 365; the password "
             "was not the reason."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice =
          N_("The tenant's administrator allows SMTP AUTH for this mailbox, or the program sends "
             "through a relay or an API.") },
    { .cause = CAUSE_LOGIN_DISABLED,
      .subject = 7,
      .detail = 139,
      .words = { "mailbox" },
      .commands = ON_LOGIN,
      .meaning = N_(
          "SMTP AUTH is switched off for this mailbox at Microsoft 365; the password was not the "
          "reason."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice =
          N_("The tenant's administrator switches 'Authenticated SMTP' on for this mailbox.") },
    { .cause = CAUSE_LOGIN_DISABLED,
      .subject = 7,
      .detail = 139,
      .words = { "security defaults|criteria|conditional|locked|policy|administrator" },
      .commands = ON_LOGIN,
      .meaning = N_(
          "A rule of this organisation at Microsoft 365 forbids this login: security defaults or "
          "conditional access."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice =
          N_("The tenant's administrator looks up the refused login in the sign-in log, and allows "
             "it, or has the program use OAuth 2.") },
    { .cause = CAUSE_LOGIN_DISABLED,
      .subject = 7,
      .detail = 139,
      .commands = ON_LOGIN,
      NOT_THIS_WAY },
    { .cause = CAUSE_LOGIN_DISABLED,
      .subject = 7,
      .detail = 30,
      .words = { "basic authentication|basic auth" },
      .commands = ON_LOGIN,
      NOT_THIS_WAY },
    { .cause = CAUSE_TOKEN_REFUSED,
      .subject = 7,
      .detail = 3,
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_TOKEN },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .subject = 7,
      .detail = 3,
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_PASSWORD,
      .meaning = N_(
          "Exchange does not let this user in: the password is wrong, or the mailbox may not log "
          "in this way."),
      .unless = "security subsystem",
      .who = N_("the user, then the administrator of this server"),
      .advice =
          N_("Check user name and password; the administrator checks that SMTP AUTH is allowed for "
             "this mailbox.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .subject = 7,
      .detail = 3,
      .commands = ON_LOGIN,
      .unless = "security subsystem" },
    { .cause = CAUSE_TOKEN_REFUSED,
      .subject = 5,
      .detail = 124,
      .commands = ON_LOGIN,
      .meaning =
          N_("The server can't use what came with the token: the user's address, or the form "
             "of the data."),
      .advice = N_("Check the user's address that the program sends with the token, then the token "
                   "itself.") },
    { .cause = CAUSE_LOGIN_NEEDED, .subject = 7, .detail = 57 },
    { .cause = CAUSE_SENDER_NOT_OWNED, .subject = 7, .detail = 60 },
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { "~sendasdenied|~mapiexceptionsendas" },
      .meaning = N_("This login may not send as the address in From, says Exchange."),
      .advice =
          N_("Set From to the mailbox's own address, or let the administrator grant 'Send As' for "
             "that address.") },
    { .cause = CAUSE_RELAY_DENIED, .subject = 7, .detail = 54 },
    { .cause = CAUSE_RELAY_DENIED,
      .subject = 7,
      .detail = 64,
      .meaning = N_("Microsoft 365 does not recognise this client as one that may relay for the "
                    "organisation."),
      .who = N_("the administrator of the sending side"),
      .advice = N_(
          "Check the connector: its certificate or IP address has to be the one that this client "
          "shows.") },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .subject = 1,
      .detail = 8,
      .words = { "outgoing blocked|outbound" },
      .meaning = N_("The account is barred from sending, since it has sent spam or looks taken "
                    "over."),
      .who = N_("the user, and the administrator of the account"),
      .advice =
          N_("Change the password, look for what sent the mail, then have the administrator or the "
             "provider lift the bar.") },
    { .cause = CAUSE_RATE_LIMITED, .subject = 1, .detail = 90 },
    { .cause = CAUSE_RATE_LIMITED, .subject = 2, .detail = 121, .last = 122 },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .codes = { 550 },
      .subject = 1,
      .detail = 10,
      .unless = "mx" },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .codes = { 5 },
      .subject = 4,
      .detail = 1,
      .words = { "recipient address rejected", "access denied" },
      .meaning = N_(
          "The recipient's domain at Microsoft 365 knows no such address, so it is refused at the "
          "edge.") },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .words = { "~recipientnotfound|~recipnotfound|~addresslookup|~adr.invalidinaddr" } },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "~resolver.rst" },
      .unless = "~size|~limit",
      RESTRICTED },
    { .cause = CAUSE_MESSAGE_TOO_BIG, .words = { "~sizelimit" } },
    { .cause = CAUSE_CONTENT, .words = { "~invalidcontent" } },
    { .cause = CAUSE_MAILBOX_FULL, .words = { "~quotaexceeded" } },
    { .cause = CAUSE_MAILBOX_DISABLED, .words = { "~mailboxdisabled|~accountdisabled" } },
    { .cause = CAUSE_RATE_LIMITED, .words = { "thread limit|~storedrv.deliver", "limit" } },
    { .cause = CAUSE_RATE_LIMITED, .words = { "~outboundspamexception|~refusequota" } },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .codes = { 5 },
      .subject = 7,
      .detail = 123,
      .last = 136,
      RESTRICTED },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .codes = { 5 },
      .subject = 7,
      .detail = 12,
      .commands = ON(RCPT) | ON_DATA,
      RESTRICTED },
    { .cause = CAUSE_RECIPIENT_REFUSED, .codes = { 5 }, .subject = 7, .detail = 193, RESTRICTED },
    { .cause = CAUSE_RATE_LIMITED, .subject = 7, .detail = 232, .last = 233, TENANT_LIMIT },
    { .cause = CAUSE_SPAM, .codes = { 5 }, .subject = 7, .detail = 501 },
    { .cause = CAUSE_SENDER_REFUSED,
      .codes = { 5 },
      .subject = 7,
      .detail = 502,
      .last = 503,
      .meaning = N_("Microsoft has banned this sender for spam."),
      .who = N_("the user, and the administrator of the sending side"),
      .advice =
          N_("Find out what sent the spam and stop it, then ask Microsoft to lift the ban.") },
    { .cause = CAUSE_RECIPIENT_REFUSED, .codes = { 5 }, .subject = 7, .detail = 504, .last = 505 },
    { .cause = CAUSE_SENDER_REFUSED, .codes = { 5 }, .subject = 7, .detail = 506, HELO_NAME },
    { .cause = CAUSE_CLIENT_BLOCKED, .codes = { 5 }, .subject = 7, .detail = 507 },
    { .cause = CAUSE_RATE_LIMITED, .codes = { 5 }, .subject = 7, .detail = 508 },
    { .cause = CAUSE_SENDER_AUTHENTICATION, .codes = { 5 }, .subject = 7, .detail = 509 },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .codes = { 5 },
      .subject = 7,
      .detail = 510,
      .meaning = N_("The recipient's domain does not take mail over IPv6."),
      .who = N_("the administrator of the sending side"),
      .advice = N_("Send over IPv4, or let the recipient's domain ask Microsoft to allow IPv6.") },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .codes = { 5 },
      .subject = 7,
      .detail = 511,
      .advice = N_(
          "The sending side's administrator mails delist@microsoft.com with this whole reply, once "
          "the spam has stopped.") },
    { .cause = CAUSE_CONTENT, .codes = { 5 }, .subject = 7, .detail = 512 },
    { .cause = CAUSE_CLIENT_BLOCKED, .codes = { 5 }, .subject = 7, .detail = 513 },
    { .cause = CAUSE_SENDER_AUTHENTICATION, .codes = { 5 }, .subject = 7, .detail = 515 },
    { .cause = CAUSE_POLICY,
      .codes = { 5 },
      .subject = 7,
      .detail = 520,
      .meaning = N_("The organisation does not allow mail to be forwarded outside by itself."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice = N_(
          "The tenant's administrator allows forwarding in the outbound spam policy, or the user "
          "stops the forwarding.") },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .codes = { 5 },
      .subject = 7,
      .detail = 606,
      .last = 649,
      .advice =
          N_("The sending side's administrator stops what sends spam, then asks for removal at "
             "sender.office.com.") },
    { .cause = CAUSE_POLICY,
      .codes = { 5 },
      .subject = 7,
      .detail = 703,
      .meaning =
          N_("The organisation's own allow and block list refuses this recipient or sender."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice = N_("The tenant's administrator looks at the Tenant Allow/Block List.") },
    { .cause = CAUSE_CLIENT_BLOCKED, .codes = { 5 }, .subject = 7, .detail = 708 },
    { .cause = CAUSE_SENDER_REFUSED,
      .codes = { 5 },
      .subject = 7,
      .detail = 750,
      .meaning = N_("The organisation sends from domains that it has not registered at Microsoft "
                    "365."),
      .who = N_("the administrator of the Microsoft 365 tenant"),
      .advice =
          N_("Register each sending domain with the tenant, and look for a taken-over account.") },
    { .cause = CAUSE_RATE_LIMITED,
      .codes = { 5 },
      .subject = 7,
      .detail = 700,
      .last = 749,
      TENANT_LIMIT },
    { .cause = CAUSE_BAD_REPUTATION, .codes = { 4 }, .subject = 7, .detail = 650 },
    { .cause = CAUSE_RATE_LIMITED, .codes = { 4 }, .subject = 7, .detail = 500, .last = 899 },
    { .cause = CAUSE_MAIL_LOOP, .subject = 4, .detail = 14 },
    { .cause = CAUSE_TIMED_OUT, .subject = 4, .detail = 300, .last = 316, .words = { "expired" } },
    { .cause = CAUSE_ROUTING, .subject = 4, .detail = 310, .last = 317 },
    /* Outlook.com: "Troubleshooting", sendersupport.olc.protection.outlook.com/pm */
    { .cause = CAUSE_SPAM, .words = { "sc 001|sc 002|sc 003|sc 004" } },
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "dy 001|dy 002|ou 001|ou 002|s3140|s3150" } },
    { .cause = CAUSE_RATE_LIMITED, .words = { "rp 001|rp 002|rp 003|s775|s77714" } },

    /* --- Yahoo and AOL: "SMTP Error Codes", senders.yahooinc.com/smtp-error-codes --- */
    { .cause = CAUSE_TOO_MANY_FAILURES, .words = { "auth005" } },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .words = { "mbr1212" },
      .commands = ON_LOGIN,
      .advice =
          N_("Check the user name, and use an app password: Yahoo and AOL don't take the account's "
             "own password here.") },
    { .cause = CAUSE_BAD_REPUTATION, .words = { "tss0*|tss1*|ts01|ts02|ts03|ts04|ipts04" } },
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "bl21|bl22|bl23" } },
    { .cause = CAUSE_SPAM, .words = { "ph01" } },
    { .cause = CAUSE_GREYLISTED, .words = { "gl01" } },
    /* AOL's own, before it moved: "SMTP Error Messages", postmaster.aol.com (archived) */
    { .cause = CAUSE_REVERSE_DNS, .words = { "rtr rd|dns nr|dns b1|dns b2" } },
    { .cause = CAUSE_RATE_LIMITED, .words = { "dyn t1|dyn t2" } },
    { .cause = CAUSE_SPAM, .words = { "hvu b1|hvu b2|hvc b1|hvc b2|hvip b1" } },
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "rtr bl|rtr bb|rtr du|rly b*|con b1" } },

    /* --- Apple: "Postmaster information for iCloud Mail", support.apple.com/102322 --- */
    { .cause = CAUSE_POLICY,
      .words = { "cs01|cs02|hm08" },
      .meaning =
          N_("Apple's filter refuses the message by a rule of its own: content, or the sender's "
             "reputation."),
      .who = N_("the administrator of the sending side"),
      .advice = N_(
          "Check SPF, DKIM and DMARC, and links in the message; then write to Apple's postmaster "
          "with this reply.") },

    /* --- NetEase (163, 126, yeah.net): help.163.com, "退信代码说明"; Coremail's servers elsewhere
     * use the same --- */
    { .cause = CAUSE_BAD_REPUTATION, .words = { "hl rep|hl mep" } },
    { .cause = CAUSE_TOO_MANY_CONNECTIONS, .words = { "hl icc|hl itc" } },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "hl ifc|hl ifq|mi dmc|mi sfq|mi stc|rp qrc|rp trc" } },
    { .cause = CAUSE_TOO_MANY_RECIPIENTS, .words = { "rp drc" } },
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "hl ipb|hl ihu|wm bli|dt rbl" } },
    { .cause = CAUSE_TOO_MANY_FAILURES, .words = { "mi cel|rp cel|mi ccl|rp ccl" } },
    { .cause = CAUSE_SENDER_AUTHENTICATION, .words = { "mi spf|mi dma" } },
    { .cause = CAUSE_SENDER_REFUSED, .words = { "wm blu|mi spb" } },
    { .cause = CAUSE_SPAM, .words = { "dt spm" } },
    { .cause = CAUSE_SENDER_NOT_OWNED, .words = { "dt sum" } },
    { .cause = CAUSE_TOO_MANY_FAILURES, .words = { "auth error limit" } },
    { .cause = CAUSE_LOGIN_DISABLED,
      .words = { "user has no permission" },
      .meaning = N_("Sending by SMTP is not switched on for this mailbox."),
      .who = N_("the user"),
      .advice =
          N_("The user switches SMTP on in the mailbox's web settings, and uses the authorization "
             "code that they give.") },

    /* --- Tencent (QQ, exmail): the lists of bounces at service.mail.qq.com, open.work.weixin.qq.com
     * --- */
    { .cause = CAUSE_APP_PASSWORD_NEEDED,
      .words = { "account is abnormal|service is not open" },
      .commands = ON_LOGIN,
      .meaning = N_(
          "The login failed: SMTP is not switched on for the mailbox, or the authorization code is "
          "wrong.") },
    { .cause = CAUSE_RATE_LIMITED, .words = { "frequency limited|frequency limit" } },
    { .cause = CAUSE_SPAM, .words = { "mail content denied" } },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "rejected by recipients|rejected by recipient" } },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "suspected spam ip|connection denied|suspected bounce" } },

    /* --- Yandex: "Mail program errors", yandex.com/support/mail --- */
    { .cause = CAUSE_LOGIN_DISABLED,
      .words = { "does not have access rights" },
      .commands = ON_LOGIN,
      .meaning =
          N_("Mail programs are not allowed for this mailbox, or the address is not served here."),
      .who = N_("the user"),
      .advice =
          N_("The user allows mail programs in the mailbox's settings, and logs in with an app "
             "password.") },
    { .cause = CAUSE_LOGIN_DISABLED,
      .words = { "eula|user agreement|terms of service" },
      .commands = ON_LOGIN,
      .meaning = N_("The account is new, and its terms of use have not been accepted."),
      .who = N_("the user"),
      .advice = N_("The user logs in once on the provider's web site, and accepts the terms.") },

    /* --- Mail.ru: help.mail.ru, "Sending errors" --- */
    { .cause = CAUSE_APP_PASSWORD_NEEDED,
      .words = { "neobhodim parol|parol prilozheniya" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .words = { "sending for this account" },
      .meaning = N_("The account is barred from sending: it has sent spam, or looks taken over."),
      .who = N_("the user"),
      .advice = N_(
          "The user changes the password, confirms that the account is theirs, and looks for what "
          "sent the mail.") },

    /* --- Zoho: "SMTP error codes" and "Troubleshooting SMTP", zoho.com/mail/help --- */
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { "relaying disallowed as|not allowed to relay emails" } },
    { .cause = CAUSE_ACCOUNT_LOCKED, .words = { "unusual sending activity|outgoing blocked" } },

    /* --- Amazon SES: "Amazon SES SMTP issues", docs.aws.amazon.com/ses --- */
    { .cause = CAUSE_SENDER_NOT_OWNED, .words = { "address is not verified" }, NOT_VERIFIED },
    { .cause = CAUSE_SENDER_NOT_OWNED, .words = { "is not authorized to perform" } },
    { .cause = CAUSE_CONTENT,
      .words = { "missing final" },
      .commands = ON_CONTENT,
      .meaning = N_("An address in the message's headers has no domain: the part from the @ on is "
                    "missing.") },
    /* --- Mailgun: "Authorized recipients", help.mailgun.com; others have such accounts, too --- */
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { "sandbox|testing emails|test purposes|test domain",
                 "domain|domains|subdomains|account|accounts|address|addresses" },
      .commands = ON_MAIL,
      NOT_VERIFIED },

    /* --- Orange, Wanadoo: postmaster.orange.fr; the number behind OFR or LPN tells --- */
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "ofr*|lpn*", "103|510|513" } },
    { .cause = CAUSE_TOO_MANY_CONNECTIONS, .words = { "ofr*|lpn*", "104" } },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "ofr*|lpn*", "102|105|108|109" },
      .meaning =
          N_("Orange puts this client off: it sends too much, or has a poor reputation there.") },
    { .cause = CAUSE_NO_SUCH_RECIPIENT, .words = { "ofr*|lpn*", "416" } },
    { .cause = CAUSE_MAILBOX_FULL, .words = { "ofr*|lpn*", "417" } },
    { .cause = CAUSE_MAILBOX_DISABLED, .words = { "ofr*|lpn*", "420" } },
    { .cause = CAUSE_SPAM, .words = { "ofr*|lpn*", "501|506" } },
    { .cause = CAUSE_POLICY, .words = { "ofr*|lpn*", "630" } },

    /* --- Comcast: postmaster.comcast.net/mail-error-codes --- */
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { "bl0000*|bl0001*|bl001*|es000001|es000010" } },
    { .cause = CAUSE_RATE_LIMITED, .words = { "rl0000*" } },
    /* --- T-Online: postmaster.t-online.de --- */
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "~tosa@rx.t-online.de" },
      .unless = "reputation|dns|reverse" },

    /* --- Spamhaus: "Using our public mirrors? Check your return codes now", spamhaus.org --- */
    { .cause = CAUSE_SERVER_TROUBLE,
      .words = { "open resolver|public resolver|public open resolver|excessive number of queries|"
                 "excessive queries|~/returnc/|typing error in dnsbl" },
      .meaning = N_("The block list does not answer this server's queries, and the server takes "
                    "that for a listing; it says nothing about the client."),
      .who = N_("the administrator of this server"),
      .advice = N_("The server's administrator lets it ask the block list through a resolver of "
                   "its own, or with a key from the list.") },

    /* --- Proofpoint: ipcheck.proofpoint.com --- */
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "~ipcheck.proofpoint.com" },
      .advice =
          N_("The sending side's administrator looks the address up at ipcheck.proofpoint.com, and "
             "asks there for removal.") },

    /* --- Postfix: POSTSCREEN_README and smtpd(8), postfix.org --- */
    { .cause = CAUSE_GREYLISTED,
      .codes = { 450 },
      .subject = 3,
      .detail = 2,
      .words = { "service currently unavailable" },
      .commands = ON(RCPT),
      .meaning = N_(
          "Postfix's postscreen tests new clients, and takes the mail when this one comes back.") },
    { .cause = CAUSE_TOO_MANY_CONNECTIONS, .words = { "server ports are busy" } },
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .codes = { 521 },
      .subject = 5,
      .detail = 1,
      .words = { "protocol error" } },
    { .cause = CAUSE_SERVER_TROUBLE,
      .codes = { 451 },
      .subject = 7,
      .detail = 1,
      .words = { "service unavailable" },
      .unless = "blocked using|listed",
      .meaning = N_("A filter that the server asks about each message did not answer.") },
    /* --- qmail: smtplf.html, cr.yp.to --- */
    { .cause = CAUSE_BARE_LINE_FEED, .words = { "~smtplf" } },
    /* --- Exchange: its NTLM and GSSAPI logins, learn.microsoft.com [MS-SMTPNTLM] --- */
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .subject = 7,
      .detail = 4,
      .commands = ON_LOGIN,
      .words = { "authentication type" } },
};

const cause_rule_set cause_operator_rules = { rules, G_N_ELEMENTS(rules), CAUSE_FROM_OPERATOR };
