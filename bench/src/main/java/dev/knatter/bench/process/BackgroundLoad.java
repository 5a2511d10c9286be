package dev.knatter.bench.process;

import java.util.Collection;
import java.util.List;

import dev.knatter.bench.report.Spread;

/** How busy processes that have nothing to do with a measurement keep the machine meanwhile. */
public final class BackgroundLoad {
  private static final double QUIET_CORES = 0.2;

  private final List<Long> pids;
  private final double busyBefore;
  private final double oursBefore;
  private final long began;

  /**
   * Begins to look.
   *
   * @param pids of the processes that take part all the time; this one does as well
   */
  public BackgroundLoad(Collection<Long> pids) {
    this.pids = List.copyOf(pids);
    this.busyBefore = Proc.busySeconds();
    this.oursBefore = ours();
    this.began = System.nanoTime();
  }

  /**
   * Processors that others kept busy since; NaN where the kernel does not say.
   *
   * @param besides seconds of processor time of what took part for a while
   */
  public double cores(double besides) {
    double seconds = (System.nanoTime() - began) / 1e9;
    return Math.max(0, Proc.busySeconds() - busyBefore - (ours() - oursBefore) - besides) / seconds;
  }

  private double ours() {
    return pids.stream().mapToDouble(Proc::cpuSeconds).sum() + Proc.cpuSeconds(ProcessHandle.current().pid());
  }

  /** A note for who reads figures that were measured meanwhile; none if it was quiet. */
  public static List<String> notes(double cores) {
    return cores < QUIET_CORES
        ? List.of()
        : List
          .of("The machine was not quiet: other processes kept %s processors busy. Repeat this when it is."
            .formatted(Spread.number(cores, 2)));
  }
}
