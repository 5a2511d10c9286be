@NullMarked
package dev.knatter.core.erasure;

import org.jspecify.annotations.NullMarked;
