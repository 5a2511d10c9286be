package dev.knatter.e2e.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.knatter.e2e.http.Description.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** An operation of the description, and what of an exchange is not as it says. */
final class Operation {
  /** What the description says of every answer of which it says nothing else. */
  private static final Map<String, String> EVERYWHERE = Map.of("cache-control", "no-store",
      "x-content-type-options", "nosniff");
  /** HTTP itself, below the interface that is described. */
  private static final Set<String> TRANSPORT = Set.of("connection", "content-encoding", "content-length",
      "content-type", "date", "keep-alive", "transfer-encoding", "vary");

  private final Description description;
  private final Place place;

  Operation(Description description, Place place) {
    this.description = description;
    this.place = place;
  }

  /** What is wrong with a request that is meant to be right. */
  List<String> errors(Request request) {
    return Stream.of(bodyErrors(request), parameterErrors(request), authorizationErrors(request))
      .flatMap(List::stream)
      .toList();
  }

  private List<String> bodyErrors(Request request) {
    Place body = description.at(place, "requestBody");
    if (!body.exists()) {
      return request.body().isEmpty() ? List.of() : List.of("takes no body");
    }
    Place schema = description.at(body, "content", request.contentType(), "schema");
    return schema.exists()
        ? description.errors(schema, request.bodyAsJson())
        : List.of("does not take " + request.contentType());
  }

  private List<String> parameterErrors(Request request) {
    List<String> errors = new ArrayList<>();
    Set<String> described = new TreeSet<>();
    for (int i = 0; i < place.node().path("parameters").size(); i++) {
      Place parameter = description.at(place, "parameters", Integer.toString(i));
      String name = parameter.node().path("name").asString();
      boolean inQuery = parameter.node().path("in").asString().equals("query");
      if (inQuery) {
        described.add(name);
      }
      Place schema = description.at(parameter, "schema");
      request.values(name, inQuery)
        .forEach(value -> description.errors(schema, typed(schema, value))
          .forEach(error -> errors.add(name + ": " + error)));
    }
    request.query()
      .stream()
      .map(Map.Entry::getKey)
      .filter(name -> !described.contains(name))
      .forEach(name -> errors.add("has no parameter " + name));
    return errors;
  }

  private List<String> authorizationErrors(Request request) {
    boolean open = place.node().path("security").isArray() && place.node().path("security").isEmpty();
    return open || !request.values("Authorization", false).isEmpty() ? List.of() : List.of("needs a token");
  }

  /** What is wrong with an answer. */
  List<String> errors(Request request, Answer answer) {
    Place response = description.at(place, "responses", Integer.toString(answer.status()));
    if (!response.exists()) {
      return List.of("may not answer " + answer.status());
    }
    return Stream.of(headerErrors(response, answer), contentErrors(response, request, answer))
      .flatMap(List::stream)
      .toList();
  }

  /** What is wrong with an answer, whatever it answers. */
  static List<String> headerErrors(Answer answer) {
    return headerErrors(answer, Set.of());
  }

  private static List<String> headerErrors(Answer answer, Set<String> described) {
    return EVERYWHERE.entrySet()
      .stream()
      .filter(header -> !described.contains(header.getKey()))
      .filter(header -> !isOnly(header.getValue(), answer.headers().allValues(header.getKey())))
      .map(header -> "is not " + header)
      .toList();
  }

  /** A gateway may say the same once more. */
  private static boolean isOnly(String value, List<String> values) {
    return values.contains(value) && values.stream().allMatch(value::equals);
  }

  private List<String> headerErrors(Place response, Answer answer) {
    Set<String> described = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    described.addAll(response.node().path("headers").propertyNames());
    List<String> errors = new ArrayList<>(headerErrors(answer, described));
    described.addAll(EVERYWHERE.keySet());
    response.node().path("headers").propertyNames().forEach(name -> {
      Place header = description.at(response, "headers", name);
      List<String> values = answer.headers()
        .allValues(name)
        .stream()
        .map(value -> description.asSaid(name, value))
        .toList();
      if (values.isEmpty() && header.node().path("required").asBoolean(false)) {
        errors.add("lacks the header " + name);
      }
      Place schema = description.at(header, "schema");
      values.forEach(value -> description.errors(schema, typed(schema, value))
        .forEach(error -> errors.add(name + ": " + error)));
    });
    answer.headers()
      .map()
      .keySet()
      .stream()
      .filter(name -> !described.contains(name))
      .filter(name -> !TRANSPORT.contains(name.toLowerCase(Locale.ROOT)))
      .filter(description::isOurs)
      .forEach(name -> errors.add("may not answer with the header " + name));
    return errors;
  }

  private List<String> contentErrors(Place response, Request request, Answer answer) {
    Place content = description.at(response, "content");
    if (!content.exists() || request.method().equals("HEAD")) {
      return answer.body().isEmpty() ? List.of() : List.of("answers a body where there is none");
    }
    Place schema = description.at(content, answer.contentType(), "schema");
    return schema.exists()
        ? description.errors(schema, answer.content())
        : List.of("may not answer " + answer.contentType());
  }

  /** Query parameters and headers are text; what their schema means may be a number. */
  private static JsonNode typed(Place schema, String value) {
    boolean number = schema.node().path("type").asString("").equals("integer")
        && value.matches("-?\\d{1,18}");
    return number ? JsonMapper.shared().readTree(value) : StringNode.valueOf(value);
  }
}
