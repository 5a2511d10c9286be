package dev.knatter.chat.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryErrorTest {
  private static DeliveryError of(String code, String data) {
    return DeliveryError.takeFrom(
        new HashMap<>(Map.of("knativeerrorcode", code, "knativeerrordata", data)));
  }

  @Test
  void attributesOfTheBroker_areTakenOut() {
    Map<String, String> attributes = new HashMap<>(Map.of("id", "1", "knativeerrorcode", "400",
        "knativeerrordata", "bm90IGZvdW5k", "knativeerrordest", "http://evil.example"));
    assertThat(DeliveryError.takeFrom(attributes))
      .isEqualTo(new DeliveryError(400, "not found", "http://evil.example"));
    assertThat(attributes).containsOnlyKeys("id");
  }

  @Test
  void answerThatWasCutInTheMiddleOfALetter_isReadUpToThere() {
    byte[] utf8 = "wrong ä".getBytes(StandardCharsets.UTF_8);
    String cut = Base64.getEncoder().encodeToString(utf8).substring(0, 8); // six of eight bytes
    assertThat(of("400", cut).data()).isEqualTo("wrong ");
    byte[] half = Arrays.copyOf(utf8, utf8.length - 1);
    assertThat(of("400", Base64.getEncoder().encodeToString(half)).data()).isEqualTo("wrong ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dispatch error: timeout", "notfound", "{\"key\": \"value\"}", ""})
  void answerThatIsNoBase64_isReadAsItIs(String data) {
    assertThat(of("500", data).data()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "4e2", "99999999999999"})
  void codeThatIsNone_isLeftOut(String code) {
    assertThat(of(code, "").code()).isNull();
  }

  @Test
  void longAnswer_isCut() {
    assertThat(of("400", "?".repeat(10_000)).data()).hasSize(4_096);
  }
}
