package dev.knatter.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Duration;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the modules point one way: functions, then guard, then core; core and the adapter never meet. */
final class ArchitectureTest {
  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages("dev.knatter");

  @Test
  void shared_knowsTheStoresAndTokensAndNothingAbove() {
    classes().that()
      .resideInAPackage("dev.knatter.shared..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("dev.knatter.shared..", "java..", "javax..", "org.jspecify..", "org.slf4j..",
          "com.datastax..", "io.netty..", "com.nimbusds..", "com.github.benmanes..",
          "io.micrometer.core..")
      .check(OURS);
  }

  @Test
  void chat_knowsShared() {
    classes().that()
      .resideInAPackage("dev.knatter.chat..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("dev.knatter.chat..", "dev.knatter.shared..", "java..", "javax..", "org.jspecify..",
          "org.slf4j..", "com.datastax..", "com.password4j..", "com.github.benmanes..",
          "io.micrometer.core..")
      .check(OURS);
  }

  /** It is the driver's; Redis' connection is a plain socket. */
  @Test
  void netty_isSeenByTheDriversThreadsAlone() {
    noClasses().that()
      .resideInAPackage("dev.knatter.shared..")
      .and()
      .doNotHaveSimpleName("LeanNetty")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.netty..")
      .check(OURS);
  }

  /** So a reader can begin with any of them and need not know those above it. */
  @Test
  void rooms_needNoneThatNeedsThem() {
    slices().matching("dev.knatter.(chat|shared).(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void guard_knowsTheRulesAndSpringsMessages() {
    classes().that()
      .resideInAPackage("dev.knatter.guard..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("dev.knatter.guard..", "dev.knatter.chat..", "dev.knatter.shared..", "java..",
          "org.jspecify..",
          "org.slf4j..",
          "org.springframework.messaging..")
      .check(OURS);
  }

  @Test
  void durations_areReckonedWithoutBigDecimal() {
    noClasses().should()
      .callMethod(Duration.class, "multipliedBy", long.class)
      .orShould()
      .callMethod(Duration.class, "dividedBy", long.class)
      .orShould()
      .callMethod(Duration.class, "negated")
      .orShould()
      .callMethod(Duration.class, "abs")
      .because("they load BigDecimal, which takes a fifteenth of a cold start to make its tables")
      .check(OURS);
  }
}
