package dev.knatter.chat.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.webhook.Webhooks.Created;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WebhooksTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final URI OTHER_URL = URI.create("https://other.example.com/");

  private WebhookFixture fixture;
  private Webhooks webhooks;
  private UUID ada;

  @BeforeEach
  void open() {
    fixture = new WebhookFixture(stores);
    webhooks = fixture.webhooks;
    ada = fixture.ada;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void created_isFoundWithItsSecret() {
    Webhook created = fixture.create(ada, UUID.randomUUID(), null);
    Webhook found = webhooks.require(ada, created.id());

    assertThat(found).usingRecursiveComparison().ignoringFields("secret").isEqualTo(created);
    assertThat(found.secret().text()).isEqualTo(created.secret().text()).startsWith("whsec_").hasSize(50);
    assertThat(found.typeTexts()).containsExactly("dev.knatter.message.deleted.v1",
        "dev.knatter.message.edited.v1", "dev.knatter.message.sent.v1");
    assertThat(webhooks.of(fixture.grace)).isEmpty();
    assertThatThrownBy(() -> webhooks.require(fixture.grace, created.id())).isInstanceOf(NotFound.class);
    assertThat(found).hasToString("Webhook[" + found.id() + "]");
  }

  @Test
  void manyCreations_atOnce_leaveTenAndTheOthersAreRefused() throws Exception {
    List<Callable<Boolean>> creations = IntStream.range(0, 14).<Callable<Boolean>>mapToObj(_ -> () -> {
      try {
        fixture.create(ada);
        return true;
      } catch (Forbidden e) {
        return false;
      }
    }).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      assertThat(threads.invokeAll(creations).stream().map(Future::resultNow).filter(created -> created))
        .hasSize(10);
    }
    assertThat(webhooks.of(ada)).hasSize(10);
  }

  @Test
  void webhookOfASessionThatEnded_isNotFoundAndMakesRoom() {
    UUID ended = fixture.openSession(ada);
    UUID open = fixture.openSession(ada);
    fixture.create(ada, null, ended);
    fixture.create(ada, null, open);
    IntStream.range(0, 8).forEach(_ -> fixture.create(ada));
    assertThatThrownBy(() -> fixture.create(ada)).isInstanceOf(Forbidden.class);

    fixture.endSession(ada, ended);
    assertThat(webhooks.of(ada)).hasSize(9).extracting(Webhook::id).contains(open).doesNotContain(ended);
    fixture.create(ada);
    assertThat(webhooks.of(ada)).hasSize(10);
    assertThat(webhooks.count(ada)).isEqualTo(10);
  }

  @Test
  void creationUnderTheSameId_isTheSameOneForAnHour() {
    UUID id = Webhooks.idOf(ada, "key");
    NewWebhook wanted = new NewWebhook(WebhookFixture.URL, Set.of(), null, null);
    Created first = webhooks.create(ada, id, wanted);
    Created again = webhooks.create(ada, id, wanted);

    assertThat(first.replayed()).isFalse();
    assertThat(again.replayed()).isTrue();
    assertThat(again.webhook().secret().text()).isEqualTo(first.webhook().secret().text());
    NewWebhook other = new NewWebhook(OTHER_URL, Set.of(), null, null);
    assertThatThrownBy(() -> webhooks.create(ada, id, other)).isInstanceOf(ClientIdReused.class);
    fixture.clock.advance(Duration.ofMinutes(61));
    assertThatThrownBy(() -> webhooks.create(ada, id, wanted)).isInstanceOf(ClientIdReused.class);
  }

  @Test
  void change_isOfWhatItNamesOnly() {
    Webhook created = fixture.create(ada);
    assertThat(webhooks.disable(created, fixture.clock.instant(), "Nothing works.")).isTrue();
    assertThat(webhooks.require(ada, created.id()).disabledReason()).isEqualTo("Nothing works.");
    assertThat(webhooks.disable(created, fixture.clock.instant(), "Nothing works.")).as("a second time")
      .isFalse();

    Set<String> types = Set.copyOf(WebhookType.texts());
    webhooks.change(ada, created.id(), new WebhookChange(OTHER_URL, types, false));
    Webhook changed = webhooks.require(ada, created.id());
    assertThat(changed.url()).isEqualTo(OTHER_URL);
    assertThat(changed.types()).isEqualTo(types);
    assertThat(changed.isEnabled()).isFalse();
    assertThat(changed.secret().text()).isEqualTo(created.secret().text());

    Webhook enabled = webhooks.change(ada, created.id(), new WebhookChange(null, Set.of(), true));
    assertThat(enabled.isEnabled()).isTrue();
    assertThat(enabled.disabledAt()).isNull();
    assertThat(enabled.types()).isEmpty();
    assertThat(webhooks.disable(created, fixture.clock.instant(), "too late")).as("its URL is another now")
      .isFalse();
  }

  @Test
  void deleted_doesNotComeBack() {
    Webhook created = fixture.create(ada);
    webhooks.delete(ada, created.id());
    webhooks.delete(ada, created.id());

    assertThat(webhooks.disable(created, fixture.clock.instant(), "too late")).isFalse();
    assertThatThrownBy(() -> webhooks.rotate(ada, created.id())).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> webhooks.change(ada, created.id(), new WebhookChange(null, null, true)))
      .isInstanceOf(NotFound.class);
    assertThat(webhooks.of(ada)).isEmpty();
  }

  @Test
  void oldSecret_signsForADay() {
    Webhook created = fixture.create(ada);
    Webhook once = webhooks.rotate(ada, created.id());
    Webhook twice = webhooks.rotate(ada, created.id());

    assertThat(secrets(twice)).containsExactlyInAnyOrder(twice.secret().text(), once.secret().text(),
        created.secret().text());
    fixture.clock.advance(Duration.ofHours(25));
    assertThat(secrets(webhooks.require(ada, created.id()))).containsExactly(twice.secret().text());
  }

  @Test
  void fifthRotationOfADay_isRefused() {
    Webhook created = fixture.create(ada);
    IntStream.range(0, Webhooks.MAX_OLD_SECRETS).forEach(_ -> webhooks.rotate(ada, created.id()));
    assertThatThrownBy(() -> webhooks.rotate(ada, created.id())).isInstanceOf(Forbidden.class);
  }

  private List<String> secrets(Webhook webhook) {
    return webhook.signers(fixture.clock.instant()).stream().map(WebhookSecret::text).toList();
  }
}
