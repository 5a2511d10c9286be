/** The event function that sweeps the outbox: enters anew what a writer may have entered too late. */
@NullMarked
package dev.knatter.functions.outbox;

import org.jspecify.annotations.NullMarked;
