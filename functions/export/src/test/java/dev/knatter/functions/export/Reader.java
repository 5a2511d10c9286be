package dev.knatter.functions.export;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who reads an export line by line. */
final class Reader implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final BufferedReader lines;

  Reader(InputStream body) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Null after the last. */
  @Nullable
  JsonNode next() throws IOException {
    String line = lines.readLine();
    return line == null ? null : JSON.readTree(line);
  }

  /** All that are left, or those until it is cut. */
  List<JsonNode> rest() {
    List<JsonNode> rest = new ArrayList<>();
    try {
      for (JsonNode line = next(); line != null; line = next()) {
        rest.add(line);
      }
    } catch (IOException e) {
      // cut: what has arrived is what there is
    }
    return rest;
  }

  static List<JsonNode> of(String type, List<JsonNode> lines) {
    return lines.stream().filter(line -> line.path("type").asString().equals(type)).toList();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
