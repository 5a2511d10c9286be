@NullMarked
package dev.knatter.adapter.held;

import org.jspecify.annotations.NullMarked;
