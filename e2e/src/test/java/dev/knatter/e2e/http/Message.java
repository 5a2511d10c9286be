package dev.knatter.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/**
 * A message as it was answered.
 *
 * @param recipient empty when there is none
 */
public record Message(String id, String conversation, String sender, String recipient, String content,
    String contentType, String sentAt) {
  static Message of(JsonNode json) {
    return new Message(json.path("id").asString(), json.path("conversationId").asString(),
        json.path("sender").asString(), json.path("recipient").asString(""), json.path("content").asString(),
        json.path("contentType").asString(), json.path("sentAt").asString());
  }

  /** The message that was sent; it must have been. */
  public static Message of(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return of(answer.json());
  }
}
