@NullMarked
package dev.knatter.core.message;

import org.jspecify.annotations.NullMarked;
