/** A client that holds every exchange against {@code docs/openapi.yaml}. */
@NullMarked
package dev.knatter.e2e.http;

import org.jspecify.annotations.NullMarked;
