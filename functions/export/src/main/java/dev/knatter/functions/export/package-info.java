/** GET /v1/me/export: everything that is stored about a user, including their messages, as lines of JSON. */
@NullMarked
package dev.knatter.functions.export;

import org.jspecify.annotations.NullMarked;
