package dev.knatter.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, as wide as their widest cell. The first two are flush left, the others flush right. */
public final class Table {
  private static final int FLUSH_LEFT = 2;

  private final List<List<String>> rows = new ArrayList<>();

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String space = " ".repeat(width(column) - cell.length());
        line.append("  ").append(column < FLUSH_LEFT ? cell + space : space + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
      .filter(row -> column < row.size())
      .mapToInt(row -> row.get(column).length())
      .max()
      .orElse(0);
  }
}
