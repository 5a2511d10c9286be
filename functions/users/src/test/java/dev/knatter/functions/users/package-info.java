@NullMarked
package dev.knatter.functions.users;

import org.jspecify.annotations.NullMarked;
