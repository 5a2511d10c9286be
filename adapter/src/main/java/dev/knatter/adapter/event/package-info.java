/** CloudEvents 1.0 as HTTP brings them. */
@NullMarked
package dev.knatter.adapter.event;

import org.jspecify.annotations.NullMarked;
