/* test_charset.c
 * Is what servers say readable, in whatever encoding they say it?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "charset.h"

#include <stdbool.h>
#include <string.h>

#define REPLACED "\357\277\275"

static const struct {
    const char *bytes;
    charset read_as;
    const char *shown;
} cases[] = {
    { "", CHARSET_UTF8, "" },
    { "  bad pass ", CHARSET_UTF8, "bad pass" },
    { "认证失败", CHARSET_UTF8, "认证失败" },
    { "Ошибка: неверный пароль", CHARSET_UTF8, "Ошибка: неверный пароль" },
    { "Empfänger", CHARSET_UTF8, "Empfänger" },
    /* control, format and no characters */
    { "a\tb\33[1mc\177d", CHARSET_UTF8, "a b [1mc d" },
    { "a\342\200\256b", CHARSET_UTF8, "a   b" },
    { "a\357\277\277b\357\267\220c", CHARSET_UTF8, "a   b   c" },
    { "a\356\200\200b", CHARSET_UTF8, "a   b" },
    { "a\302\205b", CHARSET_UTF8, "a  b" },
    /* UTF-8 that is cut, or has a stray byte */
    { "Empfänger verweigert, refus\303", CHARSET_UTF8, "Empfänger verweigert, refus" REPLACED },
    { "认证失\350\264", CHARSET_UTF8, "认证失" REPLACED REPLACED },
    { "认证\377失败", CHARSET_UTF8, "认证" REPLACED "失败" },

    /* from QQ and 163 */
    { "Error: \307\353\312\271\323\303\312\332\310\250\302\353\265\307\302\274\241\243\317\352\307"
      "\351\307\353\277\264: http://service.example.com/",
      CHARSET_GBK, "Error: 请使用授权码登录。详情请看: http://service.example.com/" },
    { "black ip. (\267\242\320\305IP\261\273\275\373\326\271)", CHARSET_GBK,
      "black ip. (发信IP被禁止)" },
    { "\323\312\317\344\262\273\264\346\324\332", CHARSET_GBK, "邮箱不存在" },
    { "\323\312\317\344\262\273\264\346\324", CHARSET_GBK, "邮箱不存" }, /* cut */
    { "\316\336\310\250\317\336\243\254", CHARSET_GBK, "无权限，" },

    { "Empf\344nger ung\374ltig", CHARSET_LATIN1, "Empfänger ungültig" },
    { "Gr\366\337e \374berschritten", CHARSET_LATIN1, "Größe überschritten" },
    { "Zugriff verweigert f\374r \304\326\334", CHARSET_LATIN1, "Zugriff verweigert für ÄÖÜ" },
    { "refus\351", CHARSET_LATIN1, "refusé" },
    { "Acc\350s refus\351\240: d\351sol\351", CHARSET_LATIN1, "Accès refusé\302\240: désolé" },
    { "AUTENTICA\307\303O RECUSADA", CHARSET_LATIN1, "AUTENTICAÇÃO RECUSADA" },
    { "CONFIGURA\307\325ES N\303O S\303O V\301LIDAS", CHARSET_LATIN1,
      "CONFIGURAÇÕES NÃO SÃO VÁLIDAS" },
    { "\277Contrase\361a err\363nea?", CHARSET_LATIN1, "¿Contraseña errónea?" },
    { "Beh\366righet saknas p\345 \304\305\326", CHARSET_LATIN1, "Behörighet saknas på ÄÅÖ" },
    { "K\344ytt\344j\344 ei ole", CHARSET_LATIN1, "Käyttäjä ei ole" },
    { "\223Acc\350s\224 \226 5\200", CHARSET_LATIN1, "“Accès” – 5€" },
    { "\201\351 \215\217\220\235", CHARSET_LATIN1,
      REPLACED "é " REPLACED REPLACED REPLACED REPLACED },
    { "\351", CHARSET_LATIN1, "é" },
    { "\377\377", CHARSET_LATIN1, "ÿÿ" },
};

static void test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* as long as the text, so that a sanitizer sees a byte too many */
        size_t len = strlen(cases[i].bytes);
        char *bytes = (char *)g_malloc(MAX(len, 1)), *shown;
        charset read_as;

        memcpy(bytes, cases[i].bytes, len);
        shown = charset_printable(bytes, len, &read_as);
        g_test_message("%s", cases[i].shown);
        g_assert_cmpstr(shown, ==, cases[i].shown);
        g_assert_cmpint(read_as, ==, cases[i].read_as);
        g_free(shown);
        g_free(bytes);
    }
}

static void test_nul(void)
{
    static const char utf8[] = "bad\0pass", latin1[] = "refus\351\0", gbk[] = "\323\312\0\317\344";
    char *shown = charset_printable(utf8, sizeof utf8 - 1, NULL);

    g_assert_cmpstr(shown, ==, "bad" REPLACED "pass");
    g_free(shown);
    shown = charset_printable(latin1, sizeof latin1 - 1, NULL);
    g_assert_cmpstr(shown, ==, "refusé" REPLACED);
    g_free(shown);
    shown = charset_printable(gbk, sizeof gbk - 1, NULL);
    g_assert_true(g_utf8_validate(shown, -1, NULL));
    g_free(shown);
}

/* Is the text, in that encoding, taken for Chinese? */
static bool is_read_as_gbk(const char *text, const char *encoding)
{
    gsize len;
    char *bytes = g_convert(text, -1, encoding, "UTF-8", NULL, &len, NULL);
    charset read_as;

    g_assert_nonnull(bytes);
    g_free(charset_printable(bytes, len, &read_as));
    g_free(bytes);
    return read_as == CHARSET_GBK;
}

