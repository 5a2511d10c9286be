/** Programs of the command line that are no part of a function. */
@NullMarked
package dev.knatter.tools;

import org.jspecify.annotations.NullMarked;
