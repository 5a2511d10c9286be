/** An event function that runs in the background and sends messages to webhooks. */
@NullMarked
package dev.knatter.functions.deliver;

import org.jspecify.annotations.NullMarked;
