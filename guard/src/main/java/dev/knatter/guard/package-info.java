/**
 * What stands before every function: who calls, whether he may at this moment, and how an error becomes an answer.
 * Knows Spring's messages and no HTTP, so that it is the same under every adapter.
 */
@NullMarked
package dev.knatter.guard;

import org.jspecify.annotations.NullMarked;
