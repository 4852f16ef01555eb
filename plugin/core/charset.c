/* charset.c
 * What a server says, in whatever encoding, as printable UTF-8.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "charset.h"

#include <stdint.h>
#include <string.h>

#define INCOMPLETE ((gunichar)-2) /* g_utf8_get_char_validated(): the end is missing */
#define REPLACEMENT 0xFFFD

#define HANZI_MIN 2 /* common ones; a single pair of bytes may be anything */
#define COMMON_OF 3 /* one in so many has to be a common one */

/* The hanzi that mail servers need most, and the most frequent of the language. Cyrillic, accented
 * or Korean letters that are read as GBK give hanzi, too, but seldom these. In UTF-8. */
static const char common_hanzi[] =
    "请使用授权码登录详情看认证失败户名密错误邮件发送地址服务器拒绝连接超过限制禁止不"
    "存在被系统繁忙稍后重试内容垃圾域解析的一是了有这为我人上个大来和到时要就出会可也"
    "你对能而得于下自之作里以所如与其他从并已未没无或及此该本将由但因当前进行收箱主题"
    "附信息正常确检查验号帐账设置开通启动闭关网络管理员联们帮助频率次数量太多小空间满"
    "日月天分钟秒外部方式客端安全策略规则命令参格法语句支持需先成功完退提示问原站受投"
    "递转停冻结注销申白黑单列表反病毒含敏感链代公司企业机据页面称身份口态手短新"
    "您中回异延迟版低备案灰攻击效求独立再操足";

/* windows-1252, 0x80 to 0x9F; five of them have no meaning. */
static const uint16_t windows_1252[] = {
    0x20AC,      REPLACEMENT, 0x201A, 0x0192, 0x201E, 0x2026,      0x2020, 0x2021,
    0x02C6,      0x2030,      0x0160, 0x2039, 0x0152, REPLACEMENT, 0x017D, REPLACEMENT,
    REPLACEMENT, 0x2018,      0x2019, 0x201C, 0x201D, 0x2022,      0x2013, 0x2014,
    0x02DC,      0x2122,      0x0161, 0x203A, 0x0153, REPLACEMENT, 0x017E, 0x0178,
};

static bool is_noncharacter(gunichar c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

bool charset_is_printable(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
        return false;
    default:
        return !is_noncharacter(c);
    }
}

/* A text that was cut inside a character, or has a stray byte somewhere, is still UTF-8. */
static bool reads_as_utf8(const char *text, size_t len)
{
    size_t whole = 0, broken = 0, pos = 0;

    while (pos < len) {
        if ((uint8_t)text[pos] < 0x80) {
            pos++;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(text + pos, (gssize)(len - pos));
        if (c == INCOMPLETE)
            return whole > broken;
        bool valid = g_unichar_validate(c);
        pos += valid ? (size_t)g_utf8_skip[(uint8_t)text[pos]] : 1;
        whole += valid;
        broken += !valid;
    }
    return broken == 0 || whole > broken;
}

/* What stands between hanzi in Chinese texts: punctuation, and letters as wide as hanzi. */
static bool is_among_hanzi(gunichar c)
{
    return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x2010 && c <= 0x2026) || c == 0x00B7;
}

static bool is_chinese(const char *utf8, size_t len)
{
    size_t others = 0, common = 0;

    for (const char *p = utf8; p < utf8 + len; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c < 0x80 || is_among_hanzi(c))
            continue;
        others++;
        common += g_utf8_strchr(common_hanzi, -1, c) != NULL;
    }
    return common >= HANZI_MIN && common * COMMON_OF >= others;
}

/* NULL if it makes no sense as GBK, or if this system can't convert. The text may have been cut in
 * the middle of a character. */
static char *from_gbk(const char *text, size_t len)
{
    gsize used = 0, written = 0;
    char *utf8;

    if (memchr(text, '\0', len) != NULL)
        return NULL;
    utf8 = g_convert(text, (gssize)len, "UTF-8", "GB18030", &used, &written, NULL);
    if (utf8 == NULL)
        return NULL;
    if (!is_chinese(utf8, written)) {
        g_free(utf8);
        return NULL;
    }
    return utf8;
}

static gunichar from_windows_1252(uint8_t byte)
{
    if (byte == 0)
        return REPLACEMENT;
    return byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte;
}

static char *from_latin1(const char *text, size_t len)
{
    GString *utf8 = g_string_sized_new(len + 16);

    for (size_t i = 0; i < len; i++)
        g_string_append_unichar(utf8, from_windows_1252((uint8_t)text[i]));
    return g_string_free(utf8, FALSE);
}

static char *to_utf8(const char *text, size_t len, charset *found)
{
    char *utf8;

    *found = CHARSET_UTF8;
    if (reads_as_utf8(text, len))
        return g_utf8_make_valid(text, (gssize)len);
    utf8 = from_gbk(text, len);
    *found = utf8 != NULL ? CHARSET_GBK : CHARSET_LATIN1;
    return utf8 != NULL ? utf8 : from_latin1(text, len);
}

char *charset_printable(const char *text, size_t len, charset *found)
{
    charset read_as;
    char *utf8 = to_utf8(text, len, &read_as);

    for (char *p = utf8; *p != '\0';) {
        char *next = g_utf8_next_char(p);

        if (!charset_is_printable(g_utf8_get_char(p)))
            memset(p, ' ', (size_t)(next - p));
        p = next;
    }
    if (found != NULL)
        *found = read_as;
    return g_strstrip(utf8);
}
