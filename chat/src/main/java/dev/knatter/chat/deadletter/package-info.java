/**
 * Dead letters: events that a broker could not deliver, and brings instead. They are kept for a while, listed for
 * operators, and retried by hand or by schedule. A retry posts the event to the broker again.
 */
@NullMarked
package dev.knatter.chat.deadletter;

import org.jspecify.annotations.NullMarked;
