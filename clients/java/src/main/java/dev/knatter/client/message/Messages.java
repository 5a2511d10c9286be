package dev.knatter.client.message;

import java.util.Map;
import java.util.UUID;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages and changes them. They are sent by {@code KnatterClient.send}. Every method throws {@link ProblemException}
 * where the server refuses, {@link NoAnswerException} where no answer comes, and {@link SessionEndedException} where somebody
 * must log in first.
 */
public final class Messages {
  private final Api api;

  public Messages(Api api) {
    this.api = api;
  }

  public Page page(PageRequest request) {
    Page page = api.read(request.call(), Page.class);
    api.clock().observe(page.serverTime());
    return page;
  }

  /** Replaces the content of one of the caller's messages. */
  public Message edit(UUID conversationId, UUID id, String content) {
    return edit(conversationId, id, content, null, null);
  }

  /** Replaces the content of one of the caller's messages, also its type and the key that it is encrypted with. */
  public Message edit(UUID conversationId, UUID id, String content, @Nullable String contentType,
      @Nullable String keyId) {
    return api.read(Call.post("/v1/edit", new Edit(conversationId, id, content, contentType, keyId)),
        Message.class);
  }

  private record Edit(UUID conversationId, UUID id, String content, @Nullable String contentType,
      @Nullable String keyId) {}

  /** Deletes a message, and leaves a marker. */
  public void delete(UUID conversationId, UUID id) {
    api.run(
        Call.post("/v1/delete", Map.of("conversationId", conversationId, "id", id)).expecting(204));
  }

  public void react(UUID conversationId, UUID id, String emoji) {
    react(conversationId, id, emoji, /* remove= */ false);
  }

  /** Takes a reaction back. */
  public void unreact(UUID conversationId, UUID id, String emoji) {
    react(conversationId, id, emoji, /* remove= */ true);
  }

  private void react(UUID conversationId, UUID id, String emoji, boolean remove) {
    api.run(Call.post("/v1/react",
        Map.of("conversationId", conversationId, "id", id, "emoji", emoji, "remove", remove))
      .expecting(204));
  }

  /** Marks a message, and all that are there before it at this moment, as read. */
  public void read(UUID conversationId, UUID upTo) {
    api.run(
        Call.post("/v1/read", Map.of("conversationId", conversationId, "upTo", upTo)).expecting(204));
  }
}
