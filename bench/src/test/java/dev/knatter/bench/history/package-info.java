@NullMarked
package dev.knatter.bench.history;

import org.jspecify.annotations.NullMarked;
