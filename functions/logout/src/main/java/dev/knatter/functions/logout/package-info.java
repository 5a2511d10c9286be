/** POST /v1/logout: ends the session that calls, or all that its user has. */
@NullMarked
package dev.knatter.functions.logout;

import org.jspecify.annotations.NullMarked;
