@NullMarked
package dev.knatter.core.limit;

import org.jspecify.annotations.NullMarked;
