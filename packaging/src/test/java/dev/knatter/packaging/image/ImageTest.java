package dev.knatter.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;
import dev.knatter.packaging.Answering;
import dev.knatter.packaging.PackageFolder;
import dev.knatter.packaging.Packager;
import dev.knatter.packaging.Program;
import dev.knatter.packaging.TrainingRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The image of the smallest program, on the smallest base, read back from its tar. */
final class ImageTest {
  private static final String REFERENCE = "dev.local/knatter-answering:dev";

  @TempDir
  static Path folder;
  @TempDir
  Path own;
  private static PackageFolder packaged;
  private static Path base;
  private static OciArchive image;

  @BeforeAll
  static void makeIt() throws Exception {
    try (Packager packager = Packager.open(folder.resolve("package"), Set.of("java.base"), _ -> {})) {
      packaged = packager.make(List.of(answering())).getFirst();
    }
    base = BaseTar.write(folder.resolve("base.tar"));
    Path tar = folder.resolve("answering.tar");
    new Image(packaged, folder.resolve("cache")).write(base.toString(), REFERENCE, tar);
    image = OciArchive.read(tar);
  }

  private static Program answering() throws IOException {
    Path bill = Files.writeString(folder.resolve("bill.json"), "{}");
    return new Program("answering", List.of(Checkout.root().resolve("packaging/target/test-classes")),
        Optional.of(bill), Answering.class.getName(), List.of(), Map.of(),
        () -> List.of(TrainingRequest.get("/", 200)));
  }

  @Test
  void layers_areBaseRuntimeAndProgram() {
    assertThat(image.layers()).hasSize(3);
    assertThat(image.layers().get(0)).containsOnlyKeys(BaseTar.FILE);
    assertThat(image.layers().get(1).keySet()).contains("app/runtime/bin/java")
      .allMatch(name -> name.equals("app/") || name.startsWith("app/runtime/"));
    assertThat(image.layers().get(2).keySet())
      .contains("app/answering/app.jar", "app/answering/app.aot", "app/answering/app.options",
          "app/answering/app.digest", "app/answering/app.cdx.json")
      .allMatch(name -> name.equals("app/") || name.startsWith("app/answering/"));
  }

