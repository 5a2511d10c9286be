/**
 * What the product promises, tried from outside: over HTTP, and by starting, stopping and killing its processes.
 * And what the documents say.
 */
@NullMarked
package dev.knatter.e2e;

import org.jspecify.annotations.NullMarked;
