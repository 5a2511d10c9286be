/** What the first two thousand requests of a process take. */
@NullMarked
package dev.knatter.bench.early;

import org.jspecify.annotations.NullMarked;
