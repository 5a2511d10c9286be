@NullMarked
package dev.knatter.bench.cold;

import org.jspecify.annotations.NullMarked;
