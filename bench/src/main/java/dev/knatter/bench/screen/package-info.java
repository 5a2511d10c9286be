/** {@code ./knatter bench screen}: how long the page takes to show a chat while all functions sleep. */
@NullMarked
package dev.knatter.bench.screen;

import org.jspecify.annotations.NullMarked;
