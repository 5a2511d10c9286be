package dev.knatter.guard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.connection.AddressResolverGroupFactory;
import org.redisson.connection.ConnectionListener;

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
          "com.datastax..", "org.redisson..", "io.netty.resolver", "com.nimbusds..", "com.github.benmanes..",
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
          "io.micrometer.core..", "org.erdtman.jcs")
      .check(OURS);
  }

  /** Libraries are used by their public ways. */
  @Test
  void internalsOfTheDriver_andItsNetty_areNotUsed() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.datastax.oss.driver.internal..", "com.datastax.dse.driver.internal..")
      .check(OURS);
    noClasses().that()
      .resideInAnyPackage("dev.knatter.shared..", "dev.knatter.chat..")
      .and()
      .doNotHaveSimpleName("RedissonConfig") // it takes one of Netty's resolvers
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.netty..")
      .check(OURS);
  }

  /** The driver has it on the class path. Ours is Jackson 3. */
  @Test
  void jackson2_isTheDriversAlone() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
      .check(OURS);
  }

  /** So a reader can begin with any of them and need not know those above it. */
  @Test
  void rooms_needNoneThatNeedsThem() {
    slices().matching("dev.knatter.(chat|shared).(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void redisson_isSeenByTheStoresAlone_andByItsPublicWays() {
    noClasses().that()
      .resideOutsideOfPackage("dev.knatter.shared.store")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("org.redisson..")
      .check(OURS);
    noClasses().should()
      .dependOnClassesThat(resideInAPackage("org.redisson..")
        .and(not(belongToAnyOf(Redisson.class, ConnectionListener.class, AddressResolverGroupFactory.class)))
        .and(not(resideInAnyPackage("org.redisson.api..", "org.redisson.config", "org.redisson.client",
            "org.redisson.client.codec"))))
      .check(OURS);
  }

  @Test
  void classes_areNeitherReadNorMadeAtRunTime() {
    noClasses().should()
      .dependOnClassesThat()
      .resideInAnyPackage("java.lang.classfile..", "java.lang.instrument..", "org.objectweb.asm..",
          "net.bytebuddy..", "javassist..")
      .check(OURS);
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
}
