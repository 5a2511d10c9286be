package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.knatter.client.KnatterClient;
import dev.knatter.e2e.clients.UnreliableProxy.Exchange;
import dev.knatter.e2e.clients.UnreliableProxy.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WakeTest {
  @RegisterExtension
  static final Product product = new Product();

  private static List<Exchange> since(int before) {
    List<Exchange> all = product.proxy().exchanges();
    return all.subList(before, all.size());
  }

  @Test
  void wake_withoutASession_asksEachFunctionOnce_andThatOfTheLogin() throws Exception {
    int before = product.proxy().exchanges().size();
    try (KnatterClient client = KnatterClient.at(product.proxy().address())) {
      client.wake().get(60, TimeUnit.SECONDS);
      client.wake(List.of("/v1/send")).get(60, TimeUnit.SECONDS);
    }
    assertThat(since(before)).extracting(Exchange::status).containsOnly(204);
    assertThat(since(before)).extracting(exchange -> exchange.request().path())
      .containsExactlyInAnyOrder("/v1/login", "/v1/conversations", "/v1/messages", "/v1/stream", "/v1/send");
  }

  @Test
  void wake_withASession_asksTheFunctionThatRenewsIt() throws Exception {
    try (KnatterClient client = KnatterClient.at(product.proxy().address())) {
      client.login(product.register(), Product.PASSWORD);
      int before = product.proxy().exchanges().size();
      client.wake().get(60, TimeUnit.SECONDS);
      assertThat(since(before)).extracting(exchange -> exchange.request().path())
        .containsExactlyInAnyOrder("/v1/refresh", "/v1/conversations", "/v1/messages", "/v1/stream");
    }
  }

  @Test
  void wake_ofAnInstallationThatIsAway_doesNotFail() throws Exception {
    product.proxy().rule(_ -> Fate.CUT_BEFORE);
    try (KnatterClient client = KnatterClient.at(product.proxy().address())) {
      assertThat(client.wake().get(60, TimeUnit.SECONDS)).isNull();
    } finally {
      product.proxy().rule(_ -> Fate.PASSED);
    }
  }
}
