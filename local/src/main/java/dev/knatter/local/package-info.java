/** Runs the whole product in one process for development: all functions of {@code knative/}, behind one port. */
@NullMarked
package dev.knatter.local;

import org.jspecify.annotations.NullMarked;
