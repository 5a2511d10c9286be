/**
 * The guard wraps every function: it authenticates the caller, applies the limits and converts errors to answers. It
 * uses Spring's messages and no HTTP, so that it works with every adapter.
 */
@NullMarked
package dev.knatter.guard;

import org.jspecify.annotations.NullMarked;
