package dev.knatter.packaging;

import java.util.List;

/** With which options packaged programs run: while they are trained, measured and deployed. */
final class Jvm {
  static final List<String> OPTIONS = List.of(
      "-XX:+UseSerialGC",
      "-Xmx96m",
      "-XX:+ExitOnOutOfMemoryError",
      "-XX:TieredStopAtLevel=1",
      // What runs once or twice at a start is not worth compiling; what runs on is compiled a little later.
      "-XX:CompileThresholdScaling=5",
      "-XX:-UsePerfData",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Dio.netty.noUnsafe=false",
      "-Dio.netty.jfr.enabled=false",
      "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider");

  private Jvm() {}
}
