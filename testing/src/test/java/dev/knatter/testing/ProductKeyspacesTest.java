package dev.knatter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductKeyspacesTest {
  @TempDir
  Path folder;

  @Test
  void keyspace_thatManyWant_isGivenToOne() throws Exception {
    ProductKeyspaces keyspaces = new ProductKeyspaces(folder.resolve("keyspaces"));
    assertThat(keyspaces.take()).isEmpty();
    Set<String> names = IntStream.range(0, 20).mapToObj(i -> "t" + i).collect(Collectors.toSet());
    names.forEach(keyspaces::giveBack);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> taken = new ArrayList<>();
      Callable<Optional<String>> take = keyspaces::take;
      for (Future<Optional<String>> each : threads.invokeAll(Collections.nCopies(30, take))) {
        each.get().ifPresent(taken::add);
      }
      assertThat(taken).containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
