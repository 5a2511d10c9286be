package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import org.junit.jupiter.api.Test;

/** Whether the one public host leads every operation of the API to its function, and nothing else anywhere. */
final class PublicRouteTest {
  private static final int MOST_RULES = 16;
  private static final int MOST_MATCHES = 8;
  private static final Set<String> FILES = Set.of("/", "/worker.js");
  private static final String REST = "/v1";

  private final List<HTTPRoute> routes = List.of(route("knatter"), route("knatter-conversations"),
      route("knatter-web"));
  private final Gateway gateway = Manifests.all(Gateway.class).getFirst();

  @Test
  void operation_ofTheApi_isRouted() {
    Map<String, String> prefixes = new TreeMap<>();
    OpenApi.operations()
      .forEach((operation, function) -> prefixes.put(operation.replaceFirst("/\\{.*", ""), function));
    assertThat(routed()).containsExactlyEntriesOf(prefixes);
  }

  /** Probes and collectors of metrics come from within, to each pod. */
  @Test
  void whatEveryFunctionAnswers_isNotRouted() {
    for (String operation : OpenApi.EVERYWHERE) {
      String path = operation.substring(operation.indexOf('/'));
      assertThat(rules()).flatMap(HTTPRouteRule::getMatches)
        .isNotEmpty()
        .filteredOn(match -> match.getPath().getType().equals("PathPrefix"))
        .extracting(match -> match.getPath().getValue())
        .noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix.replaceFirst("/$", "") + "/"));
    }
  }

  @Test
  void rest_ofAPath_leadsToTheSameFunction() {
    for (HTTPRouteRule rule : rules()) {
      Set<String> all = new TreeSet<>();
      Set<String> withMethod = new TreeSet<>();
      for (HTTPRouteMatch match : rule.getMatches()) {
        // A prefix / would also lead to /metrics.
        assertThat(match.getPath().getType())
          .isEqualTo(FILES.contains(match.getPath().getValue()) ? "Exact" : "PathPrefix");
        (match.getMethod() == null ? all : withMethod).add(match.getPath().getValue());
      }
      all.remove(REST);
      assertThat(all).isEqualTo(withMethod);
    }
  }

  /** What no function has is answered by web: with a problem, and not with the page. */
  @Test
  void rest_ofTheApi_leadsToTheFunctionThatNeedsNoStore() {
    assertThat(rules()).filteredOn(rule -> rule.getMatches()
      .stream()
      .anyMatch(match -> match.getMethod() == null && match.getPath().getValue().equals(REST)))
      .extracting(PublicRouteTest::function)
      .containsExactly("web");
  }

  @Test
  void rule_goesThroughKnativesIngressByHostName() {
    for (HTTPRouteRule rule : rules()) {
      assertThat(rule.getBackendRefs()).hasSize(1);
      assertThat(rule.getBackendRefs().getFirst().getName()).isEqualTo("kourier-internal");
      assertThat(rule.getBackendRefs().getFirst().getNamespace()).as("would need a ReferenceGrant").isNull();
      Service service = Manifests.service(function(rule));
      assertThat(host(rule)).isEqualTo(
          service.getMetadata().getName() + "." + service.getMetadata().getNamespace()
              + ".svc.cluster.local");
    }
  }

  @Test
  void rule_waitsAsLongAsTheFunctionMay() {
    for (HTTPRouteRule rule : rules()) {
      assertThat(rule.getTimeouts().getRequest()).isEqualTo(
          Manifests.service(function(rule)).getSpec().getTemplate().getSpec().getTimeoutSeconds() + "s");
    }
  }

  @Test
  void http_isRedirectedToHttps() {
    HTTPRoute redirect = route("knatter-redirect");
    assertThat(redirect.getSpec().getParentRefs().getFirst().getSectionName()).isEqualTo("http");
    assertThat(
        redirect.getSpec().getRules().getFirst().getFilters().getFirst().getRequestRedirect().getScheme())
      .isEqualTo("https");
    assertThat(redirect.getSpec().getRules().getFirst().getBackendRefs()).isEmpty();
    assertThat(routes).allSatisfy(route -> assertThat(route.getSpec().getParentRefs()).hasSize(1)
      .allMatch(parent -> parent.getSectionName().equals("https")));
  }

  /** The API server would refuse the route. */
  @Test
  void route_isNotLongerThanGatewaysTake() {
    assertThat(routes)
      .allSatisfy(route -> assertThat(route.getSpec().getRules()).hasSizeLessThanOrEqualTo(MOST_RULES)
        .allSatisfy(rule -> assertThat(rule.getMatches()).hasSizeLessThanOrEqualTo(MOST_MATCHES)));
  }

  @Test
  void listener_hasItsCertificateFromASecretThatTheReadmeMakes() {
    Listener https = gateway.getSpec()
      .getListeners()
      .stream()
      .filter(listener -> listener.getName().equals("https"))
      .findFirst()
      .orElseThrow();
    assertThat(https.getProtocol()).isEqualTo("HTTPS");
    String secret = https.getTls().getCertificateRefs().getFirst().getName();
    assertThat(Readme.commands()).anyMatch(
        command -> command.containsAll(List.of("create", "secret", "tls", secret)));
  }

  @Test
  void listener_admitsTheNamespaceOfItsRoute() {
    for (Listener listener : gateway.getSpec().getListeners()) {
      assertThat(routes)
        .allSatisfy(
            route -> assertThat(route.getSpec().getHostnames()).containsExactly(listener.getHostname()));
    }
    assertThat(routes)
      .allSatisfy(route -> assertThat(gateway.getSpec()
        .getListeners()
        .get(1)
        .getAllowedRoutes()
        .getNamespaces()
        .getSelector()
        .getMatchLabels()).containsEntry("kubernetes.io/metadata.name", route.getMetadata().getNamespace()));
  }

  /** From "POST /v1/send" to the function's name, by the route. */
  private Map<String, String> routed() {
    Map<String, String> operations = new TreeMap<>();
    for (HTTPRouteRule rule : rules()) {
      rule.getMatches()
        .stream()
        .filter(match -> match.getMethod() != null)
        .forEach(
            match -> operations.put(match.getMethod() + " " + match.getPath().getValue(), function(rule)));
    }
    return operations;
  }

  private List<HTTPRouteRule> rules() {
    return routes.stream().flatMap(route -> route.getSpec().getRules().stream()).toList();
  }

  private static HTTPRoute route(String name) {
    return Manifests.all(HTTPRoute.class)
      .stream()
      .filter(route -> route.getMetadata().getName().equals(name))
      .findFirst()
      .orElseThrow();
  }

  private static String function(HTTPRouteRule rule) {
    return host(rule).substring(0, host(rule).indexOf('.'));
  }

  private static String host(HTTPRouteRule rule) {
    return rule.getFilters().getFirst().getUrlRewrite().getHostname();
  }
}
