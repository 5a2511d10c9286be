/**
 * How streams are served: the sessions of the connections that this process holds, and the GRIP protocol for those that a proxy
 * holds. What a function sees of it is in the package {@code stream}.
 */
@NullMarked
package dev.knatter.adapter.held;

import org.jspecify.annotations.NullMarked;
