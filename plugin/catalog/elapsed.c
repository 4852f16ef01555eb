/* elapsed.c
 * How long something took, in words.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "elapsed.h"

#include <inttypes.h>

#include "span.h"

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)

char *elapsed_text(wmem_allocator_t *scope, int64_t ns)
{
    if (ns < NS_PER_MS)
        return wmem_strdup_printf(scope, "%" PRId64 " us", ns / NS_PER_US);
    if (ns < NS_PER_S)
        return wmem_strdup_printf(scope, "%" PRId64 " ms", ns / NS_PER_MS);
    return wmem_strdup_printf(scope, "%.1f s", (double)ns / NS_PER_S);
}
