package dev.knatter.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Decides which resources of libraries are dropped, kept or merged. */
final class ResourceFilter {
  /** Manifests and signatures of the single jars, which are no longer valid, and files that only build tools read. */
  private static final Pattern DROPPED = Pattern.compile("""
      META-INF/MANIFEST\\.MF
      |META-INF/INDEX\\.LIST
      |META-INF/SIG-.*
      |META-INF/[^/]*\\.(SF|RSA|DSA|EC)
      |META-INF/(maven|native-image|proguard|versions)/.*
      |META-INF/(additional-)?spring-configuration-metadata\\.json
      |META-INF/spring/configuration-metadata/.*
      |META-INF/spring\\.tooling
      |(.*/)?module-info\\.class
      |.*\\.spec
      """, Pattern.COMMENTS);
  private static final Pattern LEGAL = Pattern
    .compile(
        "(META-INF/)?(licenses?/.*|[^/]*(LICENSE|NOTICE|COPYRIGHT|DEPENDENCIES|AL2\\.0|LGPL2\\.1)[^/]*)");
  /** Files with one name on each line. */
  private static final Pattern LISTS = Pattern.compile(
      "META-INF/services/.*|META-INF/spring/[^/]*\\.imports|META-INF/spring\\.(handlers|schemas)"
          + "|META-INF/[^/]*\\.properties");
  /** Properties files with several values for each key. */
  private static final Pattern FACTORIES = Pattern.compile("META-INF/(spring/)?[a-z]+\\.factories");

  private ResourceFilter() {}

  static boolean isDropped(String name) {
    return DROPPED.matcher(name).matches();
  }

  static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches();
  }

  /** Whether several files of that name become one. */
  static boolean isMerged(String name) {
    return LISTS.matcher(name).matches() || FACTORIES.matcher(name).matches();
  }

  static byte[] merge(String name, byte[] first, byte[] second) {
    return FACTORIES.matcher(name).matches() ? factories(first, second) : lines(first, second);
  }

  private static byte[] lines(byte[]... contents) {
    Set<String> lines = new LinkedHashSet<>();
    for (byte[] content : contents) {
      new String(content, StandardCharsets.UTF_8).lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(lines::add);
    }
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] factories(byte[]... contents) {
    TreeMap<String, String> values = new TreeMap<>();
    for (byte[] content : contents) {
      Properties properties = new Properties();
      try {
        properties.load(new ByteArrayInputStream(content));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (String key : properties.stringPropertyNames()) {
        values.merge(key, properties.getProperty(key), (one, other) -> one + "," + other);
      }
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    values.forEach(
        (key, value) -> text.writeBytes((key + "=" + value + "\n").getBytes(StandardCharsets.ISO_8859_1)));
    return text.toByteArray();
  }

  /** The name of what a part of a class path holds: of a jar without its end, of {@code x/target/classes} x. */
  static String library(Path element) {
    String name = String.valueOf(element.getFileName());
    return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : "own";
  }
}
