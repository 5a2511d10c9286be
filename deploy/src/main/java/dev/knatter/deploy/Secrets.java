package dev.knatter.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.knatter.shared.token.KeyFiles;

/** The secrets that deploy makes: keys, no event sources, and a self-signed certificate if it is asked for. */
final class Secrets {
  private static final String CERTIFICATE = "knatter-tls";
  /** From a secret to the file of {@link KeyFiles} that it holds. */
  private static final Map<String, String> KEYS = Map.of("knatter-signing-key", "signing-key.json",
      "knatter-jwks",
      "jwks.json", "knatter-cursor-key", "cursor.key");
  /** Of that one too; but it belongs to the names that were erased, and stays when the others are made anew. */
  private static final String NAME_KEY = "knatter-name-key";
  /** Without any source, so that there is something to change. */
  private static final Secret EVENT_SOURCES = new Secret("knatter-event-sources", "Opaque",
      Map.of("event-sources.json", "{\"sources\": []}\n"));

  private Secrets() {}

  /**
   * What is to be made beside what is there.
   *
   * @param there   names of secrets
   * @param scratch a folder of our own, deleted afterwards
   * @throws IllegalStateException where secrets are missing that deploy cannot make
   */
  static List<Secret> missing(Collection<String> there, DeployOptions options, String host, Path scratch)
      throws IOException, InterruptedException {
    TreeSet<String> keys = new TreeSet<>(KEYS.keySet());
    keys.removeAll(there);
    if (!keys.isEmpty() && keys.size() < KEYS.size()) {
      throw new IllegalStateException(
          "Of the keys %s is missing, which belongs to the others: bring it back, or have all made anew, which logs everybody"
            .formatted(String.join(" and ", keys))
              + " out: kubectl -n knatter delete secret --ignore-not-found "
              + String.join(" ", new TreeSet<>(KEYS.keySet())));
    }
    boolean named = there.contains(NAME_KEY);
    if (!named && keys.isEmpty()) {
      throw new IllegalStateException(
          "The secret " + NAME_KEY
              + " is missing, and without it the names of erased people are free for others: bring it"
              + " back. Where there never was one, make it: openssl rand -base64 32 | kubectl -n knatter create secret"
              + " generic " + NAME_KEY + " --from-file=name.key=/dev/stdin");
    }
    boolean certified = there.contains(CERTIFICATE) || options.withoutGateway();
    if (!certified && !options.selfSigned()) {
      throw new IllegalStateException(
          "There is no certificate for %s. Make one here with --self-signed, or bring yours: ".formatted(host)
              + "kubectl -n knatter create secret tls knatter-tls --cert=FILE --key=FILE");
    }
    List<Secret> secrets = new ArrayList<>();
    if (!keys.isEmpty()) {
      secrets.addAll(keys(scratch.resolve("keys"), named));
    }
    if (!there.contains(EVENT_SOURCES.name())) {
      secrets.add(EVENT_SOURCES);
    }
    if (!certified) {
      secrets.add(certificate(host, scratch));
    }
    return secrets;
  }

  private static List<Secret> keys(Path folder, boolean named) throws IOException {
    KeyFiles.write(folder);
    Map<String, String> wanted = new TreeMap<>(KEYS);
    if (!named) {
      wanted.put(NAME_KEY, "name.key");
    }
    List<Secret> secrets = new ArrayList<>();
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      String file = each.getValue();
      secrets.add(new Secret(each.getKey(), "Opaque", Map.of(file, Files.readString(folder.resolve(file)))));
    }
    return secrets;
  }

  private static Secret certificate(String host, Path scratch) throws IOException, InterruptedException {
    SelfSigned made = SelfSigned.make(host, scratch);
    return new Secret(CERTIFICATE, "kubernetes.io/tls",
        Map.of("tls.crt", made.certificate(), "tls.key", made.key()));
  }
}
