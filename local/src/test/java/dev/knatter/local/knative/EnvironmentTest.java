package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the files that variables name are mounted, and nothing else is. */
final class EnvironmentTest {
  private static final Map<String, String> BASE = Manifests.variables(Manifests.BASE.resolve("config.env"));
  private static final Map<String, String> PRODUCTION = Manifests.variables(
      Manifests.ROOT.resolve("overlays/production/config.env"));
  /** The private key would let any function be anybody. */
  private static final Map<String, Set<String>> ONLY_READERS = Map.of(
      "knatter-signing-key", Set.of("login", "refresh"),
      "knatter-cursor-key", Set.of("messages", "export"),
      // Whoever takes tokens of an outside issuer may have to give somebody a name.
      "knatter-name-key",
      Set.of("register", "send", "messages", "users", "account", "export", "logout", "sessions"));

  static Stream<Service> services() {
    return Manifests.services().values().stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void function_takesTheSharedConfiguration(Service service) {
    assertThat(spec(service).getContainers().getFirst().getEnvFrom())
      .extracting(source -> source.getConfigMapRef().getName())
      .containsExactly("knatter-config");
  }

  @ParameterizedTest
  @MethodSource("services")
  void file_thatAVariableNames_isMounted(Service service) {
    Map<String, String> mounts = mounts(spec(service).getVolumes(),
        spec(service).getContainers().getFirst().getVolumeMounts());
    assertThat(files(environment(service))).isSubsetOf(offered(mounts));
  }

  @ParameterizedTest
  @MethodSource("services")
  void secret_thatIsMounted_isNamedByAVariable(Service service) {
    Map<String, String> mounts = mounts(spec(service).getVolumes(),
        spec(service).getContainers().getFirst().getVolumeMounts());
    Set<String> files = files(environment(service));
    assertThat(mounts.keySet()).allSatisfy(
        folder -> assertThat(files).anyMatch(file -> Path.of(folder).equals(Path.of(file).getParent())));
  }

  @Test
  void secret_ofFewFunctions_isMountedThereOnly() {
    ONLY_READERS.forEach((secret, functions) -> assertThat(
        services().filter(service -> spec(service).getVolumes()
          .stream()
          .anyMatch(volume -> volume.getSecret().getSecretName().equals(secret)))
          .map(service -> service.getMetadata().getName()))
      .containsExactlyInAnyOrderElementsOf(functions));
  }

  @Test
  void schemaJob_reachesCassandraAsTheFunctionsDo() {
    var pod = Manifests.all(Job.class).getFirst().getSpec().getTemplate().getSpec();
    Map<String, String> mounts = mounts(pod.getVolumes(), pod.getContainers().getFirst().getVolumeMounts());
    assertThat(files(PRODUCTION).stream().filter(file -> file.contains("cassandra"))).isNotEmpty()
      .isSubsetOf(offered(mounts));
    assertThat(pod.getContainers().getFirst().getEnvFrom()).hasSize(1);
  }

  @Test
  void production_reachesBothStoresByTls() {
    assertThat(PRODUCTION).containsKeys("KNATTER_CASSANDRA_TLS_CA_FILE", "KNATTER_REDIS_TLS_CA_FILE");
    assertThat(PRODUCTION.get("KNATTER_REDIS_URL")).startsWith("rediss://");
  }

  private static Map<String, String> environment(Service service) {
    Map<String, String> environment = new TreeMap<>(BASE);
    environment.putAll(PRODUCTION);
    environment.putAll(own(service));
    return environment;
  }

  private static Map<String, String> own(Service service) {
    return spec(service).getContainers()
      .getFirst()
      .getEnv()
      .stream()
      .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static Set<String> files(Map<String, String> environment) {
    return environment.entrySet()
      .stream()
      .filter(entry -> entry.getKey().endsWith("_FILE"))
      .map(Map.Entry::getValue)
      .collect(Collectors.toSet());
  }

  /** From a folder in the container to the secret in it. */
  private static Map<String, String> mounts(List<Volume> volumes, List<VolumeMount> mounts) {
    Map<String, String> secrets = volumes.stream()
      .collect(Collectors.toMap(Volume::getName, volume -> volume.getSecret().getSecretName()));
    Map<String, String> folders = new HashMap<>();
    for (VolumeMount mount : mounts) {
      assertThat(mount.getReadOnly()).as(mount.getName()).isTrue();
      folders.put(mount.getMountPath(), String.valueOf(secrets.remove(mount.getName())));
    }
    assertThat(secrets).as("Knative refuses a volume that is not mounted").isEmpty();
    return folders;
  }

  /** The files that appear in the container, as the README's commands make the secrets. */
  private static Set<String> offered(Map<String, String> mounts) {
    return mounts.entrySet()
      .stream()
      .flatMap(
          mount -> Readme.secretKeys(mount.getValue()).stream().map(key -> mount.getKey() + "/" + key))
      .collect(Collectors.toSet());
  }

  private static RevisionSpec spec(Service service) {
    return service.getSpec().getTemplate().getSpec();
  }
}
