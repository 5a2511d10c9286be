package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Groups: who is in them, and who may change what. */
@OnProcesses
final class GroupsTest {
  private static final String PATH = "/v1/conversations";

  private final User ada;
  private final User grace;
  private final User linus;

  GroupsTest(Deployment deployment) {
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
    this.linus = User.create(deployment);
  }

  private String create() {
    Answer created = ada.exchange(Request.post(PATH)
      .json(Map.of("name", Secrets.text("engines"), "members", List.of(grace.name()))));
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    return PATH + "/" + created.text("conversationId");
  }

  @Test
  void group_livesFromItsCreationToItsEnd() {
    String group = create();
    assertThat(grace.exchange(Request.get(group)).json().path("memberCount").asInt()).isEqualTo(2);
    assertThat(linus.exchange(Request.get(group)).problem()).isEqualTo("not-found");
    assertThat(ada.exchange(Request.post(group + "/members").form("username", linus.name())).status())
      .isEqualTo(201);
    assertThat(linus.exchange(Request.get(PATH)).json().path("conversations").size()).isOne();
    assertThat(grace.exchange(Request.of("PATCH", group).json(Map.of("name", "mine"))).problem())
      .isEqualTo("forbidden");
    assertThat(ada
      .exchange(Request.of("PATCH", group + "/members/" + grace.name()).json(Map.of("role", "moderator")))
      .status()).isEqualTo(200);
    String name = Secrets.text("looms");
    Answer renamed = grace
      .exchange(Request.of("PATCH", group).json(Map.of("name", name)).header("If-Match", "\"3\""));
    assertThat(renamed.header("ETag")).isEqualTo("\"4\"");
    assertThat(
        grace.exchange(Request.of("PATCH", group).json(Map.of("name", "late")).header("If-Match", "\"3\""))
          .problem())
      .isEqualTo("precondition-failed");
    assertThat(linus.exchange(Request.of("PUT", group + "/mute")).status()).isEqualTo(204);
    assertThat(linus.exchange(Request.get(group)).json().path("muted").asBoolean()).isTrue();

    assertThat(ada.exchange(Request.of("DELETE", group + "/members/" + ada.name())).status()).isEqualTo(204);
    assertThat(ada.exchange(Request.get(group)).status()).isEqualTo(404);
    assertThat(grace.exchange(Request.get(group)).text("role")).isEqualTo("owner");
    assertThat(grace.exchange(Request.get("/v1/me/export"))
      .lines()
      .valueStream()
      .filter(line -> line.path("type").asString().equals("group"))
      .map(line -> line.path("name").asString())).containsExactly(name);
    assertThat(grace.exchange(Request.of("DELETE", group)).status()).isEqualTo(204);
    assertThat(linus.exchange(Request.get(PATH)).json().path("conversations").isEmpty()).isTrue();
  }

  @Test
  void renamingByManyAtOnce_givesEachAnotherVersion() {
    String group = create();
    List<Answer> answers = Together.all(16, i -> retried(Request.of("PATCH", group)
      .json(Map.of("name", "name " + i))
      .header("Idempotency-Key", "\"rename " + i + "\"")));
    assertThat(answers).extracting(Answer::status).containsOnly(200);
    // The answer to a repetition shows the group as it is then.
    assertThat(answers.stream().filter(answer -> answer.header("Idempotency-Replayed").isEmpty()))
      .extracting(answer -> answer.text("name"))
      .doesNotHaveDuplicates();
    assertThat(ada.exchange(Request.get(group)).json().path("version").asInt()).isEqualTo(17);
  }

  private Answer retried(Request request) {
    Answer answer = ada.exchange(request);
    for (int tries = 10; answer.status() == 503 && tries > 0; tries--) {
      answer = ada.exchange(request);
    }
    return answer;
  }
}
