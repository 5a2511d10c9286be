@NullMarked
package dev.knatter.guard;

import org.jspecify.annotations.NullMarked;
