package dev.knatter.peers.springboot;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.knatter.bench.sending.MessageStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The product's send as a Spring Boot service. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Bean
  MessageStore messages(CqlSession session) {
    return MessageStore.prepare(session);
  }
}
