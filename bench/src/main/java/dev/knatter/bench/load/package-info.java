/** {@code ./knatter bench}: requests a second, beside the raw driver. */
@NullMarked
package dev.knatter.bench.load;

import org.jspecify.annotations.NullMarked;
