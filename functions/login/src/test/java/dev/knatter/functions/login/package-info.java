@NullMarked
package dev.knatter.functions.login;

import org.jspecify.annotations.NullMarked;
