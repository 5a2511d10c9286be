@NullMarked
package dev.knatter.core.page;

import org.jspecify.annotations.NullMarked;
