/* plural.c
 * Which form of a word goes with a number (GNU gettext, "Additional functions for plural forms").
 *
 * The rule is carried out as it is read. It is a few dozen characters.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "plural.h"

#include <string.h>

#include <glib.h>

#define FIELD "Plural-Forms:"
#define COUNT "nplurals="
#define RULE "plural="

/* Brackets, conditions and exclamation marks in one another. */
#define DEPTH_MAX 20

/* Numbers that a rule is tried with: rules differ by the last two digits. */
#define TRIED 200

typedef struct {
    const char *at;
    unsigned long n;
    unsigned depth;
    bool failed;
} reader;

static unsigned long read_condition(reader *r);

static void skip_blanks(reader *r)
{
    r->at += strspn(r->at, " \t");
}

/* Is this next? Then it is taken. */
static bool take(reader *r, const char *sign)
{
    skip_blanks(r);
    if (!g_str_has_prefix(r->at, sign))
        return false;
    r->at += strlen(sign);
    return true;
}

static unsigned long fail(reader *r)
{
    r->failed = true;
    r->at = "";
    return 0;
}

static unsigned long read_number(reader *r)
{
    char *end;
    unsigned long number = 0;

    if (!g_ascii_isdigit(*r->at))
        return fail(r);
    number = (unsigned long)g_ascii_strtoull(r->at, &end, 10);
    r->at = end;
    return number;
}

static unsigned long read_in_brackets(reader *r)
{
    const unsigned long value = read_condition(r);

    return take(r, ")") ? value : fail(r);
}

static unsigned long read_operand(reader *r)
{
    unsigned long value;

    if (++r->depth > DEPTH_MAX)
        return fail(r);
    if (take(r, "!"))
        value = !read_operand(r);
    else if (take(r, "("))
        value = read_in_brackets(r);
    else
        value = take(r, "n") ? r->n : read_number(r);
    r->depth--;
    return value;
}

/* What stands between two operands; one that another begins with stands behind it. */
static const struct {
    const char *sign;
    unsigned binds; /* the higher, the closer */
    enum {
        OR,
        AND,
        EQUAL,
        UNEQUAL,
        AT_MOST,
        AT_LEAST,
        BELOW,
        ABOVE,
        PLUS,
        MINUS,
        TIMES,
        BY,
        REST
    } does;
} operators[] = {
    { "||", 1, OR },      { "&&", 2, AND },      { "==", 3, EQUAL }, { "!=", 3, UNEQUAL },
    { "<=", 4, AT_MOST }, { ">=", 4, AT_LEAST }, { "<", 4, BELOW },  { ">", 4, ABOVE },
    { "+", 5, PLUS },     { "-", 5, MINUS },     { "*", 6, TIMES },  { "/", 6, BY },
    { "%", 6, REST },
};

/* The next operator, if it binds at least as close; G_N_ELEMENTS(operators): none does. */
static size_t take_operator(reader *r, unsigned binds)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(operators) &&
           (operators[i].binds < binds || !take(r, operators[i].sign)))
        i++;
    return i;
}

static unsigned long compute(reader *r, size_t by, unsigned long a, unsigned long b)
{
    switch (operators[by].does) {
    case OR:
        return a || b;
    case AND:
        return a && b;
    case EQUAL:
        return a == b;
    case UNEQUAL:
        return a != b;
    case AT_MOST:
        return a <= b;
    case AT_LEAST:
        return a >= b;
    case BELOW:
        return a < b;
    case ABOVE:
        return a > b;
    case PLUS:
        return a + b;
    case MINUS:
        return a - b;
    case TIMES:
        return a * b;
    case BY:
        return b != 0 ? a / b : fail(r);
    default:
        return b != 0 ? a % b : fail(r);
    }
}

/* Operands with operators between them that bind at least as close. */
static unsigned long read_operands(reader *r, unsigned binds)
{
    unsigned long value = read_operand(r);
    size_t by;

    while ((by = take_operator(r, binds)) < G_N_ELEMENTS(operators))
        value = compute(r, by, value, read_operands(r, operators[by].binds + 1));
    return value;
}

/* "b : c" behind "a ?". Both are read, one is taken. */
static unsigned long read_choice(reader *r, bool first)
{
    const unsigned long then = read_condition(r);
    const unsigned long otherwise = take(r, ":") ? read_condition(r) : fail(r);

    return first ? then : otherwise;
}

/* "a ? b : c", or an operand. */
static unsigned long read_condition(reader *r)
{
    unsigned long value;

    if (++r->depth > DEPTH_MAX)
        return fail(r);
    value = read_operands(r, 1);
    if (take(r, "?"))
        value = read_choice(r, value != 0);
    r->depth--;
    return value;
}

/* Carries out the rule. False if it can't be read, or gives a form that there isn't. */
static bool apply(const plural *of, unsigned long n, unsigned *form)
{
    reader r = { .at = of->rule, .n = n };
    const unsigned long value = read_condition(&r);

    skip_blanks(&r);
    *form = (unsigned)value;
    return !r.failed && strchr(";\n", *r.at) != NULL && value < of->forms;
}

static bool is_good(const plural *of)
{
    unsigned form;

    for (unsigned long n = 0; n < TRIED; n++)
        if (!apply(of, n, &form))
            return false;
    return true;
}

bool plural_read(const char *header, plural *out)
{
    const char *field = strstr(header, FIELD);
    const char *count = field != NULL ? strstr(field, COUNT) : NULL;
    const char *rule = count != NULL ? strstr(count + strlen(COUNT), RULE) : NULL;

    *out = (plural){ .forms = 1, .rule = "0" };
    if (field == NULL)
        return true;
    if (rule == NULL)
        return false;
    out->forms = (unsigned)g_ascii_strtoull(count + strlen(COUNT), NULL, 10);
    out->rule = rule + strlen(RULE);
    return out->forms >= 1 && out->forms <= PLURAL_FORMS_MAX && is_good(out);
}

unsigned plural_form(const plural *of, unsigned long n)
{
    unsigned form;

    return apply(of, n, &form) ? form : 0;
}
