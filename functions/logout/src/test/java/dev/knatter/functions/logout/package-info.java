@NullMarked
package dev.knatter.functions.logout;

import org.jspecify.annotations.NullMarked;
