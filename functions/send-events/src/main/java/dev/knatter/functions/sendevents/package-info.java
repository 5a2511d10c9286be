/** An event function that stores the message that a signed event of another system asks for. */
@NullMarked
package dev.knatter.functions.sendevents;

import org.jspecify.annotations.NullMarked;
