package dev.knatter.bench.floor;

import java.io.IOException;

/** Serves the send of {@link Floor} until it is told to stop. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    Floor floor = Floor.start(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      floor.close();
      Runtime.getRuntime().halt(0); // else the JVM reports the signal as its exit code
    }));
  }
}
