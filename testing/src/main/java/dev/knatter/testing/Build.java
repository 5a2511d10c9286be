package dev.knatter.testing;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Whoever runs the tests: the Maven process, which outlives the JVM of each module, or this JVM, as in an IDE. */
record Build(long pid, Instant start) {
  private static final String MAVEN = "org.codehaus.plexus.classworlds.launcher.Launcher";

  static Build current() {
    ProcessHandle self = ProcessHandle.current();
    ProcessHandle owner = Stream
      .iterate(self.parent(), Optional::isPresent, process -> process.flatMap(ProcessHandle::parent))
      .flatMap(Optional::stream)
      .filter(process -> process.info().commandLine().orElse("").contains(MAVEN))
      .findFirst()
      .orElse(self);
    return new Build(owner.pid(), owner.info().startInstant().orElseThrow());
  }

  /** The name of the folder for what belongs to it: process ids come again, with their start they do not. */
  String folder() {
    return pid + "-" + start.toEpochMilli();
  }

  /** Whether the build with this folder is still running. */
  static boolean isAlive(String folder) {
    long pid = Long.parseLong(folder.substring(0, folder.indexOf('-')));
    return ProcessHandle.of(pid)
      .flatMap(process -> process.info().startInstant())
      .filter(start -> new Build(pid, start).folder().equals(folder))
      .isPresent();
  }
}
