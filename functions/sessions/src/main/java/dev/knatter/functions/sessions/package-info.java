/** GET /v1/sessions, DELETE /v1/sessions/{sessionId}: where a user is logged in, and how he ends it. */
@NullMarked
package dev.knatter.functions.sessions;

import org.jspecify.annotations.NullMarked;
