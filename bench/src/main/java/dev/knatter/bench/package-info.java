/** Measures what the functions do in a second and how soon they are there, beside the plain driver doing the same. */
@NullMarked
package dev.knatter.bench;

import org.jspecify.annotations.NullMarked;
