/** Who there is: names, passwords, and the claims that make them unique. */
@NullMarked
package dev.knatter.core.account;

import org.jspecify.annotations.NullMarked;
