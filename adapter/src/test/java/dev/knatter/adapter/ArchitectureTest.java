package dev.knatter.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses ADAPTER = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages("dev.knatter.adapter");

  @Test
  void adapter_knowsNothingOfTheRest() {
    noClasses().should()
      .dependOnClassesThat(DescribedPredicate.describe("the product's other classes",
          (JavaClass c) -> c.getPackageName().startsWith("dev.knatter")
              && !c.getPackageName().startsWith("dev.knatter.adapter")))
      .check(ADAPTER);
  }

  @Test
  void roomsBelow_doNotKnowTheRoomsAbove() {
    noClasses().that()
      .resideInAPackage("..http..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.knatter.adapter", "..adapter.json..", "..adapter.event..",
          "..adapter.stream..", "..adapter.held..", "org.springframework..", "tools.jackson..")
      .check(ADAPTER);
    noClasses().that()
      .resideInAPackage("..json..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.knatter.adapter", "..adapter.http..", "..adapter.event..",
          "org.springframework..", "io.netty..")
      .check(ADAPTER);
    noClasses().that()
      .resideInAPackage("..event..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.knatter.adapter", "org.springframework..", "io.netty..")
      .check(ADAPTER);
  }

  @Test
  void streams_doNotKnowHowTheyAreServed() {
    noClasses().that()
      .resideInAPackage("..adapter.stream..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.knatter.adapter", "..adapter.held..", "..adapter.http..")
      .check(ADAPTER);
    noClasses().that()
      .resideInAPackage("..adapter.held..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.knatter.adapter")
      .check(ADAPTER);
  }

  @Test
  void netty_isSeenByTheHttpRoomAlone() {
    noClasses().that()
      .resideOutsideOfPackage("..adapter.http..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.netty..")
      .check(ADAPTER);
  }

  @Test
  void noApplicationContext_isCreated() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.springframework.context..", "org.springframework.boot..")
      .check(ADAPTER);
  }

  /** Its streaming API. Databind would take a start's time, and binds less strictly. */
  @Test
  void jackson_isUsedForStreamingAlone_andInTheJsonRoomAlone() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("tools.jackson.databind..", "com.fasterxml.jackson..")
      .check(ADAPTER);
    noClasses().that()
      .resideOutsideOfPackage("..adapter.json..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("tools.jackson..")
      .check(ADAPTER);
  }

  /** Micrometer is a few classes' business, so that what reports metrics does not need Prometheus. */
  @Test
  void prometheus_isSeenByTheMetricsAlone() {
    noClasses().that()
      .doNotBelongToAnyOf(Metrics.class)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.micrometer.prometheusmetrics..", "io.prometheus..")
      .check(ADAPTER);
  }

  /** They change without notice. */
  @Test
  void internalsOfLibraries_areNotUsed() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.netty.util.internal..", "io.netty.channel.internal..",
          "tools.jackson.core.internal..",
          "io.micrometer.core.instrument.internal..", "io.micrometer.core.util.internal..", "sun..",
          "jdk.internal..",
          "com.sun..")
      .check(ADAPTER);
  }

  @Test
  void classes_areNeitherReadNorMadeAtRunTime() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("java.lang.classfile..", "java.lang.instrument..", "org.objectweb.asm..",
          "org.springframework.asm..", "org.springframework.cglib..", "net.bytebuddy..", "javassist..")
      .check(ADAPTER);
  }
}
