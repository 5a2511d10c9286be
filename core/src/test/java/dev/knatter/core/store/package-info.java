@NullMarked
package dev.knatter.core.store;

import org.jspecify.annotations.NullMarked;
