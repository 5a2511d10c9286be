@NullMarked
package dev.knatter.shared.token;

import org.jspecify.annotations.NullMarked;
