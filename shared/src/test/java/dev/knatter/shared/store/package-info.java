@NullMarked
package dev.knatter.shared.store;

import org.jspecify.annotations.NullMarked;
