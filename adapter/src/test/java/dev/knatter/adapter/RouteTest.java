package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import dev.knatter.adapter.Samples.Nothing;
import dev.knatter.adapter.Samples.Title;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

  @Test
  void factories_sayWhoMayCall() {
    assertThat(Route.open("GET", "/a", "a", Nothing.class))
      .isEqualTo(
          new Route<>("GET", "/a", "a", Nothing.class, true, null, 1 << 20, "application/json", false,
              false, false));
    assertThat(Route.bearer("POST", "/a", "a", Nothing.class).limit("sends").maxBody(5))
      .isEqualTo(
          new Route<>("POST", "/a", "a", Nothing.class, false, "sends", 5, "application/json", false, false,
              false));
    assertThat(Route.event("a", Nothing.class))
      .isEqualTo(
          new Route<>("POST", "/", "a", Nothing.class, true, null, 1 << 20, "application/json", false,
              false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a/", "//", "/{}", "/{a", "/a{b}", "/{a}/{a}", "/{a}{b}"})
  void path_thatIsNoTemplate_isRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> Route.open("GET", path, "a", Nothing.class));
  }

  @ParameterizedTest
  @CsvSource({"get, a", "OPTIONS, a", "HEAD, a", "GET, ' '", "GET, 'a|b'", "GET, 'a,b'"})
  void methodOrName_thatCannotBeServed_isRefused(String method, String function) {
    assertThatIllegalArgumentException().isThrownBy(() -> Route.open(method, "/a", function, Nothing.class));
  }

  private static <I> Endpoint<I> endpoint(String path, String function, Class<I> input) {
    return new Endpoint<>(Route.open("GET", path, function, input), _ -> Samples.answer(200, ""));
  }

  @Test
  void endpoints_thatContradictEachOther_areRefusedAtStart() {
    assertThatIllegalArgumentException()
      .isThrownBy(() -> start(endpoint("/a", "one", Nothing.class), endpoint("/a", "two", Nothing.class)))
      .withMessageContaining("/a");
    assertThatIllegalArgumentException()
      .isThrownBy(
          () -> start(endpoint("/{title}", "one", Title.class), endpoint("/{title}", "two", Title.class)));
    assertThatIllegalArgumentException()
      .isThrownBy(() -> start(endpoint("/a", "one", Nothing.class), endpoint("/b", "one", Nothing.class)))
      .withMessageContaining("one");
    assertThatIllegalArgumentException().isThrownBy(() -> start(endpoint("/{other}", "one", Title.class)))
      .withMessageContaining("/{other}");
    assertThatIllegalArgumentException().isThrownBy(() -> start(endpoint("/healthz", "one", Nothing.class)))
      .withMessageContaining("/healthz");
    assertThatIllegalArgumentException().isThrownBy(() -> start(endpoint("/metrics", "one", Nothing.class)))
      .withMessageContaining("/metrics");
  }

  private static void start(Endpoint<?>... endpoints) {
    FunctionServer.start(Samples.options(), () -> true, List.of(endpoints)).close();
  }
}
