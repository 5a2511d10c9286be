@NullMarked
package dev.knatter.bench;

import org.jspecify.annotations.NullMarked;
