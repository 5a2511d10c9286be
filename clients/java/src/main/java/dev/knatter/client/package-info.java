/** The client: {@link dev.knatter.client.KnatterClient} is where to begin. */
@NullMarked
package dev.knatter.client;

import org.jspecify.annotations.NullMarked;
