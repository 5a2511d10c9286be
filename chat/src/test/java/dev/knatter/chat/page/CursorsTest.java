package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorsTest {
  private static final UUID ADA = new UUID(1, 1);
  private static final Scope CHAT = Scope.conversation(new UUID(2, 2));
  private static final List<UUID> KEYS = IntStream.range(1, 500).mapToObj(Uuid7::floor).toList();
  private static final CursorPosition PLACE = new CursorPosition(Uuid7.floor(5),
      new UnsettledRange(Uuid7.floor(1), Uuid7.floor(3), KeySums.of(KEYS)));

  @TempDir
  Path folder;
  private Cursors cursors;

  @BeforeEach
  void open() throws IOException {
    cursors = cursors("A".repeat(43) + "=");
  }

  private Cursors cursors(String key) throws IOException {
    Path file = Files.writeString(folder.resolve("cursor.key"), key);
    return Cursors.from(Env.of(Map.of("KNATTER_CURSOR_KEY_FILE", file.toString())));
  }

  static Stream<CursorPosition> places() {
    return Stream.of(PLACE, CursorPosition.at(Uuid7.last(9)),
        CursorPosition.forward(Uuid7.floor(5), Uuid7.floor(1), KEYS.subList(0, 1)),
        CursorPosition.forward(Uuid7.floor(5), Uuid7.floor(1), List.of()));
  }

  @ParameterizedTest
  @MethodSource("places")
  void cursor_opensAsThePlaceItWasSealedFrom(CursorPosition place) {
    String cursor = cursors.seal(ADA, CHAT, Direction.AFTER, place);
    assertThat(cursor).matches("[A-Za-z0-9_-]{40,270}");
    assertThat(cursors.open(ADA, CHAT, Direction.AFTER, cursor)).isEqualTo(place);
  }

  /** What clients hold from before: after a stretch, a walk begins again where that began. */
  @ParameterizedTest
  @CsvSource({
      "AFTER, 1, AQMAAAAAAAVwAIAAAAAAAAAAAAAAAAABcACAAAAAAAAAAAAAAAAAA3AAgAAAAAAAAAAAAAAH__________gAAAAAAANwAIAAAAAA"
          + "AAAAAAAAAAAFcACAAAAAAAAAAP____8AAAAAAAAAAH1tWatjrn7EqB3-luxglBE",
      "BEFORE, 3, AQEAAAAAAAFwAIAAAAAAAAAAAAAAAAABcACAAAAAAAAAAAAAAAAAA3AAgAAAAAAAAAAAAAAH__________ieFXKzFB1_x4gaXk"
          + "aXw45E",
      "AFTER, 9, AQAAAAAAAAlwAIAAAAAAAAAAYmROairVCed_a-axznRJIg"})
  void cursorOfTheFirstVersion_isGoodStill(Direction direction, long millis, String cursor) {
    assertThat(cursors.open(ADA, CHAT, direction, cursor)).isEqualTo(CursorPosition.at(Uuid7.floor(millis)));
  }

  private void refused(UUID user, Scope scope, Direction direction, String cursor, String pointer) {
    assertThatThrownBy(() -> cursors.open(user, scope, direction, cursor))
      .isInstanceOfSatisfying(InvalidRequest.class,
          e -> assertThat(e.errors()).extracting(FieldError::pointer).isEqualTo(List.of(pointer)));
  }

  @Test
  void cursorOfSomethingElse_isRefused() throws IOException {
    String cursor = cursors.seal(ADA, CHAT, Direction.AFTER, PLACE);
    refused(new UUID(1, 2), CHAT, Direction.AFTER, cursor, "/after");
    refused(ADA, Scope.conversation(new UUID(2, 3)), Direction.AFTER, cursor, "/after");
    refused(ADA, Scope.inbox(CHAT.id()), Direction.AFTER, cursor, "/after");
    refused(ADA, CHAT, Direction.BEFORE, cursor, "/before");
    Cursors others = cursors("B".repeat(42) + "A=");
    refused(ADA, CHAT, Direction.AFTER, others.seal(ADA, CHAT, Direction.AFTER, PLACE), "/after");
  }

  static Stream<Arguments> forgeries() {
    return Stream.<Map.Entry<String, UnaryOperator<String>>>of(
        Map.entry("empty", _ -> ""),
        Map.entry("cut", cursor -> cursor.substring(0, cursor.length() - 4)),
        Map.entry("cut to less than a tag", cursor -> cursor.substring(0, 12)),
        Map.entry("longer", cursor -> cursor + "AAAA"),
        Map.entry("padded", cursor -> cursor + "="),
        Map.entry("much longer", cursor -> cursor.repeat(100)),
        Map.entry("not base64url", cursor -> "+" + cursor.substring(1)),
        Map.entry("not ASCII", cursor -> "\u00e9" + cursor.substring(1)),
        Map.entry("zeros", cursor -> "A".repeat(cursor.length())),
        Map.entry("another version", cursor -> "Aw" + cursor.substring(2)))
      .map(forgery -> Arguments.of(forgery.getKey(), forgery.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void forgery_isRefused(String name, UnaryOperator<String> forgery) {
    String cursor = cursors.seal(ADA, CHAT, Direction.AFTER, PLACE);
    refused(ADA, CHAT, Direction.AFTER, forgery.apply(cursor), "/after");
  }

  @Test
  void anyBitChanged_isRefused() {
    byte[] sealed = Base64.getUrlDecoder().decode(cursors.seal(ADA, CHAT, Direction.AFTER, PLACE));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] forged = sealed.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(ADA, CHAT, Direction.AFTER, Base64.getUrlEncoder().withoutPadding().encodeToString(forged),
          "/after");
    }
  }

  @Test
  void lastCharacterChangedWithinTheSameBytes_isRefused() {
    String cursor = cursors.seal(ADA, CHAT, Direction.AFTER, CursorPosition.at(PLACE.at()));
    byte[] sealed = Base64.getUrlDecoder().decode(cursor);
    int same = 0;
    for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
      String other = cursor.substring(0, cursor.length() - 1) + last;
      if (!other.equals(cursor) && java.util.Arrays.equals(Base64.getUrlDecoder().decode(other), sealed)) {
        refused(ADA, CHAT, Direction.AFTER, other, "/after");
        same++;
      }
    }
    assertThat(same).as("other texts of the same bytes").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64!"})
  void badKey_stopsTheStartAndNamesTheVariable(String key) {
    assertThatThrownBy(() -> cursors(key)).isInstanceOf(IllegalStateException.class)
      .hasMessageContaining("KNATTER_CURSOR_KEY_FILE");
  }
}
