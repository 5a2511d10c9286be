package dev.knatter.testing;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The process that runs the tests: Maven, which outlives the JVM of each module, or this JVM, for example in an IDE. */
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

  /** Returns the name of the folder for this build. It holds the start time as well, because systems reuse process ids. */
  String folder() {
    return pid + "-" + start.toEpochMilli();
  }

  /** Whether the build with this folder still runs. */
  static boolean isAlive(String folder) {
    long pid = Long.parseLong(folder.substring(0, folder.indexOf('-')));
    return ProcessHandle.of(pid)
      .flatMap(process -> process.info().startInstant())
      .filter(start -> new Build(pid, start).folder().equals(folder))
      .isPresent();
  }
}
