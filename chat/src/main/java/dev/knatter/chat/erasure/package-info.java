/**
 * Erasure of users. The account is closed at once; messages are erased in steps, by walking through the user's inbox.
 * Every step may be repeated, so that another process can finish what a stopped one has left.
 */
@NullMarked
package dev.knatter.chat.erasure;

import org.jspecify.annotations.NullMarked;
