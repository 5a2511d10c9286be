@NullMarked
package dev.knatter.functions.export;

import org.jspecify.annotations.NullMarked;
