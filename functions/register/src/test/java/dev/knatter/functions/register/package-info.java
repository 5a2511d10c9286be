@NullMarked
package dev.knatter.functions.register;

import org.jspecify.annotations.NullMarked;
