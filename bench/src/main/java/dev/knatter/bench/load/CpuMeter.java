package dev.knatter.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.process.Proc;

/** How many processors each process kept busy between two marks, and how many all others did. */
final class CpuMeter implements MeasurementListener {
  static final String OTHERS = "others";

  private final Map<String, Long> pids;
  private final Map<String, Double> used = new LinkedHashMap<>();
  private Map<String, Double> before = Map.of();
  private long began;

  /** @param pids by the name under which the result is wanted */
  CpuMeter(Map<String, Long> pids) {
    this.pids = pids;
  }

  @Override
  public void begin() {
    before = read();
    began = System.nanoTime();
  }

  @Override
  public void end() {
    Map<String, Double> after = read();
    double seconds = (System.nanoTime() - began) / 1e9;
    double others = 0;
    for (Map.Entry<String, Double> entry : after.entrySet()) {
      double cores = (entry.getValue() - before.getOrDefault(entry.getKey(), Double.NaN)) / seconds;
      boolean all = entry.getKey().equals(OTHERS);
      others += all ? cores : -cores;
      if (!all) {
        used.put(entry.getKey(), cores);
      }
    }
    used.put(OTHERS, Math.max(0, others));
  }

  private Map<String, Double> read() {
    Map<String, Double> now = new LinkedHashMap<>();
    pids.forEach((name, pid) -> now.put(name, Proc.cpuSeconds(pid)));
    now.put(OTHERS, Proc.busySeconds());
    return now;
  }

  /** Processors, by name. */
  Map<String, Double> used() {
    return used;
  }
}
