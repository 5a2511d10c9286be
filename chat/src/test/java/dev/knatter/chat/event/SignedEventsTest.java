package dev.knatter.chat.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.knatter.chat.account.Username;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Expired;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InFlight;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;
import dev.knatter.shared.store.Deadline;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedEventsTest {
  private static final String SHOP_KEY = key(1);
  private static final String NEXT_SHOP_KEY = key(2);
  private static final String BANK_KEY = key(3);
  private static final String CONFIGURATION = """
      {"sources": [
        {"source": "/shop", "key": "%s", "types": ["dev.knatter.message.send.v1"], "users": ["shop-bot"]},
        {"source": "/shop", "key": "%s", "types": ["dev.knatter.message.send.v1"], "users": ["*"]},
        {"source": "/bank", "key": "%s", "types": ["dev.knatter.user.erase.v1"], "users": ["*"]}]}
      """.formatted(SHOP_KEY, NEXT_SHOP_KEY, BANK_KEY);
  private static final String DATA = "{\"from\":\"shop-bot\",\"to\":\"ada\",\"content\":\"hello 👋\",\"n\":10}";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T08:00:00.500Z"));
  private final List<String> logged = new ArrayList<>();
  private final List<SignedEvent> done = new ArrayList<>();
  private final EventSources sources = EventSources
    .from(Env.of(Map.of("KNATTER_EVENT_SOURCES", CONFIGURATION)));
  private final SignedEvents events = new SignedEvents(sources, CommandType.SEND, clock, logged::add);

  private static String key(int seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static Hmac hmac(String key) {
    return new Hmac(Base64.getDecoder().decode(key));
  }

  /** The attributes of a good event, signed with a key. */
  private static Map<String, String> signed(String key, String source, String type, String time,
      String data) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", "order-7");
    attributes.put("source", source);
    attributes.put("type", type);
    attributes.put("time", time);
    attributes.put("knattersignature", EventSignature.sign(hmac(key), "order-7", source, type,
        OffsetDateTime.parse(time).toInstant(), data.getBytes(StandardCharsets.UTF_8)));
    return attributes;
  }

  private Map<String, String> good() {
    return signed(SHOP_KEY, "/shop", CommandType.SEND.text(), clock.instant().toString(), DATA);
  }

  private void handle(Map<String, String> attributes, String data) {
    events.handle(attributes::get, data.getBytes(StandardCharsets.UTF_8), done::add);
  }

  private void assertRefused(Map<String, String> attributes, String data, String why) {
    assertThatThrownBy(() -> handle(attributes, data)).isInstanceOfSatisfying(InvalidRequest.class,
        refused -> assertThat(refused.errors()).singleElement()
          .satisfies(error -> assertThat(error.pointer() + " " + error.detail()).contains(why)));
    assertThat(done).isEmpty();
  }

  @Test
  void goodEvent_isDoneWithWhatWasSigned() {
    handle(good(), DATA);
    assertThat(done).singleElement().satisfies(event -> {
      assertThat(event.id()).isEqualTo("order-7");
      assertThat(event.source().name()).isEqualTo("/shop");
      assertThat(new String(event.data(), StandardCharsets.UTF_8))
        .isEqualTo("{\"content\":\"hello 👋\",\"from\":\"shop-bot\",\"n\":10,\"to\":\"ada\"}");
    });
    assertThat(logged).isEmpty();
  }

  /** A broker may write data anew. */
  @ParameterizedTest
  @ValueSource(strings = {
      " {\"to\" :\"ada\", \"n\":1e1,\n\"content\":\"hello \\uD83D\\uDC4B\",\"from\":\"shop\\u002dbot\"}\t",
      "{\"n\":10.0,\"content\":\"hello 👋\",\"from\":\"shop-bot\",\"to\":\"\\u0061da\"}"})
  void sameData_writtenInAnotherWay_areTheSameEvent(String data) {
    handle(good(), data);
    assertThat(done).hasSize(1);
  }

  @Test
  void numbers_areThoseOfDoublePrecision() {
    Map<String, String> attributes = signed(SHOP_KEY, "/shop", CommandType.SEND.text(),
        clock.instant().toString(), "{\"n\":9007199254740993,\"e\":1e30,\"z\":-0.0,\"s\":0.000001}");
    handle(attributes, "{\"n\":9007199254740992,\"e\":1000000000000000000000000000000,\"z\":0,\"s\":1E-6}");
    assertThat(new String(done.getFirst().data(), StandardCharsets.UTF_8))
      .isEqualTo("{\"e\":1e+30,\"n\":9007199254740992,\"s\":0.000001,\"z\":0}");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-29T08:00:00.500Z", "2026-11-29T09:00:00.500+01:00", "2026-11-29T08:00:00.500999999Z",
      "2026-11-29T08:00:00.5Z", "2026-11-29t08:00:00.500z"})
  void sameTime_writtenInAnotherWay_isTheSameEvent(String time) {
    Map<String, String> attributes = good();
    attributes.put("time", time);
    handle(attributes, DATA);
    assertThat(done).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "-PT5M0.001S, false", "-PT5M, true", "P25D, true", "PT600H0.001S, false",
      "P365D, false"})
  void event_isGoodFromFiveMinutesBeforeTo25DaysAfterItsTime(Duration age, boolean good) {
    Map<String, String> attributes = good();
    clock.advance(age);
    if (good) {
      handle(attributes, DATA);
      assertThat(done).hasSize(1);
    } else {
      assertRefused(attributes, DATA, age.isNegative() ? "in the future" : "25 days ago");
    }
  }

  @ParameterizedTest
  @CsvSource({"id, order-8, /knattersignature does not fit", "id, , /id is missing", "id, '', /id is missing",
      "source, /bank, /knattersignature does not fit", "source, /none, /source is not one that is configured",
      "source, /SHOP, /source is not one that is configured", "source, , /source is missing",
      "type, dev.knatter.user.erase.v1, /knattersignature does not fit", "type, , /type is missing",
      "time, 2026-11-29T08:00:00.501Z, /knattersignature does not fit", "time, , /time is missing",
      "time, yesterday, /time must be an RFC 3339 time",
      "time, 1764403200500, /time must be an RFC 3339 time",
      "time, 2026-11-29T08:00:60Z, /time must be an RFC 3339 time",
      "time, +999999999-12-31T23:59:59Z, /time must be an RFC 3339 time",
      "knattersignature, , /knattersignature is missing",
      "knattersignature, AAAA, /knattersignature does not fit",
      "knattersignature, é, /knattersignature does not fit"})
  void changedAttribute_isRefused(String name, String value, String why) {
    Map<String, String> attributes = good();
    attributes.put(name, value);
    assertRefused(attributes, DATA, why);
    assertThat(logged).singleElement().satisfies(line -> assertThat(line).contains(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"from\":\"shop-bot\",\"to\":\"eve\",\"content\":\"hello 👋\",\"n\":10}", "{}",
      "[]",
      "{\"from\":\"shop-bot\",\"to\":\"ada\",\"content\":\"hello 👋\",\"n\":10.5}",
      "{\"from\":\"shop-bot\",\"to\":\"ada\",\"content\":\"hello 👋\",\"n\":\"10\"}",
      "{\"from\":\"shop-bot\",\"to\":\"ada\",\"content\":\"hello 👋\",\"n\":10,\"more\":null}"})
  void changedData_areRefused(String data) {
    assertRefused(good(), data, "/knattersignature does not fit");
  }

  /** Composed and decomposed are different texts: signatures know no normalization. */
  @Test
  void otherUnicodeForm_isChangedData() {
    Map<String, String> attributes = signed(SHOP_KEY, "/shop", CommandType.SEND.text(),
        clock.instant().toString(), "{\"content\":\"é\"}");
    assertRefused(attributes, "{\"content\":\"e\u0301\"}", "/knattersignature does not fit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "7", "\"text\"", "{", "{\"a\":1}{}", "{\"a\":1,\"\\u0061\":1}",
      "{\"a\":\"\\ud800\"}", "{\"a\":1e999}", "{\"a\":NaN}", "{\"a\":'b'}", "{\"a\":01x}", "\ufeff{}"})
  void dataThatAreNoJson_areRefused(String data) {
    assertRefused(good(), data, "/data must be one JSON object");
  }

  @Test
  void dataThatAttackTheParser_areRefused() {
    assertRefused(good(), "[".repeat(100_000), "/data must be one JSON object");
    assertRefused(good(), "{\"a\":".repeat(100_000), "/data must be one JSON object");
    assertRefused(good(), "{\"[[[\\\"".repeat(1_000), "/data must be one JSON object");
    byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> events.handle(good()::get, latin1, done::add))
      .isInstanceOf(InvalidRequest.class);
    assertThat(done).isEmpty();
  }

  @Test
  void sourceOrType_thatIsNotAllowed_isRefused() {
    String now = clock.instant().toString();
    assertRefused(signed(BANK_KEY, "/shop", CommandType.SEND.text(), now, DATA), DATA, "does not fit");
    assertRefused(signed(SHOP_KEY, "/shop", CommandType.ERASE.text(), now, DATA), DATA,
        "/type is not that of this function");
    assertRefused(signed(BANK_KEY, "/bank", CommandType.SEND.text(), now, DATA), DATA,
        "/type is not one that the source may use");
  }

  @Test
  void userForWhomTheSourceMayNotSpeak_isRefused() {
    Username ada = new Username("ada");
    handle(good(), DATA);
    SignedEvent event = done.getFirst();
    event.requireSpeaksFor(new Username("shop-bot"));
    assertThatThrownBy(() -> event.requireSpeaksFor(ada)).isInstanceOf(InvalidRequest.class);

    handle(signed(NEXT_SHOP_KEY, "/shop", CommandType.SEND.text(), clock.instant().toString(), DATA), DATA);
    done.getLast().requireSpeaksFor(ada);
  }

  @Test
  void failureOfTheCommand_isForGoodOrForTheNextAttempt() {
    for (DomainError forGood : List.of(new NotFound("nobody"), new Forbidden("blocked"),
        new ClientIdReused(), new Expired())) {
      assertThatThrownBy(() -> events.handle(good()::get, DATA.getBytes(StandardCharsets.UTF_8), _ -> {
        throw forGood;
      })).isInstanceOf(InvalidRequest.class);
    }
    int lines = logged.size();
    for (DomainError temporary : List.of(new Unavailable("away"), new InFlight(),
        StaleClientId.past(clock.instant()))) {
      assertThatThrownBy(() -> events.handle(good()::get, DATA.getBytes(StandardCharsets.UTF_8), _ -> {
        throw temporary;
      })).isInstanceOf(Unavailable.class);
    }
    assertThat(logged).hasSize(lines);
  }

  @Test
  void command_hasADeadline() {
    events.handle(good()::get, DATA.getBytes(StandardCharsets.UTF_8),
        _ -> assertThat(Deadline.remaining()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(25)));
  }

  @Test
  void log_saysOnceAMinuteOfEachSourceWhatWasRefused() {
    Map<String, String> forged = good();
    forged.put("id", "other");
    for (int i = 0; i < 5; i++) {
      assertRefused(forged, DATA, "does not fit");
      Map<String, String> stranger = good();
      stranger.put("source", "/none-" + i + "\n\u202e" + "x".repeat(100));
      assertRefused(stranger, DATA, "not one that is configured");
    }
    assertThat(logged).containsExactly(
        "An event of the source /shop was refused: /knattersignature does not fit the event",
        "An event of the source /none-0??" + "x".repeat(55)
            + " was refused: /source is not one that is configured");
    clock.advance(Duration.ofMinutes(1));
    assertRefused(forged, DATA, "does not fit");
    assertThat(logged).hasSize(3).last().asString().endsWith(" (and 4 before it)");
    assertThat(String.join("", logged)).doesNotContain("hello", "ada", "bot");
  }

  /** docs/events.md shows this event. */
  @Test
  void documentedExample_hasTheDocumentedSignature() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "events.md"));
    String key = "0123456789abcdef0123456789abcdef";
    String data = "{\"to\": \"ada\", \"from\": \"shop-bot\", \"content\": \"Your order is on its way 👋\"}";
    String signature = EventSignature.sign(new Hmac(key.getBytes(StandardCharsets.US_ASCII)), "order-7",
        "/shop", CommandType.SEND.text(), Instant.parse("2026-11-29T08:00:00.500Z"),
        data.getBytes(StandardCharsets.UTF_8));
    assertThat(document).contains(key, data, signature);
  }

  /** Bits, characters and parts are changed in all the ways that a forger may try. */
  @Test
  void twoThousandForgeries_areAllRefused() {
    Random random = new Random(20261129);
    for (int i = 0; i < 2_000; i++) {
      Map<String, String> attributes = good();
      String data = DATA;
      switch (random.nextInt(6)) {
        case 0 -> attributes.put("knattersignature",
            mutated(attributes.getOrDefault("knattersignature", ""), random));
        case 1 -> attributes.put("id", mutated("order-7", random));
        case 2 -> attributes.put("source", random.nextBoolean() ? "/bank" : mutated("/shop", random));
        case 3 -> attributes.put("time", clock.instant().plusMillis(1 + random.nextInt(100_000)).toString());
        case 4 -> attributes.put("type", random.nextBoolean()
            ? CommandType.ERASE.text()
            : mutated(CommandType.SEND.text(), random));
        default -> data = mutatedData(random);
      }
      Map<String, String> forged = attributes;
      String changed = data;
      assertThatThrownBy(() -> handle(forged, changed)).as("%s %s", forged, changed)
        .isInstanceOf(InvalidRequest.class);
    }
    assertThat(done).isEmpty();
  }

  /** Another text: with one character more, less, or another. */
  private static String mutated(String text, Random random) {
    StringBuilder other = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> other.setCharAt(at, (char) (other.charAt(at) ^ (1 << random.nextInt(7))));
      case 1 -> other.deleteCharAt(at);
      case 2 -> other.insert(at, (char) (' ' + random.nextInt(95)));
      default -> other.append("=A \n".charAt(random.nextInt(4)));
    }
    return other.toString();
  }

  /** One that still says the same is not a forgery. */
  private static String mutatedData(Random random) {
    while (true) {
      String data = mutated(DATA, random);
      try {
        byte[] canonical = CanonicalJson.of(data.getBytes(StandardCharsets.UTF_8));
        if (new String(canonical, StandardCharsets.UTF_8)
          .equals(
              new String(CanonicalJson.of(DATA.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))) {
          continue;
        }
      } catch (InvalidRequest e) {
        return data; // no JSON at all
      }
      return data;
    }
  }
}
