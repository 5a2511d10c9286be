package dev.knatter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  private static final DeployOptions SELF_SIGNED = DeployOptions.parse(List.of("--self-signed"));
  private static final String HOST = "chat.example.com";

  @TempDir
  Path scratch;

  @Test
  void nothingThere_makesKeysThatBelongTogetherAndACertificate() throws Exception {
    List<Secret> secrets = Secrets.missing(List.of("default-token"), SELF_SIGNED, HOST, scratch);
    assertThat(secrets).extracting(Secret::name)
      .containsExactly("knatter-cursor-key", "knatter-jwks", "knatter-name-key", "knatter-signing-key",
          "knatter-event-sources", "knatter-tls");
    RSAKey signing = RSAKey.parse(content(secrets, "knatter-signing-key", "signing-key.json"));
    assertThat(signing.isPrivate()).isTrue();
    assertThat(JWKSet.parse(content(secrets, "knatter-jwks", "jwks.json")).getKeys())
      .containsExactly(signing.toPublicJWK());
  }

  @Test
  void certificate_isForTheHostAndOfItsKey() throws Exception {
    List<Secret> secrets = Secrets.missing(
        List.of("knatter-signing-key", "knatter-jwks", "knatter-cursor-key", "knatter-name-key",
            "knatter-event-sources"),
        SELF_SIGNED, HOST, scratch);
    assertThat(secrets).singleElement().extracting(Secret::type).isEqualTo("kubernetes.io/tls");
    X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
      .generateCertificate(new ByteArrayInputStream(
          content(secrets, "knatter-tls", "tls.crt").getBytes(StandardCharsets.US_ASCII)));
    assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, HOST)); // 2: dNSName
    certificate.checkValidity();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key(content(secrets, "knatter-tls", "tls.key")));
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void allThere_makesNone() throws Exception {
    List<String> all = List.of("knatter-tls", "knatter-signing-key", "knatter-jwks", "knatter-cursor-key",
        "knatter-name-key", "knatter-event-sources");
    assertThat(Secrets.missing(all, DeployOptions.parse(List.of()), HOST, scratch)).isEmpty();
  }

  /** Keys that are made anew log everybody out; another key of names would give them away. */
  @Test
  void keyOfNames_staysWhenOthersAreMadeAndIsNotMadeBesideOthers() throws Exception {
    assertThat(Secrets.missing(List.of("knatter-name-key"), SELF_SIGNED, HOST, scratch))
      .extracting(Secret::name)
      .doesNotContain("knatter-name-key")
      .contains("knatter-signing-key");
    assertThatThrownBy(
        () -> Secrets.missing(List.of("knatter-signing-key", "knatter-jwks", "knatter-cursor-key"),
            SELF_SIGNED,
            HOST, scratch))
      .hasMessageContaining("knatter-name-key");
  }

  /** A new one beside old ones would be refused by every function, or worse. */
  @Test
  void someKeysThere_isRefusedAndNamesThoseMissing() {
    assertThatThrownBy(
        () -> Secrets.missing(List.of("knatter-jwks", "knatter-cursor-key"), SELF_SIGNED, HOST, scratch))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining("knatter-signing-key is missing");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void withoutGateway_needsNoCertificate() throws Exception {
    assertThat(Secrets.missing(List.of(), DeployOptions.parse(List.of("--without-gateway")), HOST, scratch))
      .extracting(Secret::name)
      .contains("knatter-signing-key")
      .doesNotContain("knatter-tls");
  }

  @Test
  void noCertificate_saysHowToHaveOne() {
    assertThatThrownBy(() -> Secrets.missing(List.of(), DeployOptions.parse(List.of()), HOST, scratch))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContainingAll(HOST, "--self-signed", "create secret tls knatter-tls");
  }

  /** What the cluster would find in it. */
  private static String content(List<Secret> secrets, String name, String key) {
    return secrets.stream()
      .filter(secret -> secret.name().equals(name))
      .flatMap(secret -> secret.yaml().lines())
      .filter(line -> line.startsWith("  " + key + ": "))
      .map(line -> new String(Base64.getDecoder().decode(line.substring(line.indexOf(": ") + 2)),
          StandardCharsets.UTF_8))
      .findFirst()
      .orElseThrow();
  }

  private static PrivateKey key(String pem) throws Exception {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
      .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }
}
