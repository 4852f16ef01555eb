/* cause_rules_words.c
 * Rules for what servers say, most specific first. What they say of logins stands elsewhere.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_tables.h"

#include <glib.h>

#include "language.h"

/* Whoever has a mailbox, or might have. */
#define USER                                                                                     \
    "user|users|mailbox|mailboxes|mail box|recipient|recipients|account|accounts|address|"       \
    "addresses|addressee|username|inbox|rcpt|alias|mailing list|person|destinataire|"            \
    "utilisateur|adresse|compte|boite|empfanger|benutzer|postfach|mailadresse|adressat|usuario|" \
    "buzon|destinatario|casilla|utente|casella|indirizzo|odbiorca|uzytkownik|skrzynka|"          \
    "gebruiker|mailaddress|emailaddress|пользователь|пользователя|ящик|ящика|получатель|адрес|адресат"

#define MISSING                                                                                  \
    "unknown|not found|doesnt exist|not exist|not exists|doesn t exist|dont exist|no such|"      \
    "does not exists|doesnt exists|dosnt exist|dosent exist|"                                    \
    "nonexistent|non existent|non existing|nonexisting|not known|invalid|not listed|"            \
    "unavailable|not available|cannot be found|could not be found|couldnt be found|"             \
    "undeliverable|not valid|isnt valid|not recognized|unrecognized|not a valid|"                \
    "no longer exists|isnt known|no longer exist|no longer available|cant be found|"             \
    "never existed|bad destination|unable to find|can not be found|not our|no mailbox|"          \
    "not a known|verification failed|unroutable|unrouteable|undefined|not in directory|"         \
    "no account|deleted|removed|isnt a valid|lookup failed|is not a|not here|unreachable|"       \
    "no user|doesnt have|does not have|not in my|not in our|not present|no longer valid|"        \
    "not registered|inconnu|inconnue|n existe pas|nexiste pas|introuvable|invalide|unbekannt|"   \
    "unbekannter|existiert nicht|nicht gefunden|nicht bekannt|ungultig|desconocido|desconocida|" \
    "no existe|inexistente|no encontrado|sconosciuto|non esiste|inesistente|desconhecido|"       \
    "nao existe|nieznany|nie istnieje|onbekend|не найден|не существует|неизвестен|недоступен"

/* A server's no. */
#define NO                                                                                              \
    "denied|refused|may not|reject*|refuses|not allowed|not permitted|prohibited|forbidden|disallowed|" \
    "blocked|block|not accepted|unacceptable|not accept|not authorized|not authorised|cannot|"          \
    "unable|declined|banned|not accepting|doesnt accept|dont accept|no access|deny|denies|"             \
    "wont accept|isnt allowed|arent allowed|refuse|restrict*|interdit|rejete|refusee|abgelehnt|"        \
    "verweigert|rechazado|rechazada|rifiutato|denegado"

/* The client's address. */
#define CLIENT                                                                             \
    "ip|ips|host|client|mailserver|your address|server|connections|connection|connecting|" \
    "smtp access|your system|your isp|your domain|mta|hosts|netblock|network|peer|bl"

#define LISTS                                                                                         \
    "blacklist*|blocklist*|black list*|block list*|blackhole*|black hole|denylist*|blok list|"        \
    "blocking list|banlist|ban list|rbl|rbls|dnsrbl|dnswl|spamhaus|spamcop|sorbs|~spamhaus.org|"      \
    "~spamcop.net|~barracudacentral|~sorbs.net|~abuseat.org|~uceprotect|~blocklist.de|"               \
    "~invaluement|~abusix|~manitu.net|~surriel|~mailspike|~truncate.gb|~psbl.|~rbl.|~dnsbl|"          \
    "~mxrate|cbl|pbl|sbl|xbl|drbl|cdrbl|黑名单|liste noire|schwarze liste|sperrliste|lista negra|" \
    "lista nera"

#define SENDER                                                                             \
    "sender|senders|return path|reverse path|mailfrom|originator|return address|absender|" \
    "expediteur|remitente|mittente|nadawca|отправитель|发件人"

/* What says that a sender's address is named, but that it is about something else. */
#define OF_OTHERS                                                                          \
    "recipient address rejected|recipient address|user unknown|unknown user|no such user|" \
    "from your|not accept mail from|recipient rejected|recipient not found|relay|"         \
    "mail from this|removed from|deleted from|receive|receiving|rcpt to|mailbox|policy|"   \
    "policies|user not found|authoritative|no such recipient|smtp from|syntax|"            \
    "to this group|to this list|to this recipient|to this user|to this address"

/* A sender whom somebody does not want. */
#define UNWANTED_SENDER                                                                       \
    .meaning = N_("A list or a rule of the server refuses mail from this sender's address."), \
    .advice = N_("Log in first if the address is one of this server's; otherwise ask the "    \
                 "recipient's side to let it in.")

#define DOMAIN_MISSING                                                                                                   \
    "domain not found|domain does not exist|domain must exist|no such domain|unknown domain|"                            \
    "domain unknown|domain not exist|nonexistent domain|non existent domain|"                                            \
    "domain must resolve|does not resolve|doesnt resolve|cannot resolve|can not resolve|"                                \
    "unresolvable|unable to resolve|could not resolve|valid mx|no mx|no a record|nxdomain|"                              \
    "unroutable domain|unrouteable mail domain|unrouteable domain|unroutable mail domain|"                               \
    "invalid domain|domain is invalid|domain invalid|domain name not found|host not found|"                              \
    "host unknown|unknown host|no such host|domain isnt|no valid domain|domain lookup|"                                  \
    "bad domain|domain doesnt exist|null mx|nullmx|mx record|mx records|not resolvable|no dns|not have valid dns|dns a|" \
    "domain could not be found|domain not exists|domain no existe|domaine inconnu|"                                      \
    "domain name is not"

#define WHEN                                                                                    \
    "hour|hours|hourly|day|days|daily|minute|minutes|per|today|second|seconds|period|interval|" \
    "week|month|time frame|timeframe"

