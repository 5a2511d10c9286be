@NullMarked
package dev.knatter.functions.deliver;

import org.jspecify.annotations.NullMarked;
