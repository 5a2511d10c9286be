@NullMarked
package dev.knatter.functions.refresh;

import org.jspecify.annotations.NullMarked;
