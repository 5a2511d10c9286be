/** Test support for all functions: an installation of the product, and pods that serve a function. */
@NullMarked
package dev.knatter.functions.testing;

import org.jspecify.annotations.NullMarked;
