/**
 * Groups: commands append events to a log, the state is a fold over them, and the tables of members are made from it. What others
 * need to know of a group's members is in {@code dev.knatter.chat.conversation}.
 */
@NullMarked
package dev.knatter.chat.group;

import org.jspecify.annotations.NullMarked;
