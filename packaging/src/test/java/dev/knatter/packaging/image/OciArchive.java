package dev.knatter.packaging.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one image in an archive, as the OCI image-layout specification has it.
 *
 * @param digest of its manifest
 * @param layers what each holds, by name, the lowest first
 */
record OciArchive(String digest, JsonNode config, List<Map<String, Entry>> layers) {
  private static final int EXECUTE = 0100;
  private static final int WRITE_BY_OTHERS = 0022;

  /** A file or folder in a layer. */
  record Entry(ByteBuffer content, Instant time, int mode) {
    boolean executable() {
      return (mode & EXECUTE) != 0;
    }

    boolean writable() {
      return (mode & WRITE_BY_OTHERS) != 0;
    }
  }

  static OciArchive read(Path tar) throws IOException {
    Map<String, Entry> files;
    try (InputStream in = Files.newInputStream(tar)) {
      files = entries(in);
    }
    String digest = json(files, "index.json").at("/manifests/0/digest").asString();
    JsonNode manifest = json(files, blob(digest));
    List<Map<String, Entry>> layers = new ArrayList<>();
    for (JsonNode layer : manifest.get("layers")) {
      byte[] packed = get(files, blob(layer.get("digest").asString())).content().array();
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        layers.add(entries(in));
      }
    }
    return new OciArchive(digest, json(files, blob(manifest.at("/config/digest").asString())), layers);
  }

  Entry file(String name) {
    return layers.stream()
      .filter(layer -> layer.containsKey(name))
      .map(layer -> get(layer, name))
      .findFirst()
      .orElseThrow(() -> new AssertionError("No layer has " + name));
  }

  private static Map<String, Entry> entries(InputStream in) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      entries.put(entry.getName(),
          new Entry(ByteBuffer.wrap(tar.readAllBytes()), entry.getLastModifiedTime().toInstant(),
              entry.getMode()));
    }
    return entries;
  }

  private static JsonNode json(Map<String, Entry> files, String name) {
    return JsonMapper.shared().readTree(get(files, name).content().array());
  }

  private static Entry get(Map<String, Entry> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }
}
