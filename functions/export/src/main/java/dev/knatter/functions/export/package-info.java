/** GET /v1/me/export: everything that is kept of a user, and all that he sent and received, as lines of JSON. */
@NullMarked
package dev.knatter.functions.export;

import org.jspecify.annotations.NullMarked;