/* What servers say in Chinese is read as such; what others say isn't made Chinese. */
static void test_languages(void)
{
    static const char *const chinese[] = {
        "用户名或密码错误",
        "认证失败",
        "登录失败，请检查用户名和密码",
        "发送频率过高，请稍后再试",
        "系统繁忙，请稍后重试",
        "收件人地址不存在",
        "邮件内容包含垃圾信息，被拒绝",
        "您的IP地址已被列入黑名单",
        "邮箱空间已满",
        "连接数超过限制",
        "此帐号已被禁用",
        "发件人与登录用户不一致",
        "未开启SMTP服务",
        "域名解析错误",
        "命令语法错误",
        "附件过大，超过服务器允许的最大限制",
        "不允许转发",
        "收件人被拒收",
    };
    static const struct {
        const char *encoding;
        const char *text;
    } others[] = {
        { "KOI8-R", "ошибка аутентификации" },
        { "KOI8-R", "неверное имя пользователя или пароль" },
        { "KOI8-R", "почтовый ящик не существует" },
        { "KOI8-R", "Доступ запрещён" },
        { "WINDOWS-1251", "Ошибка аутентификации" },
        { "WINDOWS-1251", "Неверное имя пользователя или пароль" },
        { "WINDOWS-1251", "ДОСТУП ЗАПРЕЩЕН" },
        { "WINDOWS-1251", "почтовый ящик переполнен" },
        { "EUC-KR", "사용자 이름 또는 암호가 올바르지 않습니다" },
        { "EUC-KR", "인증 실패" },
        /* a word that looks like a common hanzi, twice */
        { "EUC-KR", "서버에 연결할 수 없습니다. 메일을 보낼 수 없습니다." },
        { "EUC-JP", "認証に失敗しました" },
        { "ISO-8859-2", "Nesprávné jméno nebo heslo, příjemce neexistuje" },
        { "ISO-8859-2", "Błędne hasło użytkownika, odrzucono wiadomość" },
        { "ISO-8859-7", "Λάθος όνομα χρήστη ή κωδικός" },
        { "ISO-8859-9", "Kullanıcı adı veya şifre hatalı, ŞİFRE GEÇERSİZ" },
        { "BIG5", "使用者名稱或密碼錯誤" },
        { "ISO-8859-1", "L'adresse électronique du destinataire a été refusée à cause d'un excès" },
        { "ISO-8859-1", "Die Größe der Nachricht überschreitet die zulässige Höchstgröße" },
        { "ISO-8859-1", "ÜBERSCHREITUNG DER ZULÄSSIGEN GRÖSSE FÜR EMPFÄNGER" },
        { "ISO-8859-1", "ACCÈS REFUSÉ À L'EXPÉDITEUR, DÉSOLÉ" },
        { "ISO-8859-1", "Dirección de correo inválida: ¡contraseña errónea!" },
        { "ISO-8859-1", "Lösenordet är fel, försök på nytt; åäö ÅÄÖ" },
        { "ISO-8859-1", "Aðgangi hafnað, röng þjónusta" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(chinese); i++) {
        g_test_message("%s", chinese[i]);
        g_assert_true(is_read_as_gbk(chinese[i], "GBK"));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_test_message("%s %s", others[i].encoding, others[i].text);
        g_assert_false(is_read_as_gbk(others[i].text, others[i].encoding));
    }
}

static void check_printable(const char *bytes, size_t len)
{
    char *shown = charset_printable(bytes, len, NULL);

    g_assert_true(g_utf8_validate(shown, -1, NULL));
    g_assert_cmpuint(strlen(shown), <=, 3 * len);
    for (const char *p = shown; *p != '\0'; p = g_utf8_next_char(p))
        g_assert_true(charset_is_printable(g_utf8_get_char(p)));
    g_free(shown);
}

/* Whatever the bytes, what is shown is printable UTF-8. */
static void test_random(void)
{
    for (int i = 0; i < 20000; i++) {
        char bytes[48];
        size_t len = (size_t)g_test_rand_int_range(0, sizeof bytes);
        int from = i % 3 == 0 ? 0 : i % 3 == 1 ? 0x80 : 0xB0;
        char *copy;

        for (size_t k = 0; k < len; k++)
            bytes[k] = (char)g_test_rand_int_range(from, 256);
        copy = (char *)g_malloc(MAX(len, 1));
        memcpy(copy, bytes, len);
        check_printable(copy, len);
        g_free(copy);
    }
}

/* No text costs more than its length. */
static void test_huge(void)
{
    size_t len = 1 << 20;
    char *bytes = (char *)g_malloc(len);

    for (int byte = 0; byte < 256; byte += 15) {
        memset(bytes, byte, len);
        check_printable(bytes, len);
    }
    g_free(bytes);
}

static void test_characters(void)
{
    static const gunichar printable[] = {
        ' ', 'a', '~', 0xA0, 0xE9, 0x4E00, 0x1F600, 0xFFFD, 0xFE0F
    };
    static const gunichar others[] = { 0,      '\n',   '\33',  0x7F,    0x85,    0xAD,     0x200B,
                                       0x200E, 0x202E, 0x2028, 0x2029,  0x2066,  0xFEFF,   0xFDD0,
                                       0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0xE0041, 0x10FFFF, 0xE000 };

    for (size_t i = 0; i < G_N_ELEMENTS(printable); i++)
        g_assert_true(charset_is_printable(printable[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_false(charset_is_printable(others[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/charset/cases", test_cases);
    g_test_add_func("/charset/nul", test_nul);
    g_test_add_func("/charset/languages", test_languages);
    g_test_add_func("/charset/random", test_random);
    g_test_add_func("/charset/huge", test_huge);
    g_test_add_func("/charset/characters", test_characters);
    return g_test_run();
}
