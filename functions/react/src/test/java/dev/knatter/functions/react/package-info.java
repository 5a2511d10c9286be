@NullMarked
package dev.knatter.functions.react;

import org.jspecify.annotations.NullMarked;
