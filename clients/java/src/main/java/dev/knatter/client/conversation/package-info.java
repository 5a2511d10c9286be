/** Groups, and the list of a user's conversations. */
@NullMarked
package dev.knatter.client.conversation;

import org.jspecify.annotations.NullMarked;
