@NullMarked
package dev.knatter.outbound;

import org.jspecify.annotations.NullMarked;
