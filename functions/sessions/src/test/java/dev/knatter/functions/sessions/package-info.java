@NullMarked
package dev.knatter.functions.sessions;

import org.jspecify.annotations.NullMarked;
