package dev.knatter.bench.growth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import tools.jackson.databind.json.JsonMapper;

final class GrowthReportTest {
  private static final List<Integer> SIZES = List.of(1_000, 1_000_000);
  private static final GrowthResults RESULTS = new GrowthResults(Instant.EPOCH,
      new Machine(2, "25", "Linux", Scheduling.BATCHES, List.of()),
      new GrowthOptions(SIZES, List.of(1, 64), 4, 3, true, null),
      Stream.of(GrowthScenario.values())
        .flatMap(scenario -> Stream.of(1, 64)
          .flatMap(connections -> SIZES.stream().map(size -> point(scenario, size, connections))))
        .toList(),
      GrowthReport.notes(/* others= */ 0));

  private static GrowthPoint point(GrowthScenario scenario, int size, int connections) {
    double rate = 200.0 * connections;
    return new GrowthPoint(scenario, size, connections, new Spread(rate, rate - 50, rate + 50),
        new Spread(3, 2, 4), new Spread(0.97, 0.96, 1), size == 1_000 ? 0 : 2, size == 1_000 ? "" : "503");
  }

  @Test
  void page_holdsEveryPointAndSaysWhenAndWhere() {
    assertThat(GrowthReport.page(RESULTS)).contains("on 1970-01-01, on 2 processors", "growth.svg",
        "| 64 | 1,000 | 12800 (12750–12850) | 0.97 (0.96–1.00) | 3.0 (2.0–4.0) |\n",
        "| 1 | 1,000,000 | 200 (150–250) | 0.97 (0.96–1.00) | 3.0 (2.0–4.0) | 2 failed: 503\n");
    assertThat(new JsonMapper().readTree(GrowthReport.json(RESULTS)).at("/growth").size()).isEqualTo(12);
  }

  @Test
  void plot_isAnImageWithALineForEachNumberOfConnections()
      throws ParserConfigurationException, IOException, SAXException {
    Document svg = DocumentBuilderFactory.newInstance()
      .newDocumentBuilder()
      .parse(new ByteArrayInputStream(GrowthPlot.svg(RESULTS).getBytes(UTF_8)));

    NodeList paths = svg.getElementsByTagName("path");
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(paths.getLength()).isEqualTo(6);
    // More requests lie higher, and y grows downwards.
    assertThat(firstY(paths, 1)).isLessThan(firstY(paths, 0));
    assertThat(IntStream.range(0, paths.getLength()).mapToDouble(i -> firstY(paths, i)))
      .allSatisfy(y -> assertThat(y).isBetween(0.0, 400.0));
  }

  private static double firstY(NodeList paths, int index) {
    return Double.parseDouble(((Element) paths.item(index)).getAttribute("d").split(" ", -1)[1]);
  }
}
