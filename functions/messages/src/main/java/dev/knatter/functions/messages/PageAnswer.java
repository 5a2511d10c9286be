package dev.knatter.functions.messages;

import java.time.Instant;
import java.util.List;

import dev.knatter.chat.message.MessageView;
import org.jspecify.annotations.Nullable;

/** A page. next: a cursor that continues in the request's direction; previous: one that starts towards the present. */
public record PageAnswer(List<MessageView> messages, @Nullable String next, @Nullable String previous,
    Instant serverTime) {}
