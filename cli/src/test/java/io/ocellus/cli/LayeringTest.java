package io.ocellus.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** trainer -> common <- inferencer; the command line alone sees both. */
class LayeringTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.ocellus");

  private static final String TRAINER = "io.ocellus.trainer..";
  private static final String INFERENCER = "io.ocellus.inferencer..";
  private static final String CLI = "io.ocellus.cli..";
  private static final String TESTBED = "io.ocellus.testbed..";

  private static void never(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(CLASSES);
  }

  @Test
  void theTrainerKnowsNothingOfTheInferencer() {
    never(TRAINER, INFERENCER, CLI, TESTBED);
  }

  @Test
  void theInferencerKnowsNothingOfTheTrainer() {
    never(INFERENCER, TRAINER, CLI, TESTBED);
  }

  @Test
  void whatIsCommonKnowsNeitherServiceNorTheCommandLine() {
    for (String part :
        new String[] {
          "config", "topic", "image", "network", "checkpoint", "failure", "file", "page", "service"
        }) {
      never("io.ocellus." + part + "..", TRAINER, INFERENCER, CLI, TESTBED);
    }
  }

  @Test
  void theTestbedKnowsNothingOfTheProduct() {
    noClasses()
        .that()
        .resideInAPackage(TESTBED)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are the product's",
                c ->
                    c.getPackageName().startsWith("io.ocellus.")
                        && !c.getPackageName().startsWith("io.ocellus.testbed")))
        .check(CLASSES);
  }

  @Test
  void commandsDoNotDependOnEachOtherInCircles() {
    slices().matching("io.ocellus.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("io.ocellus.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
