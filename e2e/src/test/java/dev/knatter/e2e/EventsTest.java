package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.EventBroker.Observed;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.SignedEvents;
import dev.knatter.e2e.http.User;
import dev.knatter.embedded.Checkout;
import dev.knatter.testing.Receiver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What happens leaves through the broker, as docs/asyncapi.yaml says, and events have things done. */
@OnProcesses
@Inside
final class EventsTest {
  private final Deployment deployment;

  EventsTest(Deployment deployment) {
    this.deployment = deployment;
  }

  private Observed observed(String eventId) {
    return await().atMost(Duration.ofMinutes(2))
      .until(
          () -> deployment.broker().observed().stream().filter(event -> event.id().equals(eventId)).toList(),
          events -> !events.isEmpty())
      .getFirst();
  }

  private static void assertDescribed(Observed event, String type, Map<String, String> data)
      throws IOException {
    assertThat(event.type()).isEqualTo(type);
    JsonNode document = YAMLMapper.shared()
      .readTree(Files.readString(Checkout.root().resolve("docs/asyncapi.yaml")));
    String name = document.at("/components/messages")
      .propertyStream()
      .filter(message -> message.getValue().path("name").asString().equals(type))
      .findFirst()
      .orElseThrow()
      .getKey();
    JsonNode payload = JsonMapper.shared().readTree(event.data());
    assertThat(errors(document.at("/components/schemas/" + name), payload)).isEmpty();
    Map<String, String> attributes = new TreeMap<>(event.attributes());
    attributes.put("datacontenttype", "application/json");
    assertThat(
        errors(document.at("/components/schemas/attributes"), JsonMapper.shared().valueToTree(attributes)))
      .isEmpty();
    data.forEach((member, value) -> assertThat(payload.path(member).asString()).as(member).isEqualTo(value));
  }

