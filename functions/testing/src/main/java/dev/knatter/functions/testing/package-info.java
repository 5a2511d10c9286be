/** What the tests of all functions need: an installation of the product, and processes that serve a function of it. */
@NullMarked
package dev.knatter.functions.testing;

import org.jspecify.annotations.NullMarked;
