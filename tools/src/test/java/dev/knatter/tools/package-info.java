@NullMarked
package dev.knatter.tools;

import org.jspecify.annotations.NullMarked;
