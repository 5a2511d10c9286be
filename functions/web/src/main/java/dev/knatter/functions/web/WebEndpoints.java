package dev.knatter.functions.web;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;

/** Builds the endpoints of this function. */
public final class WebEndpoints {
  private static final Route<AssetQuery> ASSET = Route.file("/assets/{file}", "web-asset", AssetQuery.class);
  private static final Route<PageQuery> PAGE = Route.file("/", "web", PageQuery.class);
  /** At the root, because a worker sees only requests for paths below its own. */
  private static final Route<PageQuery> WORKER = Route.file("/worker.js", "web-worker", PageQuery.class);

  private WebEndpoints() {}

  /** The endpoints need no store. */
  public static List<Endpoint<?>> endpoints(Env env) {
    Site site = Site.load(SignIn.from(env));
    return List.of(new Endpoint<>(ASSET, Guard.unlimited(new AssetFunction(site.assets()))),
        new Endpoint<>(PAGE, Guard.unlimited(new PageFunction(site.page(), site.policy()))),
        new Endpoint<>(WORKER, Guard.unlimited(new PageFunction(site.worker(), ContentPolicy.NOTHING))));
  }
}
