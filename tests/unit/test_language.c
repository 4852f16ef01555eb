/* test_language.c
 * Translations: which are found, which language is asked for, and what a damaged file does, which is nothing.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "arguments.h"
#include "language.h"
#include "mo.h"
#include "plural.h"

/* --- files --- */

typedef struct {
    const char *original; /* sense, byte 4, text; or singular; NULL after the last */
    const char *plural;   /* NULL: none */
    const char *translation;
    const char *other_form; /* NULL: none */
} message;

#define HEADER(forms)                                                                        \
    {                                                                                        \
        "", NULL, "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " forms "\n", NULL \
    }
#define TWO_FORMS HEADER("nplurals=2; plural=n != 1;")

static void put_number(GByteArray *file, uint32_t number, bool swapped)
{
    const uint32_t put = swapped ? GUINT32_SWAP_LE_BE(number) : number;

    g_byte_array_append(file, (const uint8_t *)&put, sizeof put);
}

/* One or two texts with a zero byte behind each; *len doesn't count the last. */
static void put_text(GByteArray *texts, const char *text, const char *second, uint32_t *len)
{
    const uint32_t before = texts->len;

    g_byte_array_append(texts, (const uint8_t *)text, (guint)strlen(text) + 1);
    if (second != NULL)
        g_byte_array_append(texts, (const uint8_t *)second, (guint)strlen(second) + 1);
    *len = texts->len - before - 1;
}

/* As msgfmt writes it; the messages must be in order. */
static GByteArray *make_file(const message *messages, bool swapped)
{
    GByteArray *file = g_byte_array_new(), *texts = g_byte_array_new();
    uint32_t count = 0, len;

    while (messages[count].original != NULL)
        count++;
    const uint32_t head[] = { 0x950412DE, 0, count, 28, 28 + count * 8, 0, 28 + count * 16 };
    for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
        put_number(file, head[i], swapped);
    for (unsigned half = 0; half < 2; half++)
        for (uint32_t i = 0; i < count; i++) {
            const message *m = &messages[i];
            const uint32_t begin = 28 + count * 16 + texts->len;

            if (half == 0)
                put_text(texts, m->original, m->plural, &len);
            else
                put_text(texts, m->translation, m->other_form, &len);
            put_number(file, len, swapped);
            put_number(file, begin, swapped);
        }
    g_byte_array_append(file, texts->data, texts->len);
    g_byte_array_unref(texts);
    return file;
}

static const message good[] = {
    TWO_FORMS,
    { "%s in frame %u", NULL, "第 %2$u 帧的 %1$s", NULL },
    { "%u session", "%u sessions", "%u 个会话一", "%u 个会话多" },
    { "language\004English", NULL, "简体中文", NULL },
    { "plain", NULL, "普通", NULL },
    { "sense\004plain", NULL, "意义", NULL },
    { NULL, NULL, NULL, NULL },
};

static bool mo_open(const void *bytes, size_t len, mo_file *out)
{
    return mo_begin(bytes, len, out) && mo_check(out);
}

/* Of its own, so that a sanitizer sees its end. */
static uint8_t *copy_of(const uint8_t *bytes, guint len)
{
    uint8_t *copy = (uint8_t *)g_malloc(MAX(len, 1));

    memcpy(copy, bytes, len);
    return copy;
}

static bool opens(const message *messages)
{
    GByteArray *file = make_file(messages, false);
    mo_file opened;
    const bool done = mo_open(file->data, file->len, &opened);

    g_byte_array_unref(file);
    return done;
}

static void check_good(bool swapped)
{
    GByteArray *file = make_file(good, swapped);
    mo_file opened;

    g_assert_true(mo_open(file->data, file->len, &opened));
    g_assert_cmpstr(mo_find(&opened, NULL, "plain"), ==, "普通");
    g_assert_cmpstr(mo_find(&opened, "sense", "plain"), ==, "意义");
    g_assert_null(mo_find(&opened, "senses", "plain"));
    g_assert_null(mo_find(&opened, "sens", "plain"));
    g_assert_null(mo_find(&opened, "", "plain"));
    g_assert_null(mo_find(&opened, NULL, "plai"));
    g_assert_null(mo_find(&opened, NULL, "plain "));
    g_assert_null(mo_find(&opened, NULL, "English"));
    g_assert_cmpstr(mo_find_plural(&opened, "%u session", 1), ==, "%u 个会话一");
    g_assert_cmpstr(mo_find_plural(&opened, "%u session", 0), ==, "%u 个会话多");
    g_assert_cmpstr(mo_find_plural(&opened, "%u session", 7), ==, "%u 个会话多");
    g_assert_null(mo_find_plural(&opened, "%u sessions", 7));
    g_byte_array_unref(file);
}

