package dev.knatter.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ClientArchitectureTest {
  private static final JavaClasses CLIENT = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages("dev.knatter.client");

  /** Users get one dependency, and nothing of the product: what the client knows of it is in the documents. */
  @Test
  void client_dependsOnTheJdkAndJacksonAlone() {
    classes().should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("dev.knatter.client..", "java..", "tools.jackson..",
          "com.fasterxml.jackson.annotation",
          "org.jspecify.annotations")
      .check(CLIENT);
  }

  @Test
  void packages_areFreeOfCycles() {
    slices().matching("dev.knatter.client.(*)..").should().beFreeOfCycles().check(CLIENT);
  }
}
