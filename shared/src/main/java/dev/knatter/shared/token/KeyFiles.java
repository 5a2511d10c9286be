package dev.knatter.shared.token;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * Writes the product's keys into four files of one folder: signing-key.json (private JWK), jwks.json (the public JWK set),
 * cursor.key and name.key (32 bytes each, base64). Only the owner of the files may read them.
 */
public final class KeyFiles {
  private static final int BITS = 2048;
  private static final int MAC_KEY_BYTES = 32;

  private KeyFiles() {}

  /**
   * Makes new keys and writes the four files. It never overwrites a file, because without the old keys all tokens would be
   * invalid.
   *
   * @throws IllegalStateException if one of the files exists; then it writes none
   */
  public static void write(Path folder) throws IOException {
    RSAKey key = signingKey();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve("signing-key.json"), key.toJSONString());
    files.put(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
    files.put(folder.resolve("cursor.key"), macKey());
    files.put(folder.resolve("name.key"), macKey());

    Files.createDirectories(folder);
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new IllegalStateException(
            file + " exists. Keys are never overwritten; remove it to make new ones.");
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      writeSecret(file.getKey(), file.getValue());
    }
  }

  private static String macKey() {
    byte[] key = new byte[MAC_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Makes a new key that can sign tokens. */
  public static RSAKey signingKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate())
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .keyIDFromThumbprint() // RFC 7638
        .build();
    } catch (NoSuchAlgorithmException | JOSEException e) {
      throw new IllegalStateException(e); // every JDK has them
    }
  }

  /** Creates the file with its permissions. If they were set afterwards, another user could read the file before that. */
  public static void writeSecret(Path file, String text) throws IOException {
    var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
      ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
