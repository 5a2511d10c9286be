package dev.knatter.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A page of messages.
 *
 * @param next empty when there is none
 * @param previous empty when there is none
 */
public record Page(List<Message> messages, String next, String previous) {
  /** The page that was read; it must have been. */
  public static Page of(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return new Page(answer.json().path("messages").valueStream().map(Message::of).toList(),
        answer.text("next"),
        answer.text("previous"));
  }

  public List<String> ids() {
    return messages.stream().map(Message::id).toList();
  }

  public List<String> contents() {
    return messages.stream().map(Message::content).toList();
  }
}
