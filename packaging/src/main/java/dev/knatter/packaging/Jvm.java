package dev.knatter.packaging;

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
      // No file in /tmp: the file system of a container is read-only.
      "-XX:-UsePerfData",
      // Netty and the clients of the stores use both. Without these options the JVM warns of it in each log.
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      // Reflection makes no classes at run time: they would be in no cache.
      "-Djdk.reflect.useNativeAccessorOnly=true",
      // Options that Netty documents. Otherwise it makes classes for off-heap memory, and loads those of its events and pools.
      "-Dio.netty.noUnsafe=false",
      "-Dio.netty.jfr.enabled=false",
      "-Dio.netty.leakDetection.level=disabled",
      "-Dio.netty.allocator.type=unpooled",
      // Otherwise the JVM keeps the addresses of a name for 30 seconds, and a proxy that has just started is told nothing.
      "-Dsun.net.inetaddr.ttl=1",
      "-Dsun.net.inetaddr.negative.ttl=1",
      // Times in the log, wherever it runs.
      "-Duser.timezone=UTC");

  private Jvm() {}
}