static void test_good_file(void)
{
    check_good(false);
    check_good(true);
}

/* A file with these two messages behind its header. */
static bool opens_with(message one, message other)
{
    const message messages[] = { TWO_FORMS, one, other, { NULL, NULL, NULL, NULL } };

    return opens(messages);
}

static void test_what_is_refused(void)
{
    const message plain = { "x", NULL, "y", NULL };
    const message without_header[] = { plain, { NULL, NULL, NULL, NULL } };
    const message odd_rule[] = { HEADER("nplurals=2; plural=n +;"),
                                 plain,
                                 { NULL, NULL, NULL, NULL } };
    const message nothing[] = { { NULL, NULL, NULL, NULL } };

    g_assert_true(opens_with((message){ "a", NULL, "A", NULL }, plain));
    g_assert_false(opens(nothing));
    g_assert_false(opens(without_header));
    g_assert_false(opens(odd_rule));
    g_assert_false(opens_with(plain, (message){ "a", NULL, "out of order", NULL }));
    g_assert_false(opens_with(plain, (message){ "x", NULL, "twice", NULL }));
    g_assert_false(opens_with((message){ "a", NULL, "\xFF no UTF-8", NULL }, plain));
    g_assert_false(opens_with((message){ "a %u", NULL, "%s", NULL }, plain));
    g_assert_false(opens_with((message){ "a", NULL, "%s", NULL }, plain));
    g_assert_false(opens_with((message){ "s\004a %u", NULL, "%s", NULL }, plain));
    g_assert_false(
        opens_with((message){ "%u a", "%u as", "%u", NULL }, plain)); /* one form too few */
    g_assert_false(opens_with((message){ "%u a", "%u as", "%u", "%s" }, plain));
    g_assert_false(opens_with((message){ "%u a", "%u as", "%u", "\xFF" }, plain));
    g_assert_true(opens_with((message){ "one a", "%u as", "one", "%u" }, plain));
}

/* A file may be cut anywhere. */
static void test_cut_files(void)
{
    GByteArray *file = make_file(good, false);

    for (guint len = 0; len < file->len; len++) {
        uint8_t *part = copy_of(file->data, len);
        mo_file opened;

        g_assert_false(mo_open(part, len, &opened));
        g_free(part);
    }
    g_byte_array_unref(file);
}

/* Whatever byte is wrong: the file is refused, or all that is found in it is text that can be used. */
static void test_damaged_files(void)
{
    GByteArray *file = make_file(good, false);

    for (guint at = 0; at < file->len; at++)
        for (unsigned wrong = 1; wrong < 256; wrong += 2) {
            uint8_t *copy = copy_of(file->data, file->len);
            mo_file opened;

            copy[at] = (uint8_t)(copy[at] ^ wrong);
            if (mo_begin(copy, file->len, &opened)) /* as a list of languages does */
                mo_find(&opened, "language", "English");
            if (mo_open(copy, file->len, &opened)) {
                const char *found = mo_find(&opened, NULL, "%s in frame %u");
                const char *form = mo_find_plural(&opened, "%u session", wrong);

                g_assert_true(found == NULL || arguments_agree("%s in frame %u", found));
                g_assert_true(form == NULL || arguments_fit("%u sessions", form));
                g_assert_true(found == NULL || g_utf8_validate(found, -1, NULL));
            }
            g_free(copy);
        }
    g_byte_array_unref(file);
}

/* --- arguments --- */

