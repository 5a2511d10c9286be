package dev.knatter.functions.conversations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of the caller's conversations, the newest activity first. next: {@code before} of the next page. */
public record ConversationsAnswer(List<ConversationAnswer> conversations, @Nullable String next) {}
