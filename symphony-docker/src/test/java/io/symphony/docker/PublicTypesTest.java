package io.symphony.docker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicTypesTest {

    private static final DescribedPredicate<JavaClass> FOREIGN = resideInAPackage("com.github.dockerjava..")
            .or(resideInAPackage("org.apache.."))
            .or(resideInAPackage("com.fasterxml.."));

    /** A type nested in an interface is public by the language, even where nobody sees the interface. */
    private static final DescribedPredicate<JavaClass> VISIBLE = DescribedPredicate.describe(
            "are public to the outside",
            type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC));

    @Test
    void noTypeOfALibraryIsInAPublicSignature() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.symphony.docker");

        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(VISIBLE)
                .should()
                .notHaveRawReturnType(FOREIGN)
                .andShould()
                .notHaveRawParameterTypes(anyOf())
                .check(ours);
    }

    private static DescribedPredicate<List<JavaClass>> anyOf() {
        return DescribedPredicate.describe(
                "any of a library", types -> types.stream().anyMatch(FOREIGN));
    }
}