static void test_arguments(void)
{
    static const struct {
        const char *original;
        const char *translation;
        bool agree;
    } pairs[] = {
        { "", "", true },
        { "a", "b", true },
        { "100%%", "100%%", true },
        { "100%%", "100", true },
        { "%s %u", "%s, %u", true },
        { "%s %u", "%2$u %1$s", true },
        { "%1$s %2$s", "%2$s %1$s", true },
        { "%s %s", "%1$s", false },
        { "%s %s", "%2$s", false },
        { "%s", "%1$s %1$s", true },
        { "%s", "%1$s %1$u", false },
        { "%s", "%3$s", false },
        { "%s", "%0$s", false },
        { "%s", "%10$s", false },
        { "%s", "%s %s", false },
        { "%s", "", false },
        { "%s %u", "%u %s", false },
        { "%u", "%d", false },
        { "%lu", "%u", false },
        { "%lu", "%lu", true },
        { "%-10s", "%s", true },
        { "%.*s", "%s", false },
        { "%.*s", "%.*s", true },
        { "%*d", "%*d", true },
        { "%5.2f", "%f", true },
        { "%s", "%n", false },
        { "%n", "%n", false },
        { "a", "%", false },
        { "a", "50% b", false },
        { "%", "%", false },
        { "%s", "%", false },
        { "%u", "%llllu", false },
        { "%s%s%s%s%s%s%s%s%s", "%s%s%s%s%s%s%s%s%s", true },
        { "%s%s%s%s%s%s%s%s%s%s", "%s%s%s%s%s%s%s%s%s%s", false },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (arguments_agree(pairs[i].original, pairs[i].translation) != pairs[i].agree)
            g_error("\"%s\" and \"%s\"", pairs[i].original, pairs[i].translation);
    g_assert_true(arguments_fit("%u of %s", "%u"));
    g_assert_true(arguments_fit("%u of %s", "none"));
    g_assert_false(arguments_fit("%u of %s", "%s"));
    g_assert_false(arguments_fit("%u", "%u %u"));
}

/* --- plurals --- */

static void check_rule(const char *rule, unsigned forms, const char *due)
{
    char *header =
        g_strdup_printf("A: b\nPlural-Forms: nplurals=%u; plural=%s;\nC: d\n", forms, rule);
    plural read;

    if (!plural_read(header, &read))
        g_error("not read: %s", rule);
    for (unsigned n = 0; due[n] != '\0'; n++)
        if (plural_form(&read, n) != (unsigned)(due[n] - '0'))
            g_error("%s of %u: %u", rule, n, plural_form(&read, n));
    g_free(header);
}

static void test_plural_rules(void)
{
    check_rule("0", 1, "000");
    check_rule("n != 1", 2, "1011");
    check_rule("(n > 1)", 2, "0011");
    check_rule("n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2",
               3, "2011122222222222222220111222222");
    check_rule("(n==1 ? 0 : n==0 || (n!=1 && n%100>=1 && n%100<=19) ? 1 : 2)", 3,
               "101111111111111111112222");
    check_rule("n == 1 ? 0 : n == 2 ? 1 : n<7 ? 2 : n < 11 ? 3 : 4", 5, "201222233334");
    check_rule("!n", 2, "1000");
    check_rule("1 + 2 * 3 - 4 / 2 == 5 && 7 % 4 == 3 ? n > 0 : 0", 2, "0111");
}

static void test_bad_plural_rules(void)
{
    static const char *const bad[] = {
        "nplurals=2; plural=n;",
        "nplurals=0; plural=0;",
        "nplurals=7; plural=0;",
        "nplurals=2; plural=",
        "nplurals=2; plural=;",
        "nplurals=2;",
        "plural=0;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n);",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=n ? : 1;",
        "nplurals=2; plural=m;",
        "nplurals=2; plural=n % 0;",
        "nplurals=2; plural=1 / n;",
        "nplurals=2; plural=n != 1 x;",
        "nplurals=2; plural=n = 1;",
        "nplurals=x; plural=0;",
        "nplurals=1; plural=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!n;",
        "nplurals=1; plural=((((((((((((((((((((((((((((((((((((((((((((((((((0;",
    };
    plural read;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        char *header = g_strdup_printf("Plural-Forms: %s\n", bad[i]);

        if (plural_read(header, &read))
            g_error("read: %s", bad[i]);
        g_free(header);
    }
    g_assert_true(plural_read("no such line", &read));
    g_assert_cmpuint(plural_form(&read, 5), ==, 0);
}

/* --- languages --- */

static char *folder;

