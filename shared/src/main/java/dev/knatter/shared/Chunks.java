package dev.knatter.shared;

import java.util.ArrayList;
import java.util.List;

/** Divides a list into parts, where a statement or a batch must not have too many items. */
public final class Chunks {
  private Chunks() {}

  /** The parts in order, each but the last of this size. They are views of the list. */
  public static <T> List<List<T>> of(List<T> items, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int i = 0; i < items.size(); i += size) {
      chunks.add(items.subList(i, Math.min(items.size(), i + size)));
    }
    return chunks;
  }
}
