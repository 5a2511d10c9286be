package dev.knatter.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the libraries of this module's own class path, packaged. */
final class SettledTest {
  private static final String VARIABLES = "com.datastax.oss.driver.shaded.guava.common.reflect.Types$NativeTypeVariableEquals";

  @TempDir
  static Path folder;
  private static Path packaged;

  @BeforeAll
  static void packageLibraries() {
    packaged = folder.resolve("app.jar");
    List<Path> libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
      .map(Path::of)
      .filter(path -> path.toString().matches(".*/(netty|java-driver|slf4j)-[^/]*\\.jar|.*/test-classes"))
      .toList();
    FlatJar flat = FlatJar.of(libraries, Map.of());
    flat.writeClasses(packaged);
    flat.writeFiles(folder.resolve("files.jar"));
  }

  /** Only what the JDK brings is seen besides. */
  private URLClassLoader loader() throws Exception {
    return new URLClassLoader(new URL[]{packaged.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  @Test
  void handlers_areSharableWhereNettySaysSo() throws Exception {
    List<String> sharable = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (URLClassLoader loader = loader(); JarFile jar = new JarFile(packaged.toFile())) {
      for (JarEntry entry : jar.stream()
        .filter(one -> one.getName().matches("io/netty/.*\\.class"))
        .toList()) {
        String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
        Class<?> original = handler(name, getClass().getClassLoader());
        if (original == null) {
          continue;
        }
        Class<?> declares = Class.forName(name, false, loader).getMethod("isSharable").getDeclaringClass();
        boolean saysYes = !declares.getName().equals(ChannelHandlerAdapter.class.getName());
        assertThat(saysYes).as(name).isEqualTo(original.isAnnotationPresent(ChannelHandler.Sharable.class));
        (saysYes ? sharable : others).add(name);
      }
    }
    assertThat(sharable).contains("io.netty.channel.ChannelInitializer",
        "io.netty.handler.codec.string.StringEncoder");
    assertThat(others).contains("io.netty.handler.codec.http.HttpRequestDecoder");
  }

  /** One that leaves it to its annotations; null where it is none. */
  private static @Nullable Class<?> handler(String name, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return ChannelHandlerAdapter.class.isAssignableFrom(type)
          && type.getMethod("isSharable").getDeclaringClass() == ChannelHandlerAdapter.class ? type : null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // needs a library that is not there
    }
  }

  @Test
  void packagedHandlers_behaveAsTheOriginals() throws Exception {
    try (URLClassLoader loader = loader()) {
      Callable<?> packagedOnes = Class.forName(Handlers.class.getName(), true, loader)
        .asSubclass(Callable.class)
        .getDeclaredConstructor()
        .newInstance();
      assertThat(packagedOnes.getClass()).isNotEqualTo(Handlers.class);
      assertThat(packagedOnes.call()).isEqualTo(new Handlers().call());
    }
  }

  @Test
  void variablesOfTypes_areTheJdksAloneHereAsWell() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(nativeOnly(loader)).isEqualTo(nativeOnly(getClass().getClassLoader())).isTrue();
    }
  }

  private static boolean nativeOnly(ClassLoader loader) throws Exception {
    Field field = Class.forName(VARIABLES, true, loader).getDeclaredField("NATIVE_TYPE_VARIABLE_ONLY");
    field.setAccessible(true);
    return field.getBoolean(null);
  }

  @Test
  void changedClasses_areNamedForWhoReadsTheLicences() throws Exception {
    try (JarFile files = new JarFile(folder.resolve("files.jar").toFile())) {
      String notice = new String(files.getInputStream(files.getJarEntry(Settled.NOTICE)).readAllBytes(),
          StandardCharsets.UTF_8);
      assertThat(notice.lines()).contains("io/netty/channel/ChannelHandlerMask.class",
          "io/netty/channel/ChannelHandlerAdapter.class", "io/netty/channel/ChannelInitializer.class",
          VARIABLES.replace('.', '/') + ".class")
        .doesNotContain("io/netty/channel/ChannelPipeline.class");
    }
  }

  @Test
  void aClassThatIsNotAsItWas_isRefused() {
    byte[] changed = ClassFile.of().build(ClassDesc.of("io.netty.channel.ChannelHandlerMask"), _ -> {});
    assertThatThrownBy(() -> Settled.of("io/netty/channel/ChannelHandlerMask.class", changed))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining("isSkippable");
  }

  @Test
  void otherClasses_stayAsTheyAre() {
    byte[] other = ClassFile.of().build(ClassDesc.of("x.A"), _ -> {});
    assertThat(Settled.of("x/A.class", other)).isSameAs(other);
  }
}
