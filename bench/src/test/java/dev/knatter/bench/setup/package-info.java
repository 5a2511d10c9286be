@NullMarked
package dev.knatter.bench.setup;

import org.jspecify.annotations.NullMarked;