static void write_language(const char *name, const message *messages)
{
    char *where = g_build_filename(folder, name, "LC_MESSAGES", NULL);
    char *file = g_build_filename(where, "smtp-explain.mo", NULL);
    GByteArray *bytes = make_file(messages, false);

    g_assert_cmpint(g_mkdir_with_parents(where, 0700), ==, 0);
    g_assert_true(g_file_set_contents(file, (const char *)bytes->data, bytes->len, NULL));
    g_byte_array_unref(bytes);
    g_free(file);
    g_free(where);
}

/* What LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for. NULL: not set. */
static const char *asked_for(const char *list, const char *all, const char *messages,
                             const char *lang)
{
    const struct {
        const char *name, *value;
    } variables[] = {
        { "LANGUAGE", list }, { "LC_ALL", all }, { "LC_MESSAGES", messages }, { "LANG", lang }
    };
    const language *found;

    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
        if (variables[i].value != NULL)
            g_setenv(variables[i].name, variables[i].value, TRUE);
        else
            g_unsetenv(variables[i].name);
    found = language_of_system();
    return found != NULL ? language_name(found) : "English";
}

static void test_language_of_system(void)
{
    static const struct {
        const char *list, *all, *messages, *lang, *due;
    } asked[] = {
        { NULL, NULL, NULL, NULL, "English" },
        { NULL, NULL, NULL, "zh_CN.UTF-8", "zh_CN" },
        { NULL, NULL, NULL, "zh_CN", "zh_CN" },
        { NULL, NULL, NULL, "zh_CN.GB18030", "zh_CN" },
        { NULL, NULL, NULL, "zh_TW.UTF-8", "English" },
        { NULL, NULL, NULL, "xx_YY.UTF-8", "xx" },
        { NULL, NULL, NULL, "xx.UTF-8@euro", "xx" },
        { NULL, NULL, NULL, "de_DE.UTF-8", "English" },
        { NULL, NULL, "zh_CN.UTF-8", "xx", "zh_CN" },
        { NULL, "xx", "zh_CN.UTF-8", "de", "xx" },
        { NULL, "C", "zh_CN.UTF-8", "zh_CN.UTF-8", "English" },
        { NULL, "", "zh_CN.UTF-8", "en_US.UTF-8", "zh_CN" },
        { NULL, NULL, "C", "zh_CN.UTF-8", "English" },
        { "zh_CN", NULL, NULL, NULL, "English" },
        { "zh_CN", "C", NULL, NULL, "English" },
        { "zh_CN", "POSIX", NULL, NULL, "English" },
        { "zh_CN", "C.UTF-8", NULL, NULL, "zh_CN" },
        { "zh_CN", NULL, NULL, "en_US.UTF-8", "zh_CN" },
        { "zh_CN:en", NULL, NULL, "de_DE.UTF-8", "zh_CN" },
        { "en:zh_CN", NULL, NULL, "de_DE.UTF-8", "English" },
        { "de:xx:zh_CN", NULL, NULL, "de_DE.UTF-8", "xx" },
        { "", NULL, NULL, "zh_CN.UTF-8", "zh_CN" },
        { "../zh_CN", NULL, NULL, "de_DE.UTF-8", "English" },
        { "broken:zh_CN", NULL, NULL, "de_DE.UTF-8", "zh_CN" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        const char *found =
            asked_for(asked[i].list, asked[i].all, asked[i].messages, asked[i].lang);

        if (strcmp(found, asked[i].due) != 0)
            g_error("LANGUAGE=%s LC_ALL=%s LC_MESSAGES=%s LANG=%s: %s", asked[i].list, asked[i].all,
                    asked[i].messages, asked[i].lang, found);
    }
}

static void test_all_languages(void)
{
    const language **all = language_all();

    g_assert_cmpstr(language_name(all[0]), ==, "broken");
    g_assert_cmpstr(language_own_name(all[0]), ==, "broken");
    g_assert_null(language_speak(all[0]));
    g_assert_null(language_spoken);
    g_assert_cmpstr(language_name(all[1]), ==, "xx");
    g_assert_cmpstr(language_own_name(all[1]), ==, "xx"); /* it doesn't say */
    g_assert_cmpstr(language_name(all[2]), ==, "zh_CN");
    g_assert_cmpstr(language_own_name(all[2]), ==, "简体中文");
    g_assert_null(all[3]);
    g_assert_true(language_find("zh_CN") == all[2]);
    g_assert_null(language_find("de"));
    g_assert_null(language_find("broken"));
    g_assert_null(language_find(""));
    g_assert_null(language_find("."));
    g_assert_null(language_find("../zh_CN"));
    g_free(all);
}

/* A word in a command's place. */
static void test_filling(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);

    g_assert_cmpstr(language_fill(scope, "answers %s %s", "a 命令", "命令"), ==,
                    "answers a 命令 命令");
    g_assert_null(language_speak(language_find("zh_CN")));
    g_assert_cmpstr(language_fill(scope, _("%s in frame %u"), "AUTH", 7u), ==, "第 7 帧的 AUTH");
    g_assert_cmpstr(language_fill(scope, _("%s in frame %u"), "未知命令", 7u), ==,
                    "第 7 帧的未知命令");
    g_assert_cmpstr(language_fill(scope, "%s 命 %s，", "命", "令"), ==, "命命令，");
    g_assert_cmpstr(language_fill(scope, " %s ", "令"), ==, " 令 ");
    g_assert_cmpstr(language_fill(scope, "令 %s", "\xe4\xbb"), ==, "令 \xe4\xbb");
    language_speak(NULL);
    wmem_destroy_allocator(scope);
}

