/** Programs that are measured, as processes of this machine, and what the kernel says of them. */
@NullMarked
package dev.knatter.bench.process;

import org.jspecify.annotations.NullMarked;
