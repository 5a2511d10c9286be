/** The product, started the two ways it runs, and the faults that befall it. */
@NullMarked
package dev.knatter.e2e.deploy;

import org.jspecify.annotations.NullMarked;