  @Test
  void everyByte_isAsPackaged() throws IOException {
    for (Path part : List.of(packaged.folder(), packaged.runtime())) {
      try (Stream<Path> files = Files.walk(part)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          OciArchive.Entry entry = image.file(
              "app/" + folder.resolve("package").toAbsolutePath().relativize(file));
          assertThat(entry.content()).as(file.toString())
            .isEqualTo(ByteBuffer.wrap(Files.readAllBytes(file)));
          assertThat(entry.executable()).as(file.toString()).isEqualTo(Files.isExecutable(file));
          assertThat(entry.writable()).as(file.toString()).isFalse();
        }
      }
    }
  }

  /** The JVM refuses the cache of a jar of another time, down to the nanosecond. */
  @Test
  void jar_hasTheTimeItWasPackagedWith() throws IOException {
    assertThat(image.file("app/answering/app.jar").time())
      .isEqualTo(Files.getLastModifiedTime(packaged.jar()).toInstant());
  }

  @Test
  void configuration_startsJavaItselfAndNotAsRoot() {
    JsonNode config = image.config().get("config");
    assertThat(config.get("User").asString()).isEqualTo("65532:65532");
    assertThat(config.get("Entrypoint").valueStream().map(JsonNode::asString))
      .containsExactly("/app/runtime/bin/java", "-XX:AOTMode=on", "-XX:AOTCache=app.aot", "-cp", "app.jar",
          "@app.options");
    assertThat(config.get("WorkingDir").asString()).isEqualTo("/app/answering");
    assertThat(config.get("ExposedPorts").propertyNames()).containsExactly("8080/tcp");
    assertThat(config.get("Env").valueStream().map(JsonNode::asString)).as("of the base")
      .containsExactly(BaseTar.ENV);
    assertThat(config.get("Labels").get("org.opencontainers.image.title").asString())
      .isEqualTo("knatter-answering");
    assertThat(image.config().get("created").asString()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void secondRun_givesTheSameDigest() throws Exception {
    Path again = own.resolve("again.tar");
    new Image(packaged, own.resolve("another-cache")).write(base.toString(), REFERENCE, again);
    assertThat(OciArchive.read(again).digest()).isEqualTo(image.digest());
  }

  @Test
  void damagedPackage_givesNoImage() throws IOException {
    Path copy = Files.createDirectory(own.resolve("answering"));
    Files.createSymbolicLink(own.resolve(PackageFolder.RUNTIME), packaged.runtime());
    try (Stream<Path> files = Files.list(packaged.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(copy.resolve("app.options"), "-Xmx1g");
    assertThatThrownBy(() -> new Image(new PackageFolder(copy), own)).hasMessageContaining("app.options");
  }

  /** Wherever the tars go: a deploy that finds no new digest leaves what runs under the same tag. */
  @Test
  void digest_isAlsoWhereDeployLooks() throws Exception {
    make(List.of(), "--output", own.resolve("elsewhere").toString());
    assertThat(own.resolve("made/knatter-answering.digest")).hasContent(image.digest());
    assertThat(own.resolve("elsewhere/knatter-answering.digest")).hasContent(image.digest());
    assertThat(own.resolve("elsewhere/knatter-answering.tar")).exists();
  }

  /** As docker does whose daemon is away. */
  @Test
  void engineThatTakesNothing_isPassedOver() throws Exception {
    Path docker = Files.createSymbolicLink(own.resolve("docker"), Path.of("/bin/false"));
    Path podman = Files.createSymbolicLink(own.resolve("podman"), Path.of("/bin/true"));
    List<Engine> engines = Engine.onPath(own.toString());
    assertThat(engines).extracting(Engine::program).containsExactly(docker, podman);
    assertThat(make(engines)).contains("docker takes no image: ", "Going on with podman.",
        "loaded into podman");
    assertThat(make(engines.subList(0, 1))).contains("Leaving tars.", "in " + own.resolve("made"),
        "kind load image-archive");
    assertThat(own.resolve("made/knatter-answering.tar")).exists();
  }

  private String make(List<Engine> engines, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("--base", base.toString(), "answering"));
    all.addAll(List.of(words));
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      new ImageMain(ImageOptions.parse(all), folder.resolve("package"), own.resolve("made"), engines).run();
    } finally {
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  /** The commands of knative/README.md, but for the one that fetches the files. */
  @Test
  void baseMadeByHand_isTaken() throws Exception {
    Files.createDirectories(own.resolve("root/etc"));
    Files.writeString(own.resolve("root/etc/os-release"), "ID=debian\n");
    String readme = Files.readString(Checkout.root().resolve("knative/README.md"));
    int start = readme.indexOf("sudo debootstrap");
    String commands = readme.substring(readme.indexOf('\n', start),
        readme.indexOf("./knatter image --base", start));
    Process process = new ProcessBuilder("sh", "-euc", commands.replace("sudo ", "")).directory(own.toFile())
      .redirectErrorStream(true)
      .start();
    assertThat(process.inputReader().lines().toList()).isEmpty();
    assertThat(process.waitFor()).isZero();
    Path tar = own.resolve("made.tar");
    new Image(packaged, own.resolve("cache")).write(own.resolve("base.tar").toString(), REFERENCE, tar);
    assertThat(OciArchive.read(tar).layers().getFirst().keySet())
      .anyMatch(name -> name.endsWith("etc/os-release"));
  }

  @Test
  void baseThatCannotBeRead_isNamed() throws IOException {
    Path none = Files.writeString(own.resolve("none.tar"), "none");
    assertThatThrownBy(
        () -> new Image(packaged, own).write(none.toString(), REFERENCE, own.resolve("made.tar")))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining(none.toString());
  }
}
