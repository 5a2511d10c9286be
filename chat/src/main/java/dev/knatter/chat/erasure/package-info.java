/**
 * Erasure of people: what an account is made of goes at once, what they have said in steps, by their own inbox. Each
 * step may be repeated, so that whoever comes next finishes what a stopped process has left.
 */
@NullMarked
package dev.knatter.chat.erasure;

import org.jspecify.annotations.NullMarked;
