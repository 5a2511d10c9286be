package dev.knatter.functions.messages;

import java.time.Instant;
import java.util.List;

import dev.knatter.chat.message.MessageView;
import org.jspecify.annotations.Nullable;

/** A page. next goes on in the request's direction, previous starts towards the present; both are cursors. */
public record PageAnswer(List<MessageView> messages, @Nullable String next, @Nullable String previous,
    Instant serverTime) {}
