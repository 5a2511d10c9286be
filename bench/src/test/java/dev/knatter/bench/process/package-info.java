@NullMarked
package dev.knatter.bench.process;

import org.jspecify.annotations.NullMarked;
