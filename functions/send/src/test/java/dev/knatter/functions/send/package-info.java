@NullMarked
package dev.knatter.functions.send;

import org.jspecify.annotations.NullMarked;