  private static List<?> errors(JsonNode schema, JsonNode instance) {
    Schema checked = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema);
    return checked.validate(instance);
  }

  @Test
  void whatHappens_leavesAsDescribed() throws Exception {
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    assertDescribed(observed("registered-" + ada.id()), "dev.knatter.user.registered.v1",
        Map.of("userId", ada.id()));
    Message message = ada.say(grace.name(), Secrets.text("for nobody else"));
    Observed sent = observed("sent-" + message.id());
    assertDescribed(sent, "dev.knatter.message.sent.v1",
        Map.of("id", message.id(), "senderId", ada.id(), "recipientId", grace.id()));
    assertThat(sent.data()).doesNotContain(message.content());
    Map<String, String> named = Map.of("conversationId", message.conversation(), "id", message.id());
    Map<String, String> edit = new TreeMap<>(named);
    edit.put("content", Secrets.text("for nobody else, either"));
    assertThat(ada.exchange(Request.post("/v1/edit").json(edit)).status()).isEqualTo(200);
    assertDescribed(observed("edited-" + message.id() + "-2"), "dev.knatter.message.edited.v1",
        Map.of("id", message.id(), "senderId", ada.id()));
    assertThat(ada.exchange(Request.post("/v1/delete").json(named)).status()).isEqualTo(204);
    assertDescribed(observed("deleted-" + message.id()), "dev.knatter.message.deleted.v1",
        Map.of("id", message.id(), "senderId", ada.id()));

    assertThat(ada.exchange(Request.post("/v1/logout").json(Map.of())).status()).isEqualTo(204);
    Observed ended = await().until(() -> observedOf(ada, "dev.knatter.session.ended.v1"),
        events -> !events.isEmpty())
      .getFirst();
    assertDescribed(ended, "dev.knatter.session.ended.v1", Map.of("userId", ada.id()));

    String erasure = grace.exchange(Request.post("/v1/me/erase").json(Map.of("password", grace.password())))
      .text("erasureId");
    assertDescribed(observed("erased-" + erasure), "dev.knatter.user.erased.v1",
        Map.of("userId", grace.id(), "erasureId", erasure));
  }

  /** Its author may have deleted it before the client that had no answer sends it again. */
  @Test
  void messageSentAgain_afterItsDeletion_isToldAsItIsNow() {
    User ada = User.create(deployment);
    Request send = Request.post("/v1/send")
      .json(Map.of("to", ada.name(), "content", Secrets.text("too quick"), "clientId", ClientIds.now()));
    Answer first = ada.exchange(send);
    String id = first.text("id");
    Answer deleted = ada.exchange(Request.post("/v1/delete")
      .json(Map.of("conversationId", first.text("conversationId"), "id", id)));
    assertThat(deleted.status()).isEqualTo(204);
    Answer again = ada.exchange(send);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("id")).isEqualTo(id);
    assertThat(again.text("content")).isEmpty();
    await().atMost(Duration.ofMinutes(2))
      .untilAsserted(() -> assertThat(deployment.broker().observed())
        .filteredOn(event -> event.id().equals("sent-" + id))
        .hasSizeGreaterThan(1)
        .last()
        .satisfies(event -> assertThat(event.data()).contains("deletedAt")));
  }

  @Test
  void whatHappensToAGroup_leavesAsDescribed() throws Exception {
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    String name = Secrets.text("engines");
    String group = ada.exchange(Request.post("/v1/conversations").json(Map.of("name", name)))
      .text("conversationId");
    String path = "/v1/conversations/" + group;
    ada.exchange(Request.post(path + "/members").json(Map.of("username", grace.name())));
    ada.exchange(Request.of("PATCH", path).json(Map.of("name", name + " and looms")));
    ada.exchange(Request.of("DELETE", path + "/members/" + ada.name()));
    grace.exchange(Request.of("DELETE", path));

    for (String type : List.of("created", "member-added", "renamed", "member-removed", "role-changed",
        "deleted")) {
      Observed event = await().until(() -> deployment.broker()
        .observed()
        .stream()
        .filter(each -> each.type().equals("dev.knatter.conversation." + type + ".v1")
            && each.data().contains(group))
        .toList(), events -> !events.isEmpty()).getFirst();
      assertDescribed(event, "dev.knatter.conversation." + type + ".v1", Map.of("conversationId", group));
      assertThat(event.data()).doesNotContain(name);
    }
  }

  @Test
  void receiverThatWantsNoMore_disablesItsWebhook_whichIsAnEvent() throws Exception {
    User ada = User.create(deployment);
    try (Receiver receiver = Receiver.http()) {
      receiver.answer(410);
      Answer webhook = ada.exchange(
          Request.post("/v1/webhooks").json(Map.of("url", receiver.url("/").toString())));
      Message note = ada.say(ada.name(), Secrets.text("a note to myself"));
      Observed disabled = await().atMost(Duration.ofMinutes(1))
        .until(() -> observedOf(ada, "dev.knatter.webhook.disabled.v1"),
            events -> !events.isEmpty())
        .getFirst();

      assertDescribed(disabled, "dev.knatter.webhook.disabled.v1",
          Map.of("userId", ada.id(), "webhookId", webhook.text("webhookId")));
      assertThat(receiver.received()).singleElement()
        .satisfies(delivery -> assertThat(delivery.body()).contains(note.id(), note.content()));
    }
  }

  private List<Observed> observedOf(User user, String type) {
    return deployment.broker()
      .observed()
      .stream()
      .filter(event -> event.type().equals(type) && event.data().contains(user.id()))
      .toList();
  }

  @Test
  void event_sendsAMessageOnce_throughTheBroker() {
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    String id = UUID.randomUUID().toString();
    Map<String, String> data = Map.of("from", ada.name(), "to", grace.name(), "content",
        Secrets.text("by event"));
    for (int attempt = 0; attempt < 3; attempt++) {
      publish(SignedEvents.signed("dev.knatter.message.send.v1", id, data));
    }
    await().until(() -> !grace.read("with", ada.name()).messages().isEmpty());
    publish(SignedEvents.signed("dev.knatter.message.send.v1", id + "-last", data));
    await().until(() -> grace.read("with", ada.name()).messages().size() > 1);
    assertThat(grace.read("with", ada.name()).messages()).hasSize(2)
      .allMatch(message -> message.content().equals(data.get("content")));
    observed("sent-" + grace.read("with", ada.name()).messages().getFirst().id());
  }

  @Test
  void event_erasesAUser_throughTheBroker() {
    User ada = User.create(deployment);
    publish(SignedEvents.signed("dev.knatter.user.erase.v1", UUID.randomUUID().toString(),
        Map.of("user", ada.name())));
    await().atMost(Duration.ofSeconds(30))
      .until(() -> ada.exchange(Request.get("/v1/me")).status() == 401);
    await().until(() -> !observedOf(ada, "dev.knatter.user.erased.v1").isEmpty());
  }

  private void publish(Request event) {
    assertThat(deployment.broker().publish(event)).isEqualTo(202);
  }
}
