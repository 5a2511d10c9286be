/** Requests of a session, tried again where they may be. */
@NullMarked
package dev.knatter.client.api;

import org.jspecify.annotations.NullMarked;
