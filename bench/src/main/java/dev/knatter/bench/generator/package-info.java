/** The load: workers that each make one request after the other, and how long each took. */
@NullMarked
package dev.knatter.bench.generator;

import org.jspecify.annotations.NullMarked;
