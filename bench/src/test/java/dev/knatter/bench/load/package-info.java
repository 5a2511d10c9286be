@NullMarked
package dev.knatter.bench.load;

import org.jspecify.annotations.NullMarked;
