/** GET /v1/sessions and DELETE /v1/sessions/{sessionId}: lists and ends the sessions of a user. */
@NullMarked
package dev.knatter.functions.sessions;

import org.jspecify.annotations.NullMarked;
