package dev.knatter.packaging.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.knatter.packaging.PackageFolder;

/**
 * The image of a packaged program: its base, the runtime, and the program, each a layer. In /app everything lies as in the
 * folder that it was packaged into. The same package on the same base gives the same digest.
 */
final class Image {
  /** As which user it runs: the one that distroless images call nonroot. A number, or Kubernetes could not check it. */
  static final String USER = "65532:65532";
  static final String ROOT = "/app";

  private static final int PORT = 8080;

  private final PackageFolder packaged;
  private final Path cache;

  /** @param cache of layers, kept from run to run */
  Image(PackageFolder packaged, Path cache) {
    this.packaged = packaged.verified();
    this.cache = cache;
  }

  /** Writes it as an OCI archive. */
  JibContainer write(String base, String reference, Path tar) throws InterruptedException {
    return containerize(base, reference, Containerizer.to(TarImage.at(tar).named(parse(reference))));
  }

  JibContainer push(String base, String reference) throws InterruptedException {
    return containerize(base, reference, Containerizer.to(registry(reference)));
  }

  private JibContainer containerize(String base, String reference, Containerizer to)
      throws InterruptedException {
    // Of our own, and waited for: where a part fails, jib leaves the others running.
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      return from(base).setFormat(ImageFormat.OCI)
        // The runtime was linked for the machine that packaged it.
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setCreationTime(PackageFolder.TIME)
        .setUser(USER)
        .setWorkingDirectory(AbsoluteUnixPath.get(ROOT).resolve(name()))
        .setEntrypoint(new PackageFolder(Path.of(ROOT, name())).java())
        .setExposedPorts(Port.tcp(PORT))
        .setLabels(Map.of(
            "org.opencontainers.image.title", "knatter-" + name(),
            "org.opencontainers.image.version", parse(reference).getTag().orElse("latest"),
            "org.opencontainers.image.base.name", base.endsWith(".tar") ? "" : base,
            "org.opencontainers.image.licenses", "Apache-2.0"))
        .addFileEntriesLayer(layer(packaged.runtime()))
        .addFileEntriesLayer(layer(packaged.folder()))
        .containerize(to.setToolName("knatter")
          .setExecutorService(threads)
          .setBaseImageLayersCache(cache.resolve("base"))
          .setApplicationLayersCache(cache.resolve("layers")));
    } catch (RegistryException | ExecutionException | IOException | CacheDirectoryCreationException e) {
      throw new IllegalStateException(
          "%s on %s cannot be made: %s".formatted(reference, base, e.getMessage()), e);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(base + " is neither a file nor the name of an image.", e);
    }
  }

  private static JibContainerBuilder from(String base) throws InvalidImageReferenceException {
    Path file = Path.of(base);
    return Files.isRegularFile(file) ? Jib.from(TarImage.at(file)) : Jib.from(registry(base));
  }

  private static RegistryImage registry(String reference) {
    ImageReference image = parse(reference);
    CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(image, _ -> {});
    return RegistryImage.named(image)
      .addCredentialRetriever(credentials.dockerConfig())
      .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
  }

  private static ImageReference parse(String reference) {
    try {
      return ImageReference.parse(reference);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(reference + " is neither a file nor the name of an image.", e);
    }
  }

  private static FileEntriesLayer layer(Path folder) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name(folder));
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted().toList()) {
        add(layer, path,
            AbsoluteUnixPath.get(ROOT).resolve(name(folder)).resolve(folder.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return layer.build();
  }

  private static void add(FileEntriesLayer.Builder layer, Path path, AbsoluteUnixPath place)
      throws IOException {
    boolean executable = Files.isDirectory(path)
        || Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
    layer.addEntry(path, place, FilePermissions.fromOctalString(executable ? "755" : "644"),
        PackageFolder.TIME);
  }

  private String name() {
    return name(packaged.folder());
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("aarch64") ? "arm64" : name;
  }
}
