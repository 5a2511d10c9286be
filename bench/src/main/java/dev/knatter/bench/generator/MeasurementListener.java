package dev.knatter.bench.generator;

/** Is told when the measured part of a load begins and ends. */
public interface MeasurementListener {
  /** For a load that is not measured. */
  MeasurementListener NONE = new MeasurementListener() {
    @Override
    public void begin() {}

    @Override
    public void end() {}
  };

  void begin();

  void end();
}
