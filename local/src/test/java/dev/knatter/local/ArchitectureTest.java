package dev.knatter.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Here all functions are on the class path. */
final class ArchitectureTest {

  /** It is on the class path, as Spring Cloud Function wants it, but costs a start more than all of ours. */
  @Test
  void jackson_isLoadedByNoFunction() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAPackage("tools.jackson..")
      .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.knatter.functions", "dev.knatter.local"));
  }

  /**
   * Two classes post to the addresses that an operator has configured. Only outbound may call URLs that strangers have chosen,
   * because it checks their addresses.
   */
  @Test
  void apachesClient_isUsedByOutboundAndWhatPostsToConfiguredAddresses() {
    noClasses().that()
      .resideOutsideOfPackage("dev.knatter.outbound")
      .and()
      .doNotHaveFullyQualifiedName("dev.knatter.adapter.event.EventSender")
      .and()
      .doNotHaveFullyQualifiedName("dev.knatter.adapter.event.PlainHttp") // which only makes the clients
      .and()
      .doNotHaveFullyQualifiedName("dev.knatter.adapter.stream.GripPublisher")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("org.apache.hc..")
      .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.knatter"));
  }
}
