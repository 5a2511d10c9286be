@NullMarked
package dev.knatter.functions.read;

import org.jspecify.annotations.NullMarked;