static const cause_rule rules[] = {
    /* --- what leaves no doubt --- */
    { .cause = CAUSE_GREYLISTED,
      .words = { "graylist*|grey list*|gray list*|gris|~greylist|~postgrey|sqlgrey|gl00*|灰名单|"
                 "liste grise" } },
    { .cause = CAUSE_BARE_LINE_FEED,
      .words = { "bare lf|bare lfs|bare cr|bare linefeed|bare linefeeds|bare line feed|"
                 "bare newline|bare newlines|bare carriage|stray lf|stray newline|lone lf|lone cr|"
                 "lone newline|stray cr|lf without cr|cr without lf|crlf line|line ending|"
                 "line endings|~822.bis|stray carriage" } },
    { .cause = CAUSE_SYNTAX,
      .codes = { 50 },
      .words = { "nul|nuls|null character|null characters|null byte|null bytes|bad utf|bad utf8" },
      .unless = "message|body|header" },
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .words = { "synchronisation error|synchronization|synch error|before smtp greeting|"
                 "before greeting|before the greeting|before banner|before the banner|early talker|"
                 "earlytalker|early talking|pregreet|command pipelining|smtp pipelining|"
                 "unauthorized pipelining|improper pipelining|pipelining is not|pipelining not|"
                 "without waiting|not waiting|did not wait|didnt wait|talk too soon|talks too soon|"
                 "talking too soon|must wait|waited for|wait for the banner|wait for greeting|"
                 "wait for the greeting|talked before|you talk too|spoke too early|speaking before|"
                 "premature" } },
    { .cause = CAUSE_MAIL_LOOP,
      .words = { "hop count|hopcount|hops|mail loops|looping|loops back|too many received|"
                 "received headers|received lines|maximum hop|loop|looped" } },

    /* --- what the sender may not do --- */
    { .cause = CAUSE_SENDER_AUTHENTICATION,
      .words = { "spf|dkim|dmarc|domainkeys|domainkey|sender policy framework|senderid|sender id|"
                 "arc chain|adsp|sender unauthenticated|sender is unauthenticated|"
                 "unauthenticated email|email authentication|message authentication|"
                 "authentication checks|authentication information|pass authentication|"
                 "sender authentication|domain authentication|mail authentication|bimi" },
      .unless = "too many|greylist*|smtp auth" },
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { "not owned|not owner|isnt owned|not own|not the owner|send as|must match|"
                 "doesnt match|must be same|must be the same|must equal|must be equal|not same|"
                 "not the same|not match|not allowed to send|not permitted to send|"
                 "not authorized to send|not authorised to send|isnt allowed to send|may not send|"
                 "not authorised to use|not authorized to use|not allowed to use|not your|"
                 "not verified|not belong|doesnt belong|not associated|isnt associated|"
                 "not an alias|invalid from for|is not identical|mismatch|unconfigured",
                 SENDER "|as|address|login|user|domain",
                 "user|login|logged in|account|authenticated|authorization|authorized|auth|as|"
                 "owner|owned|own|alias|sender|username|envelope|identity|not your|from|"
                 "sending domain|your domain" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE),
      .unless = "ip|ips|hostname|helo|reverse|rdns|recipient user|relay|to this recipient|"
                "to this group|to this user|to the recipient|directly|host|hosts|server|recipients|"
                "network|smtp access" },

    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { "sending from|sending as|send from|send as|sending domain", NO "|not verified" },
      .codes = { 5 },
      .commands = ON(MAIL) | ON_DATA,
      .unless = "ip|ips|host|network|relay|server|recipient|recipients|directly|spam|dynamic|"
                "country" },

    /* --- logins and TLS that are missing --- */
    { .cause = CAUSE_LOGIN_NEEDED,
      .codes = { 530, 503 },
      .words = { "authenticat*|auth|login|log in|logged in|logon|access denied|authorization|"
                 "authorized|unauthenticated|anonymous|unauthorized" },
      .unless = "tls|starttls|ssl|already",
      .commands = NOT_ON_LOGIN },
    { .cause = CAUSE_TLS_NEEDED,
      .words = { "tls|starttls|ssl|encrypted|encryption|unencrypted|secure connection|"
                 "requiretls",
                 "must|first|required|requires|require|needed|need|needs|only|use|before|mandatory|"
                 "enforced|too weak|stronger|without|not sent over|unencrypted|should|demand*" },
      .unless = "not available|unavailable|handshake|temporar*|failed|failure|error|already|"
                "blacklist*|listed|spam" },
    { .cause = CAUSE_RELAY_DENIED,
      .words = { "relay|relaying|relayed|relays|relayer|rcpthosts|mail gateway|not a gateway|"
                 "gateway to|relayhost|weiterleitung|relai|релей",
                 NO "|not|no|attempt|isnt|only|wont|dont|doesnt|please|must" },
      .unless = "too many|rate|blacklist*|listed|spam|open relay|user unknown|unknown user|"
                "no such user|email directly|mail directly" },
    { .cause = CAUSE_RELAY_DENIED,
      .words = { "open relay not|open relay is not|not an open relay|no open relay|"
                 "open relaying|open relays are not" } },
    { .cause = CAUSE_RELAY_DENIED,
      .words = { "not local|nonlocal|non local|not a local|isnt local|isnt a local|"
                 "not hosted|not handled here|not served|"
                 "dont serve|dont handle|do not handle|do not serve|not one of our|not my domain|"
                 "not our domain|dont accept mail for|not accept mail for|not accept mail to|"
                 "dont deliver|not responsible|external recipient|external recipients|"
                 "external address|non accepted domain|not in my list|cannot deliver|"
                 "not configured to accept|not a recipient domain|outside your|"
                 "not deliver mail for|foreign domain|outgoing mail",
                 "domain|domains|recipient|recipients|address|host|hosts|here|mail|user|account" },
      .codes = { 5, 45 },
      .commands = ON(RCPT) | ON_DATA | ON(NONE),
      .unless = "user not local|sender|not local user|from|spam|for this user|for that user|"
                "for this recipient|for this mailbox" },
    { .cause = CAUSE_LOGIN_NEEDED,
      .words = { "authentication required|authentication is required|authentication needed|"
                 "authentication must|must authenticate|must be authenticated|"
                 "must first authenticate|auth required|please authenticate|please login|"
                 "please log in|login required|log in first|login first|not logged|logged in first|"
                 "must log in|must login|need to log|not authenticated|isnt authenticated|"
                 "wasnt authenticated|need to authenticate|need authentication|"
                 "needs authentication|requires authentication|require authentication|smtp auth|"
                 "smtp authentication|authenticate first|authenticate before|authenticated first|"
                 "before authenticat*|unauthenticated|need auth|send auth|auth first|use auth|"
                 "requires login|pop before|popauth|check mail first|check your mail first|no auth|"
                 "without authentication|without login|without auth|anonymous|"
                 "authorization required|authorization first|authorization is required|"
                 "unauthorized user|only authenticated|authenticated users only|from authenticated|"
                 "client was not|authentifizierung erforderlich|authentification requise|"
                 "autenticacion requerida|autenticazione richiesta|необходима авторизация|"
                 "требуется авторизация|需要认证|需要验证|必须通过验证|必须认证|必须验证|请先登录|"
                 "未登录|need user auth|no login|"
                 "auth command|auth failed|logging in" },
      .commands = NOT_ON_LOGIN,
      .unless = "already" },
    { .cause = CAUSE_LOGIN_NEEDED,
      .words = { "use submission|use the submission|submission port|submission service|port 587|"
                 "port 465",
                 "use|connect|only|instead|must|please|send|require*" },
      .commands = NOT_ON_LOGIN,
      .advice =
          N_("Set the sending program to the submission port, 587 or 465, and log in there.") },
    { .cause = CAUSE_LOGIN_NEEDED,
      .words = { "permissions to submit|permission to submit|submit mail|submit to this" },
      .commands = NOT_ON_LOGIN,
      .facts = { FACT_NOT_AUTHENTICATED } },

    /* --- too much of something --- */
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "too many|maximum|max|limit|limits|exceeded|exceeds|over|more than|sent|quota",
                 "recipients|messages|emails|mails|mail|message|email|sent|rcpt|sending|send|"
                 "submission|outgoing|outbound|relay|volume|envelopes|requests|domains|deliveries|"
                 "transactions",
                 WHEN "|rate|volume|too quickly|frequen*|sending limit|sending quota|"
                      "submission quota|outgoing quota|session limit|send quota|in a short" },
      .unless =
          "size|mailbox|per message|user is over|over quota|hops|storage|space|kb|mb|bytes|errors|"
          "spam|greylist*|inactive|invalid recipients" },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "messages per|message per|mails per|mail per|emails per|email per|e mails per|"
                 "requests per|deliveries per",
                 "day|days|hour|hours|minute|minutes|second|seconds|week|month" },
      .unless = "size|mailbox" },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "you have exceeded|you exceeded|you have reached|you reached|you have used up|"
                 "you are over|exceeded your|reached your|used up your|exhausted your|"
                 "your sending|your daily|your monthly|your hourly|your plan|your messaging|"
                 "your outgoing",
                 "quota|limit|limits|allowance|allotment|credits" },
      .unless = "size|mailbox|storage|space|connection|connections|sessions|errors|failures|"
                "attempts|hops|commands|recipients|recipient limit|kb|mb|bytes|attachment|"
                "attachments|length" },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "too many requests|too many starttls|too many new" },
      .unless = "errors|failures" },
    { .cause = CAUSE_TOO_MANY_CONNECTIONS,
      .words = { "too many|too much|maximum|max|limit|concurrent|simultaneous|exceeded|exceeds|"
                 "concurrency|trop de|zu viele|excessive|demasiadas|troppe",
                 "connections|connection|sessions|session|concurrent|simultaneous|concurrency|"
                 "connexions|verbindungen|conexiones|connessioni|processes|threads|channels" },
      .unless =
          "errors|messages|recipients|too many failures|mails|emails|timed out|timeout|failed|"
          "time limit|frequency|invalid|unsolicited|rcpt|commands|idle" },
    { .cause = CAUSE_TOO_MANY_RECIPIENTS,
      .words = { "too many|maximum|max|limit|limits|exceeded|exceeds|more than|over|reached|"
                 "number of|上限|过多",
                 "recipients|rcpts|rcpt to|destinations|addressees|rcpt commands|destinataires|"
                 "empfanger|destinatarios|destinatari|recipient limit|recipient count|rcpt|"
                 "收件人" },
      .unless = "mailbox|storage|invalid|unknown|bad|nonexistent|bogus|message size|size limit|"
                "size exceeds|maximum size|error|errors|non existent|length" },
    { .cause = CAUSE_TOO_MANY_FAILURES,
      .words = { "too many|too much|repeated|excessive|maximum number|maximum of|limit of|"
                 "error limit|errors exceeded",
                 "errors|failures|failed|bad|error limit|syntax|nonmail|noop|invalid|unknown|bogus|"
                 "nonexistent|wrong|fehler|erreurs|commands|illegal" },
      .unless = "size|quota|hops|storage|spam" },
    { .cause = CAUSE_TOO_MANY_FAILURES,
      .words = { "dictionary attack|harvesting|harvest attack|directory harvest|"
                 "address enumeration" } },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "rate limit*|ratelimit*|rate exceeded|rate control|throttl*|too quickly|too fast|"
                 "too frequent*|limit reached|batch limit|slow down|slowdown|frequency limit*|"
                 "sending rate|send rate|message rate|mail rate|at a rate|excessive rate|"
                 "excessive volume|unexpected volume|high volume|unusual rate|unusual volume|"
                 "sending limit|send limit|sending quota|submission quota|daily limit|daily quota|"
                 "hourly limit|hourly quota|volume limit|message limit|messages limit|mail limit|"
                 "too many messages|too many emails|too many mails|too much mail|too many e mails|"
                 "too many envelopes|limit exceeded for sender|flood|flooding|sent too many|"
                 "sending too many|sending too much|limit on the number|velocity|burst|"
                 "deferred due to|delivery rate|exceeded the rate|quota of messages|limite d envoi|"
                 "频率|超过限制|超出限制|发送太频繁|发信超限|слишком много|превышен лимит|"
                 "speed limit|too much traffic|unusual traffic|demasiados mensajes|queue quota" },
      .unless = "mailbox|storage|size|mail data|on the server|大小|容量" },

    /* --- the client's address --- */
    { .cause = CAUSE_REVERSE_DNS,
      .words = { "reverse dns|rdns|ptr|reverse hostname|reverse host|reverse lookup|reverse name|"
                 "reverse record|reverse ip|reverse resolution|reverse mapping|reverse address|"
                 "no reverse|your hostname|your reverse|forward confirmed|fcrdns|~in-addr|"
                 "hostname lookup|possibly forged|may be forged|no hostname|resolve to a|"
                 "resolve to any|unverifyable|unverifiable|dns record for your|resolve your|"
                 "resolve client|name lookup|hostname does not|hostname for your|unresolvable ip|"
                 "unresolved ip|reverse zone|matching dns|dns reverse|resolve hostname|"
                 "ip does not resolve|address not resolvable|hostname not found|"
                 "requires a valid hostname|unresolvable host|unresolvable hostname|unresolvable relay|unresolvable client|client host name|ip reverse|ip must resolve|反向解析" },
      .unless = "sender domain must|dynamic|dialup|helo name" },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { "helo|ehlo|hello name",
                 NO "|invalid|fully qualified|fqdn|bad|resolve|not found|unqualified|mismatch|"
                    "forged|syntactically|not valid|does not match|impersonat*|wrong|fake|illegal|"
                    "incorrect|ip address|claim*|own|localhost|dynamic|malformed|forward dns|"
                    "must have|"
                    "must contain|must be a|must be fully|must be valid|must be your" },
      .unless = "first|send helo|send ehlo|expected|before|already|polite|required|must be sent|"
                "missing helo|duplicate|blacklist*|listed|after|unknown command",
      .meaning = N_("The server does not accept the name that the client gave with EHLO or HELO."),
      .who = N_("the administrator of the sending side"),
      .advice = N_("Set the name for EHLO in the sending host to its full name in DNS, one that "
                   "points to its address.") },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { "sender verify|sender verification|sender callout|sender callback|"
                 "verify sender|verify the sender|verifying the sender" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "user in blacklist|user blacklist|users blacklist|recipients blacklist|"
                 "recipient blacklist|personal blacklist|users blocklist|recipients blocklist|"
                 "personal blocklist|backscatter|batv|blocked by user|blocked by the user|blocked by recipient|"
                 "blocked by the recipient|recipient has blocked|user has blocked|does not want|"
                 "doesnt want" },
      .commands = ON(RCPT) | ON_CONTENT | ON(NONE),
      .unless = "ip|host|spam content" },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { SENDER, "badmailfrom|bad mail from|blacklist*|blocklist*|block list|black list|"
                         "denylist*|banned|blocked sender|blocked senders" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA,
      .unless =
          "ip|host|server|client|network|servers|connections|spamhaus|dnsbl|rbl|messages from|"
          "mail from|~spamhaus.org",
      UNWANTED_SENDER },
    { .cause = CAUSE_SPAM,
      .words = { "dbl|uribl|surbl|url|urls|link|links|uri|domain present|website|web site|"
                 "hyperlink|body contains",
                 LISTS "|dbl|uribl|surbl|malicious|spam|phish*|blocked|listed|reputation|"
                       "suspicious" },
      .commands = ON_DATA | ON(NONE) },
    { .cause = CAUSE_CLIENT_BLOCKED, .words = { LISTS }, .unless = "too many hops" },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "mail server at|mailserver at|mail server with",
                 "blocked|banned|rejected|refused|denied" },
      .unless = "connection refused|recipient" },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "dynamic|dynamically|dial up|dialup|residential|generic hostname|generic rdns|"
                 "generic host|consumer ip|direct to mx|send email directly|send mail directly|dul|"
                 "home user|broadband|transient ip|use your isp|use your isps|your isps mail|"
                 "use your provider|use your providers|your providers mail|"
                 "server of your isp|server of your provider" },
      .unless = "account|content|attachment",
      .meaning = N_(
          "The server takes no mail straight from addresses like the client's: dynamic ones, or of "
          "homes."),
      .advice =
          N_("Send by the provider's mail server, or by one that the client can log in to, on "
             "port 587.") },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "listed by|listed in|listed at|listed on|is listed|blocked using|banned ip|"
                 "banned sending ip|ip banned|blocked ip|ip blocked|black ip|bad ip|ip is blocked|"
                 "host is blocked|address is blocked|has been blocked|unblock|delist*|"
                 "ip range|ip被|ip地址被|mail exchanger|blacklist|network is blocked|"
                 "connection blocked|policy block|open proxy|is a proxy|proxy detected|"
                 "proxy host|open relay|botnet|zombie|hijacked|"
                 "compromised host|static ip|no access from|whitelist|whitelisted|allowlist|geoip|"
                 "geo ip|country" },
      .unless = "this message|message has been blocked|mail has been blocked|content|attachment|"
                "account|reputation|user has been|message blocked|user is blocked|mailbox|"
                "blocked by user|recipient has blocked|blocked by the recipient|quota" },
    { .cause = CAUSE_BAD_REPUTATION,
      .words = { "reputation|senderscore|sender score|senderbase|sender base|complaints|complaint|"
                 "untrusted|not trusted|trust score|poor score|abusive|abuse from|"
                 "suspicious activity|suspicious traffic|hosts with no|信誉|score too low|"
                 "low score|bad neighborhood|bad neighbourhood" } },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "ip|client host|connections not accepted|connection not allowed|"
                 "connection refused from|connection rejected|connection denied|connection from|"
                 "connections from|not accept connections|not accepting mail from|"
                 "not accept mail from|dont accept mail from|dont accept connections|"
                 "messages from your|mail from your|email from your|ip not allowed|ip denied|"
                 "ip rejected|host denied|host rejected|ip access denied|from this host|"
                 "from this ip|from this server|from your ip|invalid ip|ip not authorized|"
                 "unauthorized ip|not in whitelist|ip address|ip addresses|sending ip|your host|"
                 "your network|your mail server|your mailserver|your server|remote host|peer|"
                 "smtp access|this client|unauthorized host|unknown client|host not allowed|"
                 "client address|originating ip|you are not allowed to connect|you are not welcome|"
                 "go away|bugger off|source address|ip 被|发信ip",
                 NO "|bad|not in|invalid|unauthorized|abuse|禁止|拒绝|not welcome|go away|"
                    "unknown client|bugger off" },
      .unless = "spam content|quota|unknown user|user unknown|helo|connection refused by|"
                "invalid recipients|too busy|server is busy|server busy|as spam|considered spam|"
                "is spam|to be spam" },

    /* --- the message --- */
    { .cause = CAUSE_VIRUS,
      .words = { "virus|viruses|malware|trojan|trojans|infected|infection|worm|clamav|eicar|"
                 "ransomware|malicious|exploit|病毒|вирус|viren|virenverdacht|virale|antivirus|"
                 "mydoom|w32" },
      .unless = "spam" },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "is protected by|protected by", "account|mailbox|user|recipient|inbox" },
      .codes = { 55 },
      .commands = ON(RCPT) },
    { .cause = CAUSE_SPAM,
      .words = { "spam*|antispam|ube|uce|unsolicited|junk|bulk mail|bulk email|phishing|phish|"
                 "scam|scored|mail score|message score|recurrent pattern|by our filter|by our filters|hits|cloudmark|bayes*|rspamd|gtube|pourriel|indesirable|"
                 "unerwunscht*|no deseado|indesiderat*|спам|спама|垃圾|迷惑メール|스팸|mass mail*|"
                 "advertisement*|advertising|razor|dcc" },
      .commands = NOT_ON_LOGIN,
      .unless = "ip spam frequency|user unknown|unknown user|no such user|unknown recipient|"
                "recipient unknown|invalid recipient|your account" },
    { .cause = CAUSE_SPAM,
      .words = { "classified as|identified as|detected as|marked as",
                 "~spam|bulk|unwanted|undesired|graymail|greymail" },
      .commands = ON_CONTENT },
    { .cause = CAUSE_CONTENT,
      .words = { "header|headers|message id|messageid|subject|mime|attachment|attachments|attached|"
                 "file type|filetype|file extension|executable|content|charset|encoding|8 bit|8bit|"
                 "8bitmime|non ascii|utf 8|smtputf8|rfc 5322|rfc 2822|rfc2822|rfc822|rfc 822|"
                 "~rfc5322|not compliant|non compliant|malformed message|security issue|"
                 "potential security|body hash|message body|empty message|no body|multiple from|"
                 "line too long|lines too long|line is too long|lines are too long|line length|"
                 "nul character|nul characters|null character|null characters|nul byte|nul bytes|"
                 "forbidden words|banned words|keyword|conversion|macro|macros|encrypted archive|"
                 "zip|multiple addresses in from|内容|主题|附件" },
      .commands = ON_DATA | ON(RCPT) | ON(NONE),
      .unless =
          "size limit|message size|size exceeds|maximum size|attachment too|"
          "attachment is too|attachments too|attachments are too|threshold|大小|authenticat*|"
          "quota|recipient address|parameter|unknown user|user unknown|user subject|option|full|"
          "spoof*" },
    { .cause = CAUSE_MESSAGE_TOO_BIG,
      .words = { "too big|too large|too long|size limit|size exceeds|size exceeded|maximum size|"
                 "max size|exceeds size|exceeded size|exceeds the size|message length|"
                 "exceeds fixed|exceeds maximum|exceeds the maximum|larger than|oversize|oversized|"
                 "exceeds limit|exceeds the limit|databytes|size of message|too much data|"
                 "too much mail data|message exceeds|message is too|maximum message|"
                 "maximum allowed size|size restriction*|length exceeds|trop volumineux|trop grand|"
                 "zu gross|zu groß|demasiado grande|troppo grande|too heavy|слишком большой|"
                 "превышает|太大|过大|大小超|대용량" },
      .unless = "idle|mailbox size|mailbox limit|mailbox has|mailbox exceeds|line too long|"
                "line is too long|header|headers|command|quota|address too long|path too long|"
                "local part|queue|username|domain name",
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE) },

    { .cause = CAUSE_MESSAGE_TOO_BIG,
      .words = { "more than|exceeds|exceeded|exceeding|over|limit|larger|greater than|threshold|"
                 "maximum|max",
                 "bytes|kb|mb|kilobytes|megabytes|kib|mib|data content|length of data" },
      .unless = "mailbox|inbox|account|quota|storage|header|headers|line|command|queue|hour|day|"
                "minute|second",
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE) },

    /* --- room --- */
    { .cause = CAUSE_SERVER_STORAGE_FULL,
      .words = { "insufficient system|system storage|disk full|disk is full|no space left|"
                 "insufficient disk|not enough disk|out of disk|system resources|spool full|"
                 "queue full|queue is full|filesystem full|low on disk|disk space|"
                 "insufficient resources|server storage|not enough space|system full|low disk|"
                 "insufficient queue|server is full" },
      .unless = "mailbox|user|recipient|quota" },
    { .cause = CAUSE_MAILBOX_FULL,
      .words = { "mailbox size|mailbox limit|overquota|quota|quotas|storage exceeded|"
                 "exceeded storage|exceeds storage|out of storage|storage space|storage limit|"
                 "insufficient storage|storage allocation|maildir|not enough storage|no space|"
                 "mailbox exceeds|mailbox exceeded|overlimit|over limit|space limit|"
                 "maximum storage|insufficient space|mailfolder|enough space|mailbox has exceeded|"
                 "mailspool|pleine|saturee|voll|uberfullt|speicherplatz|lleno|llena|piena|cheia|"
                 "pelna|przepelnion*|переполнен|квота|已满|容量|空间不足|信箱满|邮箱满|full|"
                 "user has too many|recipient has too many|mailbox has too many|"
                 "too many messages in|too many messages on" },
      .unless =
          "queue quota|sending quota|submission quota|outgoing|full name|fully|full email|full address|"
          "fqdn|full domain|full hostname" },

    /* RFC 5321, section 3.4: who isn't here may be elsewhere. */
    { .cause = CAUSE_RECIPIENT_MOVED,
      .codes = { 551 },
      .words = { "not our|not ours|not here|not mine|not local" } },

    /* --- the order of things, where words say so --- */
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .words = { "already said|already greeted|duplicate helo|duplicate ehlo|duplicate hello" },
      .commands = ON_HELLO,
      .meaning = N_("The client has said EHLO or HELO before, and this server takes it only once."),
      .advice = N_("Nothing is lost: the first one holds, and the session can go on.") },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 50, 45, 55 },
      .words = { "sequence|out of order|need mail|need rcpt|need recipient|need sender|"
                 "sender first|mail first|rcpt first|recipient first|rcpt to first|mail from first|"
                 "must have sender|helo first|ehlo first|hello first|say helo|say hello|say ehlo|"
                 "send helo|send ehlo|send hello|polite|no valid recipients|no valid recipient|"
                 "no recipients|no recipient|no sender|without mail|without rcpt|missing mail|"
                 "missing rcpt|missing recipient|missing sender|nested mail|already specified|"
                 "sender already|already said|already given|already been|already issued|"
                 "duplicate helo|duplicate ehlo|issue a reset|start over|valid rcpt|mail command|"
                 "rcpt command|must precede|must be preceded|mail from command|rcpt to command|"
                 "who are you|introduce yourself|identify yourself|transaction in progress|"
                 "must issue|no transaction|in a transaction|not in transaction|ehlo or helo|"
                 "helo or ehlo|helo required|ehlo required|data command|before data|before mail|"
                 "before rcpt|bad command order|already in progress|expected mail|expected rcpt|"
                 "wrong state|bad state" },
      .unless =
          "auth|authenticat*|user unknown|unknown user|no such|alias|not found|spam|"
          "recipient address rejected|mailbox|unknown in|pipelin*|not recognized|unrecognized|"
          "not implemented|unknown command|command rejected" },

    /* --- the sender's address --- */
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .words = { SENDER "|from", "not allowed|not permitted|not accepted|not authori*" },
      .commands = ON(MAIL),
      .facts = { FACT_AUTHENTICATED } },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { "sender address|sender is|sender not|from address|return path|reverse path",
                 "not allowed|not permitted|not accepted|not acceptable|not authori*" },
      .commands = ON(MAIL),
      UNWANTED_SENDER },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { SENDER, "access denied|denied|blocked|banned|denylisted|forbidden|prohibited|"
                         "disallowed|not welcome|拒绝" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE),
      .unless = OF_OTHERS,
      UNWANTED_SENDER },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { "sender address rejected|sender rejected|sender is rejected" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE) },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { SENDER, DOMAIN_MISSING
                 "|invalid|rejected|denied|unknown|verify|verification|verified|unverified|"
                 "callback|callout|not valid|bad|refused|not accepted|unacceptable|blocked|"
                 "not allowed|null sender|banned|doesnt exist|not exist|forged|fake|missing|"
                 "unrouteable|unroutable|not permitted|not acceptable|domain name required|"
                 "fully qualified|not found|disallowed|prohibited|restricted|denylisted|"
                 "unqualified|forbidden|abgelehnt|rejete|rechazado|不存在|拒绝" },
      .commands = ON(MAIL) | ON(RCPT) | ON_DATA | ON(NONE),
      .unless = OF_OTHERS },
    { .cause = CAUSE_SENDER_REFUSED,
      .words = { DOMAIN_MISSING "|domain|mx|dns|cname" },
      .codes = { 5, 45 },
      .unless = "recipient|policy|not local|user",
      .commands = ON(MAIL) },

    /* --- the recipient's address --- */
    { .cause = CAUSE_RECIPIENT_MOVED,
      .words = { "has moved|moved to|user moved|mailbox moved|no longer on server|changed address|"
                 "new address|has changed|forwarding address|please try|address changed|"
                 "moved permanently|account moved|recipient moved|no longer here|no longer at this|"
                 "no longer employed|no longer works|no longer with|left the|a demenage|verzogen|"
                 "neue adresse|please use|user not local|not local user|replaced by|user has left|"
                 "mailbox has been moved|migrated|changed to" },
      .commands = ON(RCPT) | ON_CONTENT | ON(VRFY) | ON(NONE),
      .codes = { 55, 57 },
      .unless =
          "again|later|policy|spam|relay|try to|quota|send from|unknown|not exist|doesnt exist|"
          "double checking|isp|isps|provider|providers|smtp|mail server|port|tls" },
    { .cause = CAUSE_MAILBOX_DISABLED,
      .words = { "disabled|inactive|suspended|suspend|deactivated|not active|closed|terminated|"
                 "frozen|dormant|locked|expired|on hold|deactive|disactivated|not activated|"
                 "not enabled|archived|retired|turned off|no longer active|no longer accepts|"
                 "no longer accepting|no longer in use|no longer used|isnt active|administratively|"
                 "cancelled|canceled|discontinued|unsubscribed|desactive|desactivee|ferme|"
                 "deaktiviert|gesperrt|geschlossen|suspendid*|desactivad*|deshabilitad*|"
                 "disabilitat*|sospes*|zablokowan*|заблокирован*|отключен*|停用|冻结|禁用|"
                 "not been used|abandoned|out of service|hibernat*|overdrawn|blocked|archivee|archiviert|extended inactivity|long inactivity",
                 USER
                 "|domain|subscription|customer|is disabled|is now disabled|is inactive|"
                 "is suspended|is deactivated|is currently suspended|is currently disabled|is currently inactive|帐号|账号|邮箱|用户" },
      .commands = ON(RCPT) | ON_CONTENT | ON(VRFY) | ON(NONE),
      .unless =
          "unknown user|user unknown|message expired|vrfy|command|smtp auth|client|"
          "message blocked|message was blocked|message has been blocked|message is blocked|"
          "delivery time|ip|policy|host|blocked by|closed list|closed mailing list|closed group|your email|your e mail|sender|sending|"
          "envelope" },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .words = { "account|user|mailbox|your|you|outgoing|sending",
                 "disabled|suspended|locked|deactivated|frozen|compromised|blocked from sending|"
                 "inactive|restricted|hacked|outgoing" },
      .commands = ON(MAIL),
      .unless = "recipient|ip|host|server|helo|domain" },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .words = { "your account|your smtp account|your email account|your mail account|"
                 "your subscription|activate your",
                 "activate|activated|not active|under review|on hold|unpaid|overdue|suspended|"
                 "deactivated" },
      .commands = ON_MAIL,
      .unless = "recipient|recipients|not your account",
      .meaning = N_("The provider does not let this account send: it is not activated yet, or "
                    "suspended."),
      .advice = N_("The user logs in on the provider's web site to see what is missing there, or "
                   "asks the provider.") },
    { .cause = CAUSE_UNKNOWN_DOMAIN,
      .words = { DOMAIN_MISSING "|bad destination system|destination domain|unknown destination|"
                                "recipient domain|domain is not|domain not" },
      .commands = ON(RCPT) | ON_CONTENT | ON(VRFY) | ON(NONE),
      .unless = "sender|user unknown|unknown user|no such user|mailbox|helo|ip|is not allowed|"
                "is not permitted|is not authorized|is not accepted|not allowed|is not verified" },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .words = { "user unknown|unknown user|unknown recipient|recipient unknown|unknown mailbox|"
                 "mailbox unknown|no such user|no such recipient|no such mailbox|no such address|"
                 "no such account|no such person|no such local|no such email|user not found|"
                 "recipient not found|mailbox not found|account not found|address not found|"
                 "no mailbox|unknown address|address unknown|unknown local|unknown account|"
                 "account unknown|unknown virtual|not a valid mailbox|not a valid user|"
                 "not our customer|user doesnt|user does not|nobody by|not known here|local part|"
                 "no valid user|unrouteable address|unroutable address|invalid mailbox|"
                 "invalid recipient|invalid recipients|mailbox invalid|invalid user|"
                 "invalid address|bad address|bad destination mailbox|"
                 "destination mailbox address invalid|not valid recipient|not a known user|no user|"
                 "who is this|no one here|不存在|無此|查无此人|없는|存在しない|宛先|"
                 "такого пользователя нет|нет такого|does not exist here|no inbox|isnt here|"
                 "email is invalid|email invalid|invalid email|not a valid email|"
                 "recipnotfound|recipientnotfound|no longer valid|invalid rcptto|invalid rcpt" },
      .codes = { 5, 450, 451 },
      .commands = NOT_ON_LOGIN & ~ON(MAIL) & ~ON(CONNECTION),
      .unless = "syntax" },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .words = { USER, MISSING },
      .codes = { 5 },
      .commands = ON(RCPT) | ON_DATA | ON(VRFY) | ON(EXPN) | ON(NONE),
      .unless =
          "syntax|sender|ip|policy|temporar*|invalid character|illegal|command|later|parameter|"
          "argument|format|rfc|server settings" },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "is not accepting any|is not accepting mail|is not accepting messages|"
                 "is not accepting email" },
      .codes = { 55 },
      .commands = ON(RCPT),
      .unless = "system|server|service|host|network|smtp|site" },
    { .cause = CAUSE_SERVER_TROUBLE,
      .words = { "not accepting network|not accepting messages|not accepting any|"
                 "system not accepting" },
      .unless = "mailbox|user|account" },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "unavailable|not available|not currently available",
                 "to receive|take delivery|to accept|accept mail" },
      .codes = { 55 },
      .commands = ON(RCPT),
      .unless = "service|server|system|smtp" },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "to this group|to this list|to this recipient|to this user|to this address|"
                 "to this mailbox",
                 NO },
      .commands = ON(RCPT) | ON_CONTENT | ON(NONE) },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .words = { "to receive|recipient|recipients|rcpt|mailbox|group|user|local users|"
                 "account|address|alias|list|"
                 "mail to|mail for|messages to|messages for",
                 NO "|not acceptable|invalid|unavailable|busy|verify|unverified|verification|"
                    "members only|only members|local user only|local users only|internal|"
                    "does not want|doesnt want|not deliverable|"
                    "does not receive|filtered|private|closed" },
      .commands = ON(RCPT) | ON_CONTENT | ON(VRFY) | ON(EXPN) | ON(NONE),
      .unless = "syntax|policy|policies|content|message rejected|vrfy|command|sender|this message|"
                "administrative|security|characters|yourself|mail system|this system|"
                "this server|your account|to send|server settings|configuration problem|"
                "configuration error|lookup failure|internal error|server error|spoof*" },

    /* --- where the message would go, and the server --- */
    { .cause = CAUSE_TIMED_OUT,
      .words = { "timeout|timed out|time out|timeouts|idle|expired|took too long|too slow|"
                 "inactivity|no activity|tired of waiting|zeituberschreitung|delai|"
                 "too long waiting|超时|waited too long" },
      .unless = "certificate|password|account|mailbox|domain expired|domain has expired|lookup|dns|"
                "resolv*|license|licence|subscription|trial" },
    { .cause = CAUSE_ROUTING,
      .words = { "no route|unrouteable|unroutable|cannot route|unable to route|cant route|"
                 "dns error|dns lookup|dns failure|dns timeout|dns query|dns temporar*|name server|"
                 "nameserver|dns server|host lookup|mx lookup|unable to look up|connection refused|"
                 "could not connect|cannot connect|unable to connect|unreachable|cant reach|"
                 "cannot reach|could not be reached|cannot be reached|not reachable|next hop|bad gateway|backend server|"
                 "destination server|upstream|resolver|no answer|host down|failed to connect|"
                 "connect failed|connection failed|connection to|points back to" },
      .unless = "callout|greylist*|too many|authentication" },
    { .cause = CAUSE_CONTENT,
      .words = { "message not accepted|message rejected|mail rejected|message refused|"
                 "message was rejected|content|message blocked|message filtered" },
      .codes = { 500, 501 },
      .commands = ON_DATA | ON(RCPT),
      .unless = "policy" },

    /* --- commands --- */
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .codes = { 50, 55 },
      .words = { "unsupported command|unrecognized|unrecognised|not recognized|not recognised|"
                 "unknown command|command unknown|command not found|no such command|unrecognizable|"
                 "not understood|unknown smtp|invalid command|illegal command|bad command|"
                 "unknown verb|commande inconnue|unbekannter befehl|unbekanntes kommando|"
                 "comando desconocido|未知命令|command is not known|what|huh|eh|no comprende" },
      .unless = "parameter|parameters|option|argument|arguments|address|recipient|"
                "authentication" },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .codes = { 500, 502 },
      .words = { "unimplemented|not implemented|command not|unsupported|not supported|"
                 "command rejected|error" },
      .commands = ON(OTHER) | ON(NONE) },
    { .cause = CAUSE_SYNTAX,
      .codes = { 50, 55 },
      .words = { "syntax|syntactically|malformed|garbage|unbalanced|invalid character|"
                 "illegal character|invalid characters|illegal characters|restricted characters|"
                 "line too long|line is too long|cannot parse|unable to parse|parse error|"
                 "bad address|bad format|invalid format|wrong format|format error|too few|extra|"
                 "unexpected|usage|improper|unsupported option|unknown option|option not|"
                 "not a valid address|unqualified|domain required|requires domain|angle brackets|"
                 "colon|hostname required|requires address|requires an|argument|arguments|"
                 "parameter|parameters|syntaxe|syntaxfehler|sintaxis|command too long|bad data|"
                 "out of range|not rfc|valid rfc|rfc compliant|invalid input|语法" },
      .unless = "user unknown|unknown user|spam|blocked" },
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 50, 55, 45 },
      .words = { "not implemented|unimplemented|not supported|unsupported|disabled|disallowed|"
                 "not available|not enabled|not allowed|turned off|switched off|"
                 "no longer supported|not advertised|not offered|command not|not permitted|"
                 "not provided|not support|feature|doesnt support|no support|vrfy|expn|"
                 "not configured|isnt supported|not accept any mail|does not accept mail|"
                 "never accepts|no smtp service|non pris en charge" },
      .commands = ON(VRFY) | ON(EXPN) | ON(HELP) | ON(ETRN) | ON(ATRN) | ON(TURN) | ON(XCLIENT) |
                  ON(XFORWARD) | ON(BDAT) | ON(BURL) | ON(STARTTLS) | ON(NOOP) | ON(RSET) |
                  ON(OTHER) | ON_HELLO | ON(QUIT),
      .unless = "local problem|currently|temporar*|helo name" },
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 504, 555 },
      .words = { "not implemented|unimplemented|not supported|unsupported|not available|"
                 "not enabled|not recognized" },
      .commands = ON(MAIL) | ON(RCPT) },

    /* --- what is only said in general --- */
    { .cause = CAUSE_GREYLISTED,
      .codes = { 450, 451, 421 },
      .words = { "first time|first attempt|try again in|retry in|come back|come again|retry after|"
                 "wait at least|seconds|deferred for|new sender|unknown sender combination|not yet|"
                 "please wait|minutes|triplet|initial" },
      .commands = ON(RCPT) | ON_DATA | ON(MAIL),
      .unless = "error|internal|busy|overload*|maintenance|resources|load" },
    { .cause = CAUSE_GREYLISTED,
      .codes = { 450, 451 },
      .subject = 7,
      .detail = 1,
      .words = { "try again|try later|again later|retry" },
      .commands = ON(RCPT),
      .unless = "service|error|internal|policy" },
    { .cause = CAUSE_CLOSING,
      .codes = { 4, 5 },
      .words = { "shutting down|shutdown|going down|is closing|server closing|restarting|"
                 "being restarted|closing connection|closing transmission|closing channel|goodbye|"
                 "bye" },
      .unless = "error|too many|policy|temporary|try again later" },
    { .cause = CAUSE_SERVER_TROUBLE,
      .words = { "server error|system error|local error|configuration error|misconfigured|"
                 "misconfiguration|configured incorrectly|database|memory|overload*|busy|backend|"
                 "maintenance|unknown mailer|mailer error|operating system|software error|lmtp|"
                 "queue file|write error|error writing|read error|i o error|io error|cannot open|"
                 "cannot create|cannot write|unable to write|cant open|remote server returned|"
                 "resource|load|temporarily|temporary|service not available|"
                 "currently not available|not currently available|unavailable|resources|"
                 "processing error|error in processing|error processing|local problem|"
                 "local configuration|technical|not accepting|license|licence|program failure|"
                 "crashed|exception|fatal|unexpected error|"
                 "unexpected failure|milter|scanner|filter error|lock|system problem|"
                 "server problem|unable to process|failed to queue|queue error|can t|"
                 "cannot process|retry time|try again later|requested action aborted|"
                 "delivery failed|dienst nicht verfugbar|momentan|vorubergehend|"
                 "service indisponible|temporalmente|temporaneamente|временно|системная ошибка|"
                 "系统|繁忙|econnrefused|econnreset|etimedout|enotfound|eaddrnotavail|"
                 "ehostunreach|internal|malfunction|handshake|not ready|timeout on|qq|"
                 "unable to initialize|security subsystem|tls not available" },
      .unless = "policy|mailbox unavailable|mailbox temporarily|user unknown" },
    { .cause = CAUSE_SERVER_TROUBLE,
      .codes = { 4, 55 },
      .words = { "permission denied|insufficient permission" },
      .commands = ON(RCPT) | ON_DATA },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .codes = { 450, 55, 57 },
      .words = { NO "|go away" },
      .commands = ON(CONNECTION),
      .unless = "policy|policies" },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "your ip|your ip address" },
      .commands = NOT_ON_LOGIN },
    { .cause = CAUSE_POLICY,
      .words = { "policy|policies|administratively|prohibited|prohibition|violation|violates|"
                 "violate|security|forbidden|not authorized|not authorised|unauthorized|"
                 "not permitted|not allowed|permission|permissions|restricted|restriction|"
                 "disallowed|verification at|complete a verification|denied|acl|rule|rules|"
                 "authorization|firewall|intrusion|blocked|block|filtered|rejected for|"
                 "administrator|richtlinie|politique|politica|политик*|策略|suspicious|suspected|"
                 "quarantine*|abuse|redundant|to yourself|banned|unwanted|not welcome|"
                 "organizational settings|organisational settings|terms of service|acceptable use|aup|refused by" },
      .unless = "try again later" },
};

const cause_rule_set cause_word_rules = { rules, G_N_ELEMENTS(rules), CAUSE_FROM_WORDS };
