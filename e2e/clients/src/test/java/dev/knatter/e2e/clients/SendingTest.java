package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.http.Problem;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.Page;
import dev.knatter.client.message.PageRequest;
import dev.knatter.client.send.Draft;
import dev.knatter.client.send.OutboxEntry;
import dev.knatter.client.send.SendListener;
import dev.knatter.e2e.clients.UnreliableProxy.Exchange;
import dev.knatter.e2e.clients.UnreliableProxy.Fate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sends over connections that break, stall and answer twice, with a store that goes away and clients that stop. */
final class SendingTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final int SENDS = Integer.getInteger("knatter.client.sends", 2_000);
  private static final int SENDERS = 2;
  private static final int LANES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
  private static final Pattern CLIENT_ID = Pattern.compile("\"clientId\":\"([^\"]*)\"");

  @TempDir
  private Path folder;

  private final AtomicInteger sent = new AtomicInteger();
  private final List<String> refused = new ArrayList<>();
  private final Map<String, List<String>> expected = new HashMap<>();

  @Test
  void sendsOverAConnectionThatBreaks_areEachThereOnceAndInOrder() throws Exception {
    UnreliableProxy proxy = product.proxy();
    List<String> senders = new ArrayList<>();
    List<String> recipients = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(product.register());
    }
    for (int i = 0; i < LANES; i++) {
      recipients.add(product.register());
    }
    List<KnatterClient> clients = senders.stream().map(this::open).toList();
    for (int i = 0; i < SENDERS; i++) {
      clients.get(i).login(senders.get(i), Product.PASSWORD);
    }
    long seed = System.nanoTime();
    System.out.println("SendingTest: seed " + seed);
    proxy.rule(atRandom(new Random(seed)));

    write(senders, recipients, clients, 0, SENDS / 2);
    await().atMost(PATIENCE).until(() -> sent.get() >= SENDS / 4);
    clients.forEach(KnatterClient::close); // in the middle, as when a program ends

    clients = senders.stream().map(this::open).toList();
    write(senders, recipients, clients, SENDS / 2, SENDS);
    await().atMost(PATIENCE).until(() -> sent.get() >= SENDS * 3 / 4);
    product.stores().cassandra().cut();
    try {
      await().atMost(PATIENCE).until(() -> proxy.exchanges().stream().anyMatch(SendingTest::isUnavailable));
    } finally {
      product.stores().cassandra().restore();
    }
    for (KnatterClient client : clients) {
      assertThat(client.flush(PATIENCE)).isTrue();
      client.close();
    }
    proxy.rule(_ -> Fate.PASSED);

    assertThat(refused).isEmpty();
    for (String sender : senders) {
      try (KnatterClient client = product.client(sender)) {
        for (String recipient : recipients) {
          assertThat(conversation(client, recipient)).as("%s to %s", sender, recipient)
            .isEqualTo(expected.get(sender + recipient));
        }
      }
    }
    for (Fate fate : List.of(Fate.CUT_BEFORE, Fate.CUT_WITHIN, Fate.STALLED, Fate.DUPLICATED)) {
      assertThat(proxy.count(fate)).as(fate.name()).isPositive();
    }
    assertThat(unfoundedChanges(proxy.exchanges())).isEmpty();
  }

  /** What it does depends on the seed and on the order of requests, which is another one each time. */
  private static Function<UnreliableProxy.Request, Fate> atRandom(Random random) {
    return request -> {
      if (!request.path().equals("/v1/send")) {
        return Fate.PASSED;
      }
      int die;
      synchronized (random) {
        die = random.nextInt(1_000);
      }
      return die < 40
          ? Fate.CUT_BEFORE
          : die < 80
              ? Fate.CUT_WITHIN
              : die < 85
                  ? Fate.STALLED
                  : die < 125 ? Fate.DUPLICATED : Fate.PASSED;
    };
  }

  private static boolean isUnavailable(Exchange exchange) {
    return exchange.request().path().equals("/v1/send") && exchange.status() == 503;
  }

  private KnatterClient open(String name) {
    return KnatterClient.builder(product.proxy().address())
      .folder(folder.resolve(name))
      .timeout(Duration.ofSeconds(2))
      .sendListener(new SendListener() {
        @Override
        public void sent(OutboxEntry entry, Message message) {
          sent.incrementAndGet();
        }

        @Override
        public void refused(OutboxEntry entry, Problem problem) {
          synchronized (refused) {
            refused.add(problem + " " + entry);
          }
        }
      })
      .build();
  }

  private void write(List<String> senders, List<String> recipients, List<KnatterClient> clients, int from,
      int to) {
    for (int i = from; i < to; i++) {
      int sender = i % SENDERS;
      String recipient = recipients.get(i / SENDERS % LANES);
      String content = "message " + i;
      expected.computeIfAbsent(senders.get(sender) + recipient, _ -> new ArrayList<>()).add(content);
      var _ = clients.get(sender).send(Draft.to(recipient, content));
    }
  }

  /** Oldest first. */
  private static List<String> conversation(KnatterClient client, String with) {
    List<String> contents = new ArrayList<>();
    @Nullable
    String before = null;
    do {
      Page page = client.messages().page(PageRequest.with(with).limit(100).before(before));
      page.messages().forEach(message -> contents.add(message.content()));
      before = page.next();
    } while (before != null);
    return contents.reversed();
  }

  /** Messages that were tried under another clientId although no answer had said that the one before was stale. */
  private static List<String> unfoundedChanges(List<Exchange> exchanges) {
    Map<String, Set<String>> ids = new HashMap<>();
    Map<String, Integer> stale = new HashMap<>();
    for (Exchange exchange : exchanges) {
      if (exchange.request().path().equals("/v1/send")) {
        String content = group(CONTENT, exchange.request().body());
        ids.computeIfAbsent(content, _ -> new HashSet<>()).add(group(CLIENT_ID, exchange.request().body()));
        if (exchange.answer().contains("stale-client-id")) {
          stale.merge(content, 1, Integer::sum);
        }
      }
    }
    return ids.entrySet()
      .stream()
      .filter(each -> each.getValue().size() > 1 + stale.getOrDefault(each.getKey(), 0))
      .map(Object::toString)
      .toList();
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
