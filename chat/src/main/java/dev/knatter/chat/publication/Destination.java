package dev.knatter.chat.publication;

/**
 * Where events go. Each destination has a table and a watermark of its own, so that one that is away holds up no other, and gets
 * nothing twice because another was away.
 */
public enum Destination {
  /** The sink that K_SINK names. */
  SINK("the sink", "publications", "publication_lanes", "PUBLISH_", 6),
  /** The proxies that hold connections. */
  LIVE("the proxies", "live_publications", "live_publication_lanes", "LIVE_", 21);

  private final String who;
  private final String table;
  private final String lanes;
  private final String progress;
  private final int schema;

  Destination(String who, String table, String lanes, String progress, int schema) {
    this.who = who;
    this.table = table;
    this.lanes = lanes;
    this.progress = progress;
    this.schema = schema;
  }

  /**
   * Whether events are left to the sweep while a part of the destination is away. Of several proxies the others are told all the
   * same, and so are the connections that our own processes hold.
   */
  boolean pauses() {
    return this == SINK;
  }

  /** For the log. */
  public String who() {
    return who;
  }

  String table() {
    return table;
  }

  String lanes() {
    return lanes;
  }

  /** What the names begin with under which the progress of the sweep is stored. */
  public String progress() {
    return progress;
  }

  /** The version of the schema that brought the table. */
  public int schema() {
    return schema;
  }
}
