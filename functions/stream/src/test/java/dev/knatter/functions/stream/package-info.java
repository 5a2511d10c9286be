/** Tests of the function stream. */
@NullMarked
package dev.knatter.functions.stream;

import org.jspecify.annotations.NullMarked;
