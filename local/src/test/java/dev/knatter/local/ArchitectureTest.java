package dev.knatter.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.lang.reflect.AnnotatedElement;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
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

  /** The first one that is asked for costs a start two proxies, which no AOT cache keeps. */
  @Test
  void annotations_areAskedForByNobody() {
    noClasses().should()
      .callMethodWhere(DescribedPredicate.describe("it asks for annotations",
          (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(AnnotatedElement.class)
              && call.getName().contains("Annotation")))
      .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.knatter.shared", "dev.knatter.chat", "dev.knatter.guard", "dev.knatter.adapter",
            "dev.knatter.functions"));
  }
}
