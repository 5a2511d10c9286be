package dev.knatter.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How busy processes that have nothing to do with a series of starts keep the machine meanwhile. */
final class Disturbance {
  private final Map<String, Long> stores;
  private final double busyBefore;
  private final double oursBefore;
  private final long began;

  /** Begins to look. */
  Disturbance(Map<String, Long> stores) {
    this.stores = stores;
    this.busyBefore = Proc.busySeconds();
    this.oursBefore = ours();
    this.began = System.nanoTime();
  }

  /** Processors that others kept busy since; NaN where the kernel does not say. */
  double cores(Map<String, List<Start.Sample>> started) {
    double seconds = (System.nanoTime() - began) / 1e9;
    double samples = started.values()
      .stream()
      .flatMap(Collection::stream)
      .mapToDouble(Start.Sample::cpu)
      .sum() / 1_000;
    return Math.max(0, Proc.busySeconds() - busyBefore - (ours() - oursBefore) - samples) / seconds;
  }

  private double ours() {
    return stores.values().stream().mapToDouble(Proc::cpuSeconds).sum()
        + Proc.cpuSeconds(ProcessHandle.current().pid());
  }
}
