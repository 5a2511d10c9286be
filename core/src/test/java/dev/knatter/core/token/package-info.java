@NullMarked
package dev.knatter.core.token;

import org.jspecify.annotations.NullMarked;
