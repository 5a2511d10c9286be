@NullMarked
package dev.knatter.chat.account;

import org.jspecify.annotations.NullMarked;
