/** The client library and the command line against the whole product, over connections that fail. */
@NullMarked
package dev.knatter.e2e.clients;

import org.jspecify.annotations.NullMarked;
