package dev.knatter.bench.screen;

/** What the functions do when somebody opens the page. */
enum FunctionState {
  /** All sleep, and each is started by the first request that needs it. */
  ASLEEP("asleep"),
  /** All sleep, and the page wakes those that it needs, as soon as it runs. */
  WOKEN("asleep, with wake()"),
  /** All run. */
  AWAKE("awake");

  private final String title;

  FunctionState(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
