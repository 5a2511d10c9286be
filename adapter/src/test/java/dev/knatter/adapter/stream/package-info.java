@NullMarked
package dev.knatter.adapter.stream;

import org.jspecify.annotations.NullMarked;
