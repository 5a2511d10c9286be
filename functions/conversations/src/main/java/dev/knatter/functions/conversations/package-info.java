/** /v1/conversations: groups, their members, and the list of a user's conversations. */
@NullMarked
package dev.knatter.functions.conversations;

import org.jspecify.annotations.NullMarked;
