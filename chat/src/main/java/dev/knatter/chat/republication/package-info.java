/** The sweep that publishes what a killed process or an absent sink has left in the table of publications. */
@NullMarked
package dev.knatter.chat.republication;

import org.jspecify.annotations.NullMarked;
