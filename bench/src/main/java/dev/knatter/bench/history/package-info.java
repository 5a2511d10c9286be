/** {@code ./knatter bench history}: how long a page takes, wherever it is in a conversation and however large that is. */
@NullMarked
package dev.knatter.bench.history;

import org.jspecify.annotations.NullMarked;
