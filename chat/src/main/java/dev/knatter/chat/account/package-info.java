/** Who there is: names, passwords, and the claims that make them unique. */
@NullMarked
package dev.knatter.chat.account;

import org.jspecify.annotations.NullMarked;
