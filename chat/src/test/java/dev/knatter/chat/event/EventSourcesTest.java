package dev.knatter.chat.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventSourcesTest {
  private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC0=";
  private static final String GOOD = """
      {"sources": [{"source": "/shop", "key": "%s", "types": ["dev.knatter.message.send.v1"], "users": ["Shop-Bot"]}]}
      """
    .formatted(KEY);

  private static EventSources read(String text) {
    return EventSources.from(Env.of(Map.of("KNATTER_EVENT_SOURCES", text)));
  }

  @Test
  void withoutConfiguration_thereIsNoSource() {
    assertThat(EventSources.from(Env.of(Map.of())).all()).isEmpty();
    assertThat(read("{\"sources\":[]}").all()).isEmpty();
  }

  @Test
  void source_hasEachOfItsKeys() {
    String second = GOOD.substring(GOOD.indexOf('[') + 1, GOOD.lastIndexOf(']')).replace("Shop-Bot", "*");
    EventSources sources = read(GOOD.replace("}]}", "}, " + second + "]}"));
    assertThat(sources.of("/shop")).extracting(EventSource::users)
      .containsExactly(Set.of("shop-bot"), Set.of("*"));
    assertThat(sources.of("/shop").getFirst().types()).containsExactly(CommandType.SEND);
    assertThat(sources.of("/Shop")).isEmpty();
  }

  @Test
  void template_isASourceThatMayDoEverything() {
    EventSource source = read(EventSources.template("/local")).of("/local").getFirst();
    assertThat(source.types()).containsExactlyInAnyOrder(CommandType.values());
    assertThat(source.speaksFor("anybody")).isTrue();
    assertThat(EventSources.template("/local")).isNotEqualTo(EventSources.template("/local"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{\"sources\"|`{\"source\"`|member sources",
      "\"sources\": [|`\"sources\": [], \"more\": [`|member sources",
      "{\"source\":|`\"/shop\", {\"source\":`|an object with the members source",
      "\"source\": \"/shop\",|``|an object with the members source",
      "\"source\": \"/shop\",|`\"source\": \"/shop\", \"name\": \"x\",`|an object with the members source",
      "\"source\": \"/shop\",|`\"source\": \"/shop\", \"source\": \"/x\",`|without repeated names",
      "\"/shop\"|`\" \"`|text as source",
      "\"/shop\"|7|text as source",
      "LXNlY3JldC0=|`=`|32 bytes or more in base64 as key",
      "LXNlY3JldC0=|`\\n`|32 bytes or more in base64 as key",
      "\"key\": \"c2|`\"key\": [\"c2`|JSON without",
      "message.send.v1|`message.sent.v1`|dev.knatter.message.send.v1, dev.knatter.user.erase.v1 as types",
      "[\"dev.knatter.message.send.v1\"]|`\"dev.knatter.message.send.v1\"`|as types",
      "[\"dev.knatter.message.send.v1\"]|null|as types",
      "Shop-Bot|`shop bot`|usernames, or of \"*\" for all, as users",
      "\"Shop-Bot\"|null|as users",
      "\"Shop-Bot\"|`{}`|as users",
      "]}]}|`]}]`|JSON without"})
  void wrongFile_stopsTheStartAndIsNamedWithoutItsKey(String good, String bad, String named) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContainingAll("KNATTER_EVENT_SOURCES_FILE", named)
      .hasNoCause()
      .message()
      .doesNotContain("c2VjcmV0");
  }
}
