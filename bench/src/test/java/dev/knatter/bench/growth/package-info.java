@NullMarked
package dev.knatter.bench.growth;

import org.jspecify.annotations.NullMarked;
