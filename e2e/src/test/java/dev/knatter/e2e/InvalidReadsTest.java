package dev.knatter.e2e;

import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get a read wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidReadsTest {
  private final User ada;
  private final String before;
  private final String after;

  InvalidReadsTest(Deployment deployment) {
    this.ada = User.create(deployment);
    ada.say(ada.name(), "1");
    ada.say(ada.name(), "2");
    this.before = ada.read("limit", "1").next();
    this.after = ada.read("limit", "1").previous();
  }

  @TestFactory
  Stream<DynamicTest> read_withAMistake_is400AndSaysWhere() {
    return Stream.of(numbers(), conversations(), cursors(), unknown())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(ada::exchange));
  }

  private Stream<BadRequestCase> numbers() {
    return Stream.concat(
        Stream.of("0", "101", "-1", "ten", "1.5", "", " 5", "0x10", "1e1", "99999999999999999999", "٣")
          .map(limit -> BadRequestCase.at("/limit", "limit " + limit, User.reading("limit", limit))),
        Stream.of("-1", "26", "a while", "0.5", "")
          .map(wait -> BadRequestCase.at("/wait", "wait " + wait,
              User.reading("after", after, "wait", wait))));
  }

  private Stream<BadRequestCase> conversations() {
    String conversation = UUID.randomUUID().toString();
    return Stream.of(
        BadRequestCase.of("with and conversation",
            User.reading("with", ada.name(), "conversation", conversation),
            "/with",
            "/conversation", ""),
        BadRequestCase.at("/conversation", "conversation that is no UUID",
            User.reading("conversation", "all")),
        BadRequestCase.at("/with", "repeated name", User.reading("with", ada.name(), "with", ada.name())),
        BadRequestCase.at("/limit", "repeated limit", User.reading("limit", "1", "limit", "2")));
  }

  private Stream<BadRequestCase> cursors() {
    return Stream.of(
        BadRequestCase.of("before and after", User.reading("before", before, "after", after), "/before",
            "/after",
            ""),
        BadRequestCase.at("/before", "empty before", User.reading("before", "")),
        BadRequestCase.at("/after", "empty after", User.reading("after", "")),
        BadRequestCase.at("/after", "after of 2,049 characters", User.reading("after", "A".repeat(2049))),
        BadRequestCase.at("/after", "repeated after", User.reading("after", after, "after", after)));
  }

  /** Nothing names another user's inbox. */
  private Stream<BadRequestCase> unknown() {
    return Stream.of("user", "userId", "inbox", "sender", "username", "offset", "With", "with.name")
      .map(
          name -> BadRequestCase.at("/" + name, "unknown parameter " + name, User.reading(name, ada.name())));
  }
}
