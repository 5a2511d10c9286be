@NullMarked
package dev.knatter.bench.live;

import org.jspecify.annotations.NullMarked;
