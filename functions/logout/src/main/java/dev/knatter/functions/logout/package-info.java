/** POST /v1/logout: ends the caller's session, or all of the caller's sessions. */
@NullMarked
package dev.knatter.functions.logout;

import org.jspecify.annotations.NullMarked;
