/** {@code ./knatter bench cold}: how soon a program answers after its start. */
@NullMarked
package dev.knatter.bench.cold;

import org.jspecify.annotations.NullMarked;
