/** {@code ./knatter bench groups}: how long a send to a group takes, and until all members have the message. */
@NullMarked
package dev.knatter.bench.groups;

import org.jspecify.annotations.NullMarked;
