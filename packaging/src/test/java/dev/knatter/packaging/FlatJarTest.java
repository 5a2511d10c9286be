package dev.knatter.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlatJarTest {
  @TempDir
  Path folder;

  @Test
  void sameFiles_givenInAnotherOrderAtAnotherPlaceAndTime_giveTheSameBytes() throws Exception {
    Path one = jar("one.jar", Map.of("b", "2"));
    Path other = jar("other.jar", Map.of("a", "1"));
    byte[] first = flat("first.jar", one, other);
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    try {
      assertThat(flat("second.jar", other, one)).isEqualTo(first);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertThat(Files.getLastModifiedTime(folder.resolve("first.jar")).toInstant()).isEqualTo(FlatJar.TIME);
  }

  @Test
  void aFolder_givesTheSameAsAJarOfIt() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes/x"));
    Files.writeString(classes.resolve("A.class"), "a");
    assertThat(flat("of-folder.jar", folder.resolve("classes")))
      .isEqualTo(flat("of-jar.jar", jar("a.jar", Map.of("x/A.class", "a"))));
  }

  @Test
  void services_ofTwoLibraries_areAllThere() throws Exception {
    flat("app.jar", jar("one.jar", Map.of("META-INF/services/S", "# ours\none.S\nboth.S")),
        jar("other.jar", Map.of("META-INF/services/S", "other.S # theirs\nboth.S\n")));
    assertThat(text("META-INF/services/S")).isEqualTo("one.S\nboth.S\nother.S # theirs\n");
  }

  @Test
  void factories_ofTwoLibraries_areAllThere() throws Exception {
    flat("app.jar", jar("one.jar", Map.of("META-INF/spring.factories", "a=one.A\nb=one.B")),
        jar("other.jar", Map.of("META-INF/spring.factories", "b=other.B,\\\n  third.B")));
    assertThat(text("META-INF/spring.factories")).isEqualTo("a=one.A\nb=one.B,other.B,third.B\n");
  }

  @Test
  void variantForAJdkUpToOurs_takesThePlaceOfTheOthers() throws Exception {
    flat("app.jar",
        jar("one.jar", Map.of(JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\nMulti-Release: true\n",
            "A.class", "8", "META-INF/versions/9/A.class", "9", "META-INF/versions/21/A.class", "21",
            "META-INF/versions/99/A.class", "99", "META-INF/versions/11/B.class", "11")));
    assertThat(text("A.class")).isEqualTo("21");
    assertThat(text("B.class")).isEqualTo("11");
    assertThat(names("app.jar")).containsExactly(JarFile.MANIFEST_NAME, "A.class", "B.class");
  }

  @Test
  void signaturesModulesAndBuildFiles_areLeftOut() throws Exception {
    flat("app.jar",
        jar("one.jar", Map.of("META-INF/ONE.SF", "x", "META-INF/ONE.RSA", "x", "module-info.class", "x",
            "META-INF/INDEX.LIST", "x", "META-INF/maven/g/a/pom.xml", "x", "A.class", "a")));
    assertThat(names("app.jar")).containsExactly(JarFile.MANIFEST_NAME, "A.class");
  }

  @Test
  void licences_areKeptOfEachLibrary() throws Exception {
    flat("app.jar", jar("one-1.0.jar", Map.of("META-INF/LICENSE", "one's")),
        jar("other-2.0.jar", Map.of("META-INF/LICENSE", "other's", "META-INF/license/LICENSE.x.txt", "x's")));
    assertThat(text("META-INF/legal/one-1.0/LICENSE")).isEqualTo("one's");
    assertThat(text("META-INF/legal/other-2.0/LICENSE")).isEqualTo("other's");
    assertThat(text("META-INF/legal/other-2.0/LICENSE.x.txt")).isEqualTo("x's");
  }

  @Test
  void differentFilesOfOneName_areRefused() throws Exception {
    Path one = jar("one.jar", Map.of("A.class", "one's"));
    Path other = jar("other.jar", Map.of("A.class", "other's"));
    assertThatThrownBy(() -> flat("app.jar", one, other)).hasMessageContaining("A.class");
  }

  private byte[] flat(String name, Path... classPath) throws IOException {
    Path jar = folder.resolve(name);
    FlatJar.of(List.of(classPath), Map.of()).write(jar);
    return Files.readAllBytes(jar);
  }

  private Path jar(String name, Map<String, String> files) throws IOException {
    Map<String, String> ordered = new LinkedHashMap<>();
    if (files.containsKey(JarFile.MANIFEST_NAME)) {
      ordered.put(JarFile.MANIFEST_NAME, files.get(JarFile.MANIFEST_NAME)); // where JarFile looks for it
    }
    ordered.putAll(files);
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : ordered.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private String text(String name) throws IOException {
    try (JarFile jar = new JarFile(folder.resolve("app.jar").toFile())) {
      return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> names(String jar) throws IOException {
    try (JarFile file = new JarFile(folder.resolve(jar).toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}
