@NullMarked
package dev.knatter.functions.delete;

import org.jspecify.annotations.NullMarked;
