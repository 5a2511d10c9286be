@NullMarked
package dev.knatter.bench.generator;

import org.jspecify.annotations.NullMarked;
