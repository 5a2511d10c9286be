/** Messages on their way: stored first, sent once, in order. */
@NullMarked
package dev.knatter.client.send;

import org.jspecify.annotations.NullMarked;
