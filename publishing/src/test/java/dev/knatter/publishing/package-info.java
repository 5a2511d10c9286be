/** Tests of this package. */
@NullMarked
package dev.knatter.publishing;

import org.jspecify.annotations.NullMarked;
