/** {@code ./knatter bench delivery}: how long after its 201 a message is with its readers. */
@NullMarked
package dev.knatter.bench.delivery;

import org.jspecify.annotations.NullMarked;
