/**
 * Limits: how often a user, a name or a network may send a request, how many requests may wait, how fast passwords
 * may be tried. The same round trip to Redis detects a repeated request.
 */
@NullMarked
package dev.knatter.chat.limit;

import org.jspecify.annotations.NullMarked;
