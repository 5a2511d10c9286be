package dev.knatter.peers.springboot;

import java.nio.file.Files;
import java.nio.file.Path;

import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Everything but the health check takes an access token (RFC 9068), signed by a key of KNATTER_JWKS_FILE. */
@Configuration(proxyBeanMethods = false)
class Security {
  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
      .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
      .authorizeHttpRequests(
          requests -> requests.requestMatchers("/healthz").permitAll().anyRequest().authenticated())
      .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
      .build();
  }

  @Bean
  JwtDecoder decoder(@Value("${KNATTER_JWKS_FILE:}") Path keys,
      @Value("${KNATTER_TOKEN_ISSUER:https://knatter.local}") String issuer,
      @Value("${KNATTER_TOKEN_AUDIENCE:knatter}") String audience) throws Exception {
    var key = JWKSet.parse(Files.readString(keys)).getKeys().getFirst().toRSAKey().toRSAPublicKey();
    NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(key).validateType(false).build();
    decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
      .issuer(issuer)
      .audience(audience)
      .clientId(audience)
      .build());
    return decoder;
  }
}
