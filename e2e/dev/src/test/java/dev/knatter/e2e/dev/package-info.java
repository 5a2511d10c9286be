/** {@code ./knatter dev} from outside, as somebody at a terminal runs it. */
@NullMarked
package dev.knatter.e2e.dev;

import org.jspecify.annotations.NullMarked;
