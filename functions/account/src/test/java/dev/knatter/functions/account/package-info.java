@NullMarked
package dev.knatter.functions.account;

import org.jspecify.annotations.NullMarked;
