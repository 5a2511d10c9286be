package dev.knatter.bench.growth;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Rates by what is stored, as an SVG: one panel a scenario, one line a number of connections, both axes logarithmic. */
final class GrowthPlot {
  private static final int PANEL = 280;
  private static final int HEIGHT = 300;
  private static final int LEFT = 56;
  private static final int TOP = 36;
  private static final int BOTTOM = 44;
  private static final int LABELS = 56;
  private static final List<String> COLORS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00",
      "#56b4e9");

  private final GrowthResults results;
  private final double highest;
  private final double lowest;
  private final Formatter svg = new Formatter(Locale.ROOT);

  private GrowthPlot(GrowthResults results) {
    this.results = results;
    this.highest = decade(results.points().stream().mapToDouble(point -> point.rate().max()).max().orElse(1),
        1);
    this.lowest = decade(results.points().stream().mapToDouble(point -> point.rate().min()).min().orElse(1),
        0);
  }

  static String svg(GrowthResults results) {
    return new GrowthPlot(results).draw();
  }

  /** The power of ten below a value, or the one above it. */
  private static double decade(double value, int above) {
    return Math.pow(10, Math.floor(Math.log10(Math.max(value, 1))) + above);
  }

  private String draw() {
    GrowthScenario[] scenarios = GrowthScenario.values();
    int width = LEFT + scenarios.length * (PANEL + LABELS);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
        width, HEIGHT + TOP + BOTTOM);
    svg.format("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
    for (int i = 0; i < scenarios.length; i++) {
      panel(scenarios[i], LEFT + i * (PANEL + LABELS));
    }
    svg.format("</svg>%n");
    return svg.toString();
  }

  private void panel(GrowthScenario scenario, int left) {
    svg.format("<text x=\"%d\" y=\"20\" font-weight=\"bold\">%s, requests/s</text>%n", left,
        scenario.title());
    for (double rate = lowest; rate <= highest * 1.001; rate *= 10) {
      svg.format("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", left, left + PANEL,
          y(rate),
          y(rate));
      svg.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>%n", left - 4, y(rate) + 4, rate);
    }
    for (int size : results.options().sizes()) {
      svg.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n", left + x(size),
          TOP + HEIGHT + 18,
          size);
    }
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">users, cached conversations, messages</text>%n",
        left + PANEL / 2, TOP + HEIGHT + 36);
    for (int i = 0; i < results.options().connections().size(); i++) {
      line(scenario, results.options().connections().get(i), COLORS.get(i % COLORS.size()), left);
    }
  }

  private void line(GrowthScenario scenario, int connections, String color, int left) {
    List<GrowthPoint> points = GrowthReport.of(results, scenario)
      .stream()
      .filter(point -> point.connections() == connections)
      .toList();
    StringBuilder path = new StringBuilder();
    for (GrowthPoint point : points) {
      path
        .append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", left + x(point.size()),
            y(point.rate().median())));
      svg.format("<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>%n",
          left + x(point.size()),
          y(point.rate().min()), y(point.rate().max()), color);
    }
    svg.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, color);
    if (!points.isEmpty()) {
      svg.format("<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%d at once</text>%n", left + PANEL - 8,
          y(points.getLast().rate().median()) - 6, color, connections);
    }
  }

  /** From the panel's left. */
  private double x(int size) {
    List<Integer> sizes = results.options().sizes();
    double from = Math.log10(sizes.getFirst());
    double to = Math.log10(sizes.getLast());
    return to == from ? PANEL / 2.0 : 16 + (PANEL - 48) * (Math.log10(size) - from) / (to - from);
  }

  private double y(double rate) {
    double share = (Math.log10(Math.max(rate, lowest)) - Math.log10(lowest))
        / (Math.log10(highest) - Math.log10(lowest));
    return TOP + HEIGHT * (1 - share);
  }
}
