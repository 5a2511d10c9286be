package dev.knatter.functions.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page and the files that it loads, as they are served. Modules import each other by their plain names; the import map of the
 * page leads from these to the names with hashes, so no file has to be rewritten.
 *
 * @param assets by the names under which they are served
 * @param policy the page's Content-Security-Policy
 */
record Site(Map<String, SiteFile> assets, SiteFile page, String policy, SiteFile worker) {
  private static final String FOLDER = "/assets/";

  /** Reads the resource {@code /web/files}, which lists the files, and the files. */
  static Site load(Optional<SignIn> signIn) {
    Map<String, String> modules = new LinkedHashMap<>(); // the URL of each by the name that others import
    Map<String, SiteFile> assets = new LinkedHashMap<>();
    for (List<String> line : lines()) {
      SiteFile file = SiteFile.read(line.get(1), line.get(2));
      String served = file.hashedName();
      assets.put(served, file);
      if (!line.get(0).equals("-")) {
        modules.put(line.get(0), FOLDER + served);
      }
    }
    String importMap = modules.entrySet()
      .stream()
      .map(module -> quoted(module.getKey()) + ":" + quoted(module.getValue()))
      .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    SiteFile page = page(modules.values(), assets, importMap, signIn);
    return new Site(assets, page, ContentPolicy.ofPage(importMap, signIn), worker(assets));
  }

  /** Each line: the specifier that modules import it by (- for none), its name, its resource. */
  private static List<List<String>> lines() {
    return SiteFile.read("files", "/web/files")
      .text()
      .lines()
      .filter(line -> !line.isBlank() && !line.startsWith("#"))
      .map(line -> List.of(line.strip().split(" +", -1)))
      .toList();
  }

  private static SiteFile page(Collection<String> modules, Map<String, SiteFile> assets, String importMap,
      Optional<SignIn> signIn) {
    SiteFile template = SiteFile.read("index.html", "/web/index.html");
    String preloads = modules.stream()
      .map(url -> "<link rel=\"modulepreload\" href=\"" + url + "\">")
      .collect(Collectors.joining("\n"));
    String text = template.text().replace("{{importmap}}", importMap).replace("{{preloads}}", preloads);
    for (Map.Entry<String, SiteFile> asset : assets.entrySet()) {
      text = text.replace("{{" + asset.getValue().name() + "}}", FOLDER + asset.getKey());
    }
    return template.with(text.replace("{{sign-in}}", escaped(signIn.map(Site::attributes).orElse(""))));
  }

  private static String attributes(SignIn signIn) {
    return "{\"issuer\":" + quoted(signIn.issuer().toString()) + ",\"clientId\":" + quoted(signIn.clientId())
        + ",\"scope\":" + quoted(signIn.scope()) + "}";
  }

  /** The worker keeps these files, so that the page opens without a connection. */
  private static SiteFile worker(Map<String, SiteFile> assets) {
    SiteFile template = SiteFile.read("worker.js", "/web/worker.js");
    String urls = assets.keySet()
      .stream()
      .map(name -> quoted(FOLDER + name))
      .collect(Collectors.joining(",", "[", "]"));
    return template.with(template.text().replace("['{{assets}}']", urls));
  }

  /** As a JSON string. The operator chose the text, and it has no control characters. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** As the value of an attribute in quotes. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}
