package dev.knatter.e2e.deploy;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Starts each target when the first class needs it; all classes share it until the last has ended.
 * {@code -Dknatter.target=local} leaves the other one out; {@code -Dknatter.url=https://host} both, for what runs there.
 */
final class BothTargets implements ArgumentsProvider {
  private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
    .create(BothTargets.class);
  private static final String URL = System.getProperty("knatter.url", "");

  @Override
  public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
      ExtensionContext context) {
    return targets()
      .map(target -> context.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(target, key -> Shared.start(key, context), Shared.class))
      .map(shared -> Arguments.of(shared.deployment()));
  }

  private static Stream<Target> targets() {
    if (!URL.isEmpty()) {
      return Stream.of(Target.REMOTE);
    }
    String only = System.getProperty("knatter.target", "");
    return Stream.of(Target.LOCAL, Target.PROCESSES)
      .filter(target -> only.isEmpty() || target.toString().equals(only));
  }

  static List<Deployment> started(ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    return Stream.of(Target.values())
      .map(target -> store.get(target, Shared.class))
      .filter(Objects::nonNull)
      .map(Shared::deployment)
      .toList();
  }

  /** Ended by JUnit, after the last class. */
  private record Shared(Deployment deployment, Runnable end) implements AutoCloseable {
    static Shared start(Target target, ExtensionContext context) {
      if (target == Target.REMOTE) {
        return new Shared(Deployment.at(URI.create(URL)), () -> {});
      }
      RealStores stores = RealStores.ofProduct();
      stores.beforeAll(context);
      Deployment deployment = Deployment.create(target, stores);
      if (target == Target.PROCESSES) {
        StartWithoutStores _ = deployment.once(StartWithoutStores.class, StartWithoutStores::of);
      } else {
        deployment.startAll().forEach(Pod::awaitReady);
      }
      deployment.connectBroker();
      Pings pings = Pings.start(deployment.outbox());
      return new Shared(deployment, () -> {
        pings.close();
        deployment.close();
        stores.afterAll(context);
      });
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
