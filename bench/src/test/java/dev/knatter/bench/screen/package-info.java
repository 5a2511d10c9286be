@NullMarked
package dev.knatter.bench.screen;

import org.jspecify.annotations.NullMarked;
