package dev.knatter.e2e.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent.
 *
 * @param query names and values, decoded; a name may come twice
 * @param meantWell whether it is meant to be as described; otherwise it is a mistake that somebody makes on purpose
 */
public record Request(String method, String path, List<Map.Entry<String, String>> query,
    List<Map.Entry<String, String>> headers, String contentType, String body, boolean meantWell) {
  private static final String JSON = "application/json";
  private static final Set<String> REPEATABLE = Set.of("/v1/login", "/v1/logout", "/v1/users/lookup",
      "/v1/me/erase");
  private static final String FORM = "application/x-www-form-urlencoded";

  public static Request get(String path) {
    return of("GET", path);
  }

  public static Request post(String path) {
    return of("POST", path);
  }

  public static Request of(String method, String path) {
    return new Request(method, path, List.of(), List.of(), "", "", true);
  }

  public Request query(String name, String value) {
    return new Request(method, path, with(query, name, value), headers, contentType, body, meantWell);
  }

  public Request header(String name, String value) {
    return new Request(method, path, query, with(headers, name, value), contentType, body, meantWell);
  }

  public Request bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** @param value whatever is written as JSON */
  public Request json(Object value) {
    return body(JSON, JsonMapper.shared().writeValueAsString(value));
  }

  public Request jsonText(String text) {
    return body(JSON, text);
  }

  /** @param namesAndValues decoded, one after the other */
  public Request form(String... namesAndValues) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(encode(namesAndValues[i]) + "=" + encode(namesAndValues[i + 1]));
    }
    return formText(String.join("&", fields));
  }

  public Request formText(String text) {
    return body(FORM, text);
  }

  public Request body(String type, String text) {
    return new Request(method, path, query, headers, type, text, meantWell);
  }

  /** Not as described, on purpose. */
  public Request mistaken() {
    return new Request(method, path, query, headers, contentType, body, false);
  }

  /** Whether it does the same however often it comes. */
  boolean mayBeRepeated() {
    return !method.equals("POST") || REPEATABLE.contains(path) || body.contains("\"clientId\"");
  }

  /** Path and query as they go over the wire. */
  public String target() {
    String parameters = query.stream()
      .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
      .collect(Collectors.joining("&"));
    return parameters.isEmpty() ? path : path + "?" + parameters;
  }

  List<String> values(String name, boolean inQuery) {
    return (inQuery ? query.stream() : headers.stream())
      .filter(entry -> inQuery ? entry.getKey().equals(name) : entry.getKey().equalsIgnoreCase(name))
      .map(Map.Entry::getValue)
      .toList();
  }

  JsonNode bodyAsJson() {
    if (!contentType.equals(FORM)) {
      return JsonMapper.shared().readTree(body);
    }
    ObjectNode fields = JsonMapper.shared().createObjectNode();
    for (String field : body.split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(decode(parts[0]), decode(parts[1]));
    }
    return fields;
  }

  private static List<Map.Entry<String, String>> with(List<Map.Entry<String, String>> entries, String name,
      String value) {
    return Stream.concat(entries.stream(), Stream.of(Map.entry(name, value))).toList();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Not the body and not the headers: they hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
