package dev.knatter.e2e.deploy;

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
 * {@code -Dknatter.target=local} leaves the other one out.
 */
final class BothTargets implements ArgumentsProvider {
  private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
    .create(BothTargets.class);

  @Override
  public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
      ExtensionContext context) {
    String only = System.getProperty("knatter.target", "");
    return Stream.of(Target.values())
      .filter(target -> only.isEmpty() || target.toString().equals(only))
      .map(target -> context.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(target, key -> Shared.start(key, context), Shared.class))
      .map(shared -> Arguments.of(shared.deployment()));
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
  private record Shared(Deployment deployment, Pings pings, RealStores stores,
      ExtensionContext context) implements AutoCloseable {
    static Shared start(Target target, ExtensionContext context) {
      RealStores stores = new RealStores();
      stores.beforeAll(context);
      Deployment deployment = Deployment.create(target, stores);
      deployment.startAll().forEach(Pod::awaitReady);
      return new Shared(deployment, Pings.start(deployment), stores, context);
    }

    @Override
    public void close() {
      pings.close();
      deployment.close();
      stores.afterAll(context);
    }
  }
}
