package dev.knatter.packaging;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/** With which options packaged programs run: while they are trained, measured and deployed. */
final class Jvm {
  static final List<String> OPTIONS = List.of(
      "-XX:+UseSerialGC",
      "-Xmx96m",
      // In a container of 256 MiB the JVM would begin with 8, and collect garbage three times before it listens.
      "-Xms96m",
      "-XX:+ExitOnOutOfMemoryError",
      // What runs once or twice at a start is not worth compiling; what runs on is compiled a little later.
      "-XX:CompileThresholdScaling=10",
      "-XX:-UsePerfData",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      // The other way makes classes at every start, for each constructor and method that is called by reflection.
      "-Djdk.reflect.useNativeAccessorOnly=true",
      "-Dio.netty.noUnsafe=false",
      // Pools are filled during the start that everybody waits for, and messages are small.
      "-Dio.netty.allocator.type=unpooled",
      // Parts of the ids of channels, which are in nobody's log: Netty would look through the network's interfaces.
      "-Dio.netty.machineId=00:00:00:00:00:00:00:01",
      "-Dio.netty.processId=1",
      "-Dio.netty.jfr.enabled=false",
      // Some buffers, chosen by chance, would be watched with classes that no cache has; none is pooled, so that none is lost.
      "-Dio.netty.leakDetection.level=disabled",
      // Or each log would begin with the name of what writes it.
      "-Dslf4j.internal.verbosity=WARN",
      // What follows says what would otherwise be looked for in all jars.
      "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider",
      "-Djava.nio.channels.spi.SelectorProvider=" + SelectorProvider.provider().getClass().getName());

  private Jvm() {}
}
