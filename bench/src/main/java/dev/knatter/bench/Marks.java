package dev.knatter.bench;

/** Is told when the measured part of a load begins and ends. */
interface Marks {
  /** For a load that is not measured. */
  Marks NONE = new Marks() {
    @Override
    public void begin() {}

    @Override
    public void end() {}
  };

  void begin();

  void end();
}
