/** Messages: what people say. */
@NullMarked
package dev.knatter.client.message;

import org.jspecify.annotations.NullMarked;
