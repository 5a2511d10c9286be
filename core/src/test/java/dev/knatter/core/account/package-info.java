@NullMarked
package dev.knatter.core.account;

import org.jspecify.annotations.NullMarked;
