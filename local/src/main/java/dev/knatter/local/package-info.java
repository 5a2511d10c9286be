/** The whole product in one process for development: the functions that {@code knative/} deploys, behind one port. */
@NullMarked
package dev.knatter.local;

import org.jspecify.annotations.NullMarked;
