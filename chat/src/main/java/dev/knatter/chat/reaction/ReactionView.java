package dev.knatter.chat.reaction;

import java.util.List;

/**
 * One kind of reaction to a message in the API.
 *
 * @param count how many users have it
 * @param mine  whether the reader is one of them
 * @param users the usernames of the first few, in the order of their registration
 */
public record ReactionView(String emoji, int count, boolean mine, List<String> users) {}
