/* cause_rules_login.c
 * Rules for what servers say when they refuse a login, most specific first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_tables.h"

#include <glib.h>

#include "language.h"

static const cause_rule rules[] = {
    { .cause = CAUSE_TOO_MANY_CONNECTIONS,
      .words = { "too many|concurrent|simultaneous|maximum",
                 "connections|sessions|concurrent|simultaneous" },
      .unless = "attempts|failures|failed logins|errors",
      .commands = ON_LOGIN },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "credits|credit|quota|plan|allowance|sending limit|send limit|daily limit|"
                 "monthly limit|message limit|mail limit|email limit",
                 "exceeded|exceeds|exceed|reached|maximum|used up|no more|not enough|exhausted|"
                 "insufficient|over|limit|out of" },
      .unless = "attempts|failures|storage|mailbox",
      .commands = ON_LOGIN,
      .meaning = N_("The account has sent as much as it may, so the server does not let it log in "
                    "for more."),
      .who = N_("the user"),
      .advice = N_("Wait until the provider's count begins anew, or buy more; nothing is wrong "
                   "with the password.") },
    { .cause = CAUSE_TOO_MANY_FAILURES,
      .words = { "too many|too much|many failed|repeated|maximum|exceeded|max|limit exceed|trop de|"
                 "zu viele|demasiados|troppi",
                 "auth|authentication|authentications|login|logins|attempts|failures|failed|errors|"
                 "password|retries|tentatives|versuche|anmeldeversuche|intentos|tentativi" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_RATE_LIMITED,
      .words = { "rate limit*|ratelimit*|too quickly|too fast|too frequent*|throttl*|frequency|"
                 "slow down|too often|频率|频繁" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_APP_PASSWORD_NEEDED,
      .words = { "app password|app passwords|application password|application passwords|"
                 "application specific|app specific|specific password|authorization code|"
                 "authorisation code|auth code|device password|client password|"
                 "third party password|external password|two factor|two step|2fa|2 step|"
                 "multi factor|mfa|授权码|授權碼|专用密码|独立密码|客户端密码|应用专用|"
                 "пароль приложения|пароль для внешних|mot de passe d application|"
                 "anwendungsspezifisches|anwendungspasswort|contrasena de aplicacion" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_TLS_NEEDED,
      .words = { "tls|starttls|ssl|encrypted|encryption|unencrypted|plaintext|plain text|cleartext|"
                 "clear text|secure connection|insecure|secured",
                 "must|first|required|requires|require|requier*|needed|need|needs|only|before|use|"
                 "disallowed|not allowed|not permitted|refused|enabled|prohibited|disabled|without|"
                 "until" },
      .unless = "not available|unavailable|handshake|temporar*|negotiation failed",
      .commands = ON_LOGIN },
    { .cause = CAUSE_ALREADY_LOGGED_IN,
      .words = { "already authenticated|already logged in|already log in|already auth|"
                 "already authorized|already completed|auth already|already identified|"
                 "already authorised|already done|no identity changes permitted" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_LOGIN_CANCELLED,
      .words = { "cancelled|canceled|cancel|aborted|abandoned|terminated by client" },
      .unless = "protocol",
      .commands = ON_LOGIN },
    { .cause = CAUSE_TIMED_OUT,
      .codes = { 421 },
      .words = { "timeout exceeded|idle|inactive|inactivity" },
      .commands = ON_LOGIN },
    /* Postfix, where its SASL library gives no reason */
    { .cause = CAUSE_BAD_CREDENTIALS, .words = { "reason unavailable" }, .commands = ON_LOGIN },
    { .cause = CAUSE_SERVER_TROUBLE,
      .words = { "temporary|temporarily|internal error|internal server|server error|"
                 "connection lost|not connect|cannot connect|connect to|connection refused|"
                 "generic failure|backend|database|saslauthd|dovecot|ldap|radius|unavailable|"
                 "try again|try later|again later|at present|out of memory|timeout|timed out|"
                 "no such file|system error|technical|misconfigured|configuration|inaccessible|"
                 "unable to initialize|security subsystem|local problem|busy|overloaded|"
                 "could not process|socket|did not respond|not responding|no response|"
                 "did not answer|cannot be reached|not reachable|временно|系统繁忙|暂时|临时" },
      .unless = "secret in database|disabled|locked|blocked|password|credentials|username|"
                "mechanism|type",
      .commands = ON_LOGIN },
    { .cause = CAUSE_TOKEN_REFUSED,
      .words = { "token|tokens|oauth|oauth2|xoauth2|bearer|jwt|scope" },
      .unless = "not supported|unsupported|unrecognized|unknown|not available|mechanism",
      .commands = ON_LOGIN },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "blacklist*|blocklist*|block list|black list|rbl|dnsbl|banned|your ip|ip address|"
                 "client host|from your network|your address|this ip|spamhaus|country|"
                 "your location|black ip",
                 "blacklist*|blocklist*|block list|black list|rbl|dnsbl|blocked|banned|denied|"
                 "rejected|refused|not allowed|listed|not permitted|restricted|forbidden|spamhaus|"
                 "black ip" },
      .unless = "account|user|mailbox",
      .commands = ON_LOGIN },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .words = { "unauthorized ip|unauthorised ip|ip is not authorized|ip is not allowed|"
                 "ip is not permitted|ip not authorized|ip not allowed|ip not permitted|"
                 "ip address is not authorized|ip address is not allowed|"
                 "ip address is not permitted|ip address not authorized|"
                 "ip address not allowed" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_LOGIN_DISABLED,
      .words = { "disabled|not enabled|not activated|not active|switched off|turned off|is off|"
                 "deactivated|not allowed|not permitted|not authorized|not authorised|permission|"
                 "access rights|no access|not open|restricted|prohibited|forbidden|not licensed|"
                 "no right|未开启|未开通|未启用|请开启|请启用|没有权限|已关闭|desactive|deaktiviert|"
                 "nicht freigeschaltet|deshabilitad*|отключен*|запрещен*",
                 "account|user|smtp|basic|login|mailbox|client|tenant|service|authentication|auth|"
                 "access|pop3|imap|relay|domain|plan|send|sending|compte|konto|cuenta|账号|帐号|"
                 "用户|服务|邮箱|доступ|ящик" },
      .unless = "mechanism|method|authentication type|advertised|command|locked|suspended|blocked|"
                "transaction|host|socket|file|unauthorized ip|authentication not enabled|"
                "authentication is not enabled|auth not enabled",
      .commands = ON_LOGIN },
    { .cause = CAUSE_LOGIN_DISABLED,
      .codes = { 53, 55 },
      .words = { "permission denied|no permission|not have permission|without permission|"
                 "lacks permission|insufficient permissions|insufficient permission" },
      .unless = "file|socket|open|database|host",
      .commands = ON_LOGIN },
    { .cause = CAUSE_CLIENT_BLOCKED, /* 535 would be about the account */
      .codes = { 550, 554, 521 },
      .words = { "blocked|banned|blacklisted" },
      .unless = "account|user|mailbox|password|login",
      .commands = ON_LOGIN },
    { .cause = CAUSE_ACCOUNT_LOCKED,
      .words = { "locked|lock|blocked|suspended|frozen|unusual|suspicious|compromised|abnormal|"
                 "inactive|expired|terminated|on hold|verify your|verification|hacked|log in via|"
                 "browser|captcha|banned|abuse|security reasons|violat*|overdue|unpaid|冻结|锁定|"
                 "异常|封禁|停用|bloque|gesperrt|bloquead*|bloccat*|заблокирован*|zablokowan*" },
      .unless = "password expired|token|certificate|grant|api key|key",
      .commands = ON_LOGIN },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .words = { "mechanism|mechanisms|authentication type|auth type|authentication scheme|"
                 "auth mode|authentication mode|auth method|认证模式|认证方式|验证方式|"
                 "no worthy|method|authenticator|too weak|password transition|cram|digest|ntlm|"
                 "gssapi|secret in database" },
      .unless = "auth command|syntax",
      .commands = ON_LOGIN },
    { .cause = CAUSE_SYNTAX,
      .words = { "base64|decode|decoding|malformed|syntax|syntactically|argument|arguments|"
                 "parameter|parameters|protocol error|bad protocol|invalid data|too long|"
                 "invalid character|unexpected|parse|garbage|padding|invalid response|bad response|"
                 "incorrectly encoded|invalid auth data" },
      .commands = ON_LOGIN },
    { .cause = CAUSE_WRONG_ORDER,
      .words = { "transaction|sequence|hello first|helo|ehlo|out of order|not permitted during|"
                 "must come|before|wrong state|not allowed now|mail in progress|bad state" },
      .codes = { 50 },
      .unless = "advertised|attempts|authenticate before|temporar*",
      .commands = ON_LOGIN },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .words = { "unrecognized|unrecognised|not recognized|not recognised|command not found|"
                 "no such command|invalid command name|unrecognizable|bad command|what|"
                 "not understood|unknown" },
      .codes = { 50, 55 },
      .unless = "user|authentication type|credentials|password",
      .commands = ON_LOGIN },
    { .cause = CAUSE_NOT_AVAILABLE,
      .words = { "not implemented|unimplemented|not advertised|not supported|not available|"
                 "not enabled|unsupported|not offered|not configured|command disabled|"
                 "no longer supported|no authentication|not required|not needed" },
      .codes = { 50, 55, 53, 45 },
      .unless = "user|password|credentials|local problem",
      .commands = ON_LOGIN },
    { .cause = CAUSE_TOKEN_REFUSED,
      .codes = { 5 },
      .words = { "invalid|incorrect|bad|wrong|failed|failure|not accepted|unsuccessful|denied|"
                 "rejected|expired|unauthorized|error|credentials" },
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_TOKEN,
      .unless = "unrecognized|not supported" },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .words = { "password|passwords|passwd|passphrase|credential|credentials|username|userid|user|"
                 "login|logon|log in|sign in|auth|authentication|authenticate|authenticated|"
                 "authorization|access denied|account|identity|mot de passe|identifiant|"
                 "identifiants|identification|authentification|utilisateur|passwort|kennwort|"
                 "zugangsdaten|anmeldung|authentifizierung|benutzername|contrasena|clave|"
                 "autenticacion|usuario|credenziali|autenticazione|utente|senha|haslo|"
                 "uwierzytelni*|heslo|wachtwoord|пароль|пароля|логин|аутентификации|авторизации|"
                 "密码|用户名|帐号|账号|认证|验证|登录|登陆|パスワード|認証|비밀번호",
                 "invalid|incorrect|bad|wrong|failed|failure|fail|fails|not accepted|unsuccessful|"
                 "denied|rejected|refused|unknown|mismatch|not match|doesnt match|error|"
                 "unauthorized|unauthorised|not valid|unable|not found|not recognized|"
                 "not authenticated|could not|couldnt|cannot|unacceptable|no such|expired|"
                 "not correct|not successful|incorrecte|incorrects|invalide|echec|echoue|falsch|"
                 "fehlgeschlagen|ungultig*|fehlerhaft|abgelehnt|incorrecta|fallida|fallo|errate|"
                 "errata|fallita|non valid*|incorreta|invalida|nieprawidlow*|неверный|неверное|"
                 "неверные|неправильный|ошибка|不正确|错误|失败|失敗|无效|不匹配|有误|오류" },
      .unless = "temporar*",
      .codes = { 5, 45, 432 },
      .commands = ON_LOGIN },
};

const cause_rule_set cause_login_rules = { rules, G_N_ELEMENTS(rules), CAUSE_FROM_WORDS };
