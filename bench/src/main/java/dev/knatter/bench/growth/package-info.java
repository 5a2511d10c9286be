/** {@code ./knatter bench growth}: requests a second while all that is stored grows. */
@NullMarked
package dev.knatter.bench.growth;

import org.jspecify.annotations.NullMarked;
