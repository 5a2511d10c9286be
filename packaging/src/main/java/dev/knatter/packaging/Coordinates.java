package dev.knatter.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * By which Maven knows a part of a class path. A jar's pom lies beside it in the local repository, and that of a folder of
 * classes above it; what has none is known by its name alone.
 */
record Coordinates(@Nullable String group, String artifact, @Nullable String version) {
  static Coordinates of(Path element) {
    Path pom = Files.isDirectory(element) ? above(element) : beside(element);
    if (pom == null || !Files.exists(pom)) {
      return new Coordinates(null, ResourceFilter.library(element), null);
    }
    Element project = parse(pom);
    return new Coordinates(inherited(project, "groupId"),
        Objects.requireNonNull(child(project, "artifactId"), pom.toString()).getTextContent().strip(),
        // A pom in the repository may say ${revision}; its folder says what that is.
        Files.isDirectory(element) ? inherited(project, "version") : name(pom.getParent()));
  }

  /** {@code module/target/classes} belongs to {@code module/pom.xml}. */
  private static @Nullable Path above(Path classes) {
    Path target = classes.getParent();
    return target == null ? null : target.resolveSibling("pom.xml");
  }

  /** {@code artifact/version/artifact-version-classifier.jar} belongs to {@code artifact-version.pom}. */
  private static @Nullable Path beside(Path jar) {
    Path version = jar.getParent();
    Path artifact = version == null ? null : version.getParent();
    return artifact == null ? null : jar.resolveSibling(name(artifact) + "-" + name(version) + ".pom");
  }

  private static String name(@Nullable Path folder) {
    return folder == null ? "" : String.valueOf(folder.getFileName());
  }

  /** As purl-spec has it for Maven; null without a version. */
  @Nullable
  String packageUrl() {
    return group == null || version == null ? null : "pkg:maven/" + group + "/" + artifact + "@" + version;
  }

  private static Element parse(Path pom) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(pom + " is no pom", e);
    }
  }

  private static @Nullable String inherited(Element project, String name) {
    Element own = child(project, name);
    Element parent = child(project, "parent");
    Element found = own != null || parent == null ? own : child(parent, name);
    return found == null ? null : found.getTextContent().strip();
  }

  private static @Nullable Element child(Element element, String name) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        return child;
      }
    }
    return null;
  }
}