static void test_speaking(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const char *english = "plain";

    g_assert_true(_(english) == english);
    g_assert_cmpstr(ngettext("%u session", "%u sessions", 1), ==, "%u session");
    g_assert_cmpstr(ngettext("%u session", "%u sessions", 0), ==, "%u sessions");
    g_assert_null(language_speak(language_find("zh_CN")));
    g_assert_cmpstr(_("plain"), ==, "普通");
    g_assert_cmpstr(C_("sense", "plain"), ==, "意义");
    g_assert_cmpstr(_("not translated"), ==, "not translated");
    g_assert_cmpstr(ngettext("%u session", "%u sessions", 2), ==, "%u 个会话多");
    g_assert_cmpstr(ngettext("one", "many", 1), ==, "one");
    g_assert_cmpstr(ngettext("one", "many", 2), ==, "many");
    g_assert_cmpstr(wmem_strdup_printf(scope, _("%s in frame %u"), "AUTH", 7u), ==,
                    "第 7 帧的 AUTH");
    g_assert_cmpstr(language_join(scope, "a", "b"), ==, "a b");
    g_assert_cmpstr(language_join(scope, "a", NULL), ==, "a");
    g_assert_cmpstr(language_join(scope, "", "b"), ==, "b");
    g_assert_true(language_speak(NULL) == language_find("zh_CN"));
    g_assert_cmpstr(_("plain"), ==, "plain");
    wmem_destroy_allocator(scope);
}

static void make_languages(void)
{
    const message silent[] = { TWO_FORMS, { NULL, NULL, NULL, NULL } };
    const message broken[] = { TWO_FORMS, { "%s", NULL, "%n", NULL }, { NULL, NULL, NULL, NULL } };

    folder = g_dir_make_tmp("languages-XXXXXX", NULL);
    write_language("zh_CN", good);
    write_language("xx", silent);
    write_language("broken", broken);
    language_add_folder("/nowhere/at/all");
    language_add_folder(folder);
}

static void remove_folder(const char *path)
{
    GDir *names = g_dir_open(path, 0, NULL);
    const char *name;

    while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
        char *below = g_build_filename(path, name, NULL);

        remove_folder(below);
        g_free(below);
    }
    if (names != NULL)
        g_dir_close(names);
    g_remove(path);
}

int main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    make_languages();
    g_test_add_func("/language/file/good", test_good_file);
    g_test_add_func("/language/file/refused", test_what_is_refused);
    g_test_add_func("/language/file/cut", test_cut_files);
    g_test_add_func("/language/file/damaged", test_damaged_files);
    g_test_add_func("/language/arguments", test_arguments);
    g_test_add_func("/language/plural/rules", test_plural_rules);
    g_test_add_func("/language/plural/bad", test_bad_plural_rules);
    g_test_add_func("/language/system", test_language_of_system);
    g_test_add_func("/language/all", test_all_languages);
    g_test_add_func("/language/filling", test_filling);
    g_test_add_func("/language/speaking", test_speaking);
    status = g_test_run();
    remove_folder(folder);
    g_free(folder);
    wmem_cleanup();
    return status;
}
