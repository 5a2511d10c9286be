/** An event function that runs in the background. It tells webhooks of a message. */
@NullMarked
package dev.knatter.functions.deliver;

import org.jspecify.annotations.NullMarked;
