package dev.knatter.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.packaging.product.Product;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One function as {@code ./knatter package} makes it, with real stores behind it. */
final class PackagedSendTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();
  private static final String ACCOUNT = "{\"username\":\"packaged\",\"password\":\"analytical engine\"}";
  /** What a start may load from elsewhere: mostly what the JVM makes anew each time. */
  private static final double FROM_CACHE = 0.95;

  @TempDir
  static Path folder;
  @TempDir
  Path own;
  private static Local local;
  private static Program program;
  private static PackageFolder packaged;

  @BeforeAll
  static void packageIt() throws Exception {
    local = Local.start(new LocalSettings(0, folder.resolve("data"), stores.env()), false, _ -> {});
    while (!local.ready()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    program = Product.program("send", local);
    try (Packager packager = Packager.open(folder.resolve("made"), Product.MODULES, _ -> {})) {
      packager.make(List.of(program));
    }
    Files.move(folder.resolve("made"), folder.resolve("moved"));
    packaged = new PackageFolder(folder.resolve("moved/send")).verified();
  }

  @AfterAll
  static void stop() {
    if (local != null) {
      local.close();
    }
  }

  @Test
  void firstRequest_fromWhereItWasMovedTo_isStored() throws Exception {
    String token = token();
    try (Started send = Started.run(packaged, program.environment(), own)) {
      assertThat(send.becomesReady()).as(send.output()).isTrue();
      HttpResponse<String> answer = post(send.uri("/v1/send"), "{\"to\":\"packaged\",\"content\":\"packed\"}",
          token);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      String id = answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
      assertThat(get(local.uri().resolve("/v1/messages"), token).body()).contains(id, "packed");
      assertThat(ProcessHandle.of(send.pid()).flatMap(process -> process.info().command()).orElseThrow())
        .isEqualTo(packaged.runtime().resolve("bin/java").toString());
      assertThat(send.stop()).isZero();
    }
  }

  @Test
  void start_takesItsClassesFromTheCache() throws Exception {
    Path log = own.resolve("classes.log");
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
    try (Started send = Started.run(packaged, environment, own)) {
      assertThat(send.becomesReady()).as(send.output()).isTrue();
      post(send.uri("/v1/send"), "{\"to\":\"packaged\",\"content\":\"packed\"}", token());
    }
    List<String> loaded = Files.readAllLines(log)
      .stream()
      .filter(line -> line.contains(" source: "))
      .toList();
    List<String> cached = loaded.stream().filter(line -> line.contains("shared objects file")).toList();
    assertThat((double) cached.size() / loaded.size()).as("of %d classes", loaded.size())
      .isGreaterThan(FROM_CACHE);
    assertThat(loaded).as("as it costs a start too much")
      .noneMatch(line -> line.contains("tools.jackson.databind"));
  }

  /** As the Job does that brings a keyspace up to date. */
  @Test
  void schema_isBroughtUpToDateOutOfTheSameFolder() throws Exception {
    Path log = own.resolve("schema.log");
    ProcessBuilder builder = new ProcessBuilder(packaged.runtime().resolve("bin/java").toString(), "-cp",
        packaged.folder() + "/*", SchemaMain.class.getName())
      .redirectErrorStream(true)
      .redirectOutput(log.toFile());
    builder.environment().putAll(program.environment());
    builder.environment().put("KNATTER_CASSANDRA_KEYSPACE", "packaged_schema");

    assertThat(builder.start().waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readAllLines(log))
      .anyMatch(line -> line.matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}Z INFO dev\\.knatter\\..*"));
    assertThat(stores.session()
      .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'packaged_schema'")
      .all()).isNotEmpty();
  }

  @Test
  void billOfMaterials_namesTheDriverAndItsVersion() throws Exception {
    JsonNode bill = new JsonMapper().readTree(Files.readString(packaged.bill()));
    assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(bill.path("metadata").path("component").path("name").asString()).isEqualTo("knatter-send");
    String driver = program.classPath()
      .stream()
      .map(path -> path.getFileName().toString())
      .filter(name -> name.startsWith("java-driver-core-"))
      .map(name -> name.replaceAll("java-driver-core-|\\.jar", ""))
      .findFirst()
      .orElseThrow();
    assertThat(bill.path("components").valueStream().map(component -> component.path("purl").asString()))
      .contains("pkg:maven/org.apache.cassandra/java-driver-core@" + driver + "?type=jar")
      .noneMatch(purl -> purl.contains("junit"));
  }

  @Test
  void sameSources_giveTheSameJar() throws Exception {
    Path again = own.resolve("again.jar");
    FlatJar.of(program.classPath(), LauncherFiles.files()).write(again);
    assertThat(Files.mismatch(packaged.jar(), again)).isEqualTo(-1);
    assertThat(Files.getLastModifiedTime(packaged.jar())).isEqualTo(FileTime.from(FlatJar.TIME));
  }

  /** The JVM would run the classes of its cache, which are the old ones. */
  @Test
  void changedJarOfTheSameLengthAndTime_isRefused() throws Exception {
    PackageFolder copy = copy();
    long size = Files.size(copy.jar());
    change(copy.jar());
    assertThat(Files.size(copy.jar())).isEqualTo(size);
    assertRefused(copy, "app.jar");
  }

  @Test
  void cacheOfAnotherBuild_isRefused() throws Exception {
    PackageFolder copy = copy();
    Files.writeString(copy.digest(), Files.readString(copy.digest()).replaceFirst("(app\\.aot .*)", "$10"));
    assertRefused(copy, "app.aot");
  }

  @Test
  void missingDigest_isRefused() throws Exception {
    PackageFolder copy = copy();
    Files.delete(copy.digest());
    assertRefused(copy, "not complete");
  }

  /** That much the JVM sees by itself. */
  @Test
  void jarOfAnotherTime_isRefusedByTheJvmOrServesAsBefore() throws Exception {
    PackageFolder copy = copy();
    Files.setLastModifiedTime(copy.jar(), FileTime.from(FlatJar.TIME.plusSeconds(1)));
    try (Started send = Started.run(copy, program.environment(), own)) {
      // Before 25.0.4 the JVM looks at it by chance only (JDK-8377932). At the content our launcher looks, always.
      assertThat(send.becomesReady() || send.exitStatus() == 1).as(send.output()).isTrue();
    }
    assertThat(copy.verified()).isEqualTo(copy); // times are no content
  }

  @Test
  void anyOtherByte_isNoticedByVerification() throws Exception {
    PackageFolder copy = copy();
    byte[] cache = Files.readAllBytes(copy.cache());
    cache[cache.length / 2] ^= 1;
    Files.write(copy.cache(), cache);
    assertThatThrownBy(copy::verified).hasMessageContaining(copy.cache().toString());
  }

  private void assertRefused(PackageFolder copy, String why) throws Exception {
    try (Started send = Started.run(copy, program.environment(), own)) {
      assertThat(send.exitStatus()).as(send.output()).isEqualTo(78);
      assertThat(send.output().lines()).singleElement().asString().contains(why);
    }
    assertThatThrownBy(copy::verified).hasMessageContaining("Package it anew");
  }

  /** Beside a link to the same runtime, which is large. */
  private PackageFolder copy() throws IOException {
    Files.createSymbolicLink(own.resolve(PackageFolder.RUNTIME), packaged.runtime());
    Path copy = Files.createDirectory(own.resolve("send"));
    try (Stream<Path> files = Files.list(packaged.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new PackageFolder(copy);
  }

  /** Makes one byte another. */
  private static void change(Path jar) throws IOException {
    Path changed = jar.resolveSibling("changed.jar");
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(changed);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      List<? extends ZipEntry> entries = in.stream().toList();
      for (int i = 0; i < entries.size(); i++) {
        ZipEntry entry = entries.get(i);
        byte[] content = in.getInputStream(entry).readAllBytes();
        if (i == entries.size() - 1) {
          content[content.length - 1] ^= 1;
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.from(FlatJar.TIME));
  }

  private static String token() throws Exception {
    post(local.uri().resolve("/v1/register"), ACCOUNT, "");
    return post(local.uri().resolve("/v1/login"), ACCOUNT, "").body()
      .replaceAll(".*\"accessToken\":\"([^\"]+)\".*", "$1");
  }

  private static HttpResponse<String> post(URI uri, String body, String token) throws Exception {
    return exchange(HttpRequest.newBuilder(uri)
      .header("Content-Type", "application/json")
      .header("Authorization", "Bearer " + token)
      .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> get(URI uri, String token) throws Exception {
    return exchange(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token));
  }

  private static HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
