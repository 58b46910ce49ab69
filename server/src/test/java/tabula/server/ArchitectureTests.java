package tabula.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows: games ← agents ← server, and each library in its own room. */
@AnalyzeClasses(packages = "tabula", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest
  static final ArchRule games_dependOnNothing =
      classes()
          .that()
          .resideInAPackage("tabula.games..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("tabula.games..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule agents_doNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage("tabula.agents..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tabula.server..", "io.vertx..");

  @ArchTest
  static final ArchRule nd4j_staysInItsRoom =
      noClasses()
          .that()
          .resideOutsideOfPackages("tabula.agents.network.nd4j..", "tabula.agents.rl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule rl4j_staysInItsRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("tabula.agents.rl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..");

  @ArchTest
  static final ArchRule busAddresses_areKnownInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("tabula.server.bus..")
          .should()
          .callMethod(io.vertx.core.Vertx.class, "eventBus");

  @ArchTest
  static final ArchRule sql_staysInTheStore =
      noClasses()
          .that()
          .resideOutsideOfPackages("tabula.server.store..", "tabula.server.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..", "org.flywaydb..");

  @ArchTest
  static final ArchRule roomsOfTheAgents_formNoCycle =
      slices().matching("tabula.agents.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheServer_formNoCycle =
      slices().matching("tabula.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule games_doNotKnowEachOther =
      slices()
          .matching("tabula.games.(*)..")
          .should()
          .notDependOnEachOther()
          // What games are written with belongs to all of them, and knows none.
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(), resideInAPackage("tabula.games.record.."));
}
