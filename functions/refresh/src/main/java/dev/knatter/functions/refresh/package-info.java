/** POST /v1/refresh: renews a session by a refresh token, which works for one renewal. */
@NullMarked
package dev.knatter.functions.refresh;

import org.jspecify.annotations.NullMarked;
