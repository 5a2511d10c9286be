package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Messages that try to be more than text. */
@NeedsChromium
@Inside
@OnLocal
final class HostileTextsTest {
  private static final List<String> TEXTS = List.of("<script>window.hacked = 1</script>",
      "<img src=x onerror='window.hacked = 1'><svg onload='window.hacked = 1'>",
      "\"><iframe srcdoc='<script>top.hacked = 1</script>'></iframe>", "javascript:window.hacked=1",
      "https://example.com/\"onmouseover=\"window.hacked=1", "[x](javascript:window.hacked=1)",
      "data:text/html,<script>alert(1)</script>",
      "{{constructor.constructor('window.hacked=1')()}}${window.hacked=1}",
      "\u0000\u0001\u0007\u001b[31m\u0085\ufeff control \u2028\u2029 characters", "W".repeat(16 * 1024),
      "ש".repeat(4000), "right \u202e to left \u202d and \u2067 back \u2066 \u202e",
      "שלום hello مرحبا 123 \u202e abc",
      "Z" + "\u0335\u0321\u0322\u0327\u0328\u0300\u0301\u0302\u0303".repeat(400),
      "\n".repeat(300) + "far below",
      "👩‍👩‍👧‍👦".repeat(300), "\t \u3000 \u200b ", "https://user:pass@example.com:99999999/",
      "@" + "a".repeat(200));
  private static final Path PICTURES = Path.of("target", "pictures");

  private final Person ada;
  private final User stranger;

  HostileTextsTest(Deployment deployment) {
    this.ada = Person.registered(deployment);
    this.stranger = User.create(deployment);
  }

  @Test
  void text_isShownAsTextAndStaysInItsBox() {
    try (ada) {
      TEXTS.forEach(text -> stranger.say(ada.name(), text));
      ada.open(stranger.name());
      Person.patiently().untilAsserted(() -> assertThat(ada.texts()).hasSameSizeAs(TEXTS));

      // A browser shows U+FFFD where a text node has U+0000.
      assertThat(ada.texts()).zipSatisfy(TEXTS,
          (shown, sent) -> assertThat(shown.replace('\ufffd', '\u0000')).isEqualTo(sent));
      assertThat(ada.script("return window.hacked")).isNull();
      assertThat(ada
        .all("#messages script, #messages img, #messages iframe, #messages svg, #messages [onmouseover]"))
        .isEmpty();
      assertThat(ada
        .strings("return [...document.querySelectorAll('#messages .text a')].map(link => link.protocol)"))
        .isNotEmpty()
        .allMatch("https:"::equals);
      for (boolean telephone : List.of(false, true)) {
        ada.onTelephone(telephone);
        assertThat(ada.strings(OUTSIDE)).as("wider than the list").isEmpty();
        assertThat(ada.script("return document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
        assertThat(ada.find("#composer").isDisplayed()).isTrue();
        ada.picture(PICTURES.resolve(telephone ? "hostile-telephone.png" : "hostile.png"));
      }
    }
  }

  /** The texts of messages that reach out of the list at a side, or out of their own box. */
  private static final String OUTSIDE = """
      const list = document.getElementById('messages').getBoundingClientRect();
      return [...document.querySelectorAll('#messages .bubble')].filter(bubble => {
        const box = bubble.getBoundingClientRect();
        return box.left < list.left - 1 || box.right > list.right + 1;
      }).map(bubble => bubble.textContent.slice(0, 40));
      """;
}
