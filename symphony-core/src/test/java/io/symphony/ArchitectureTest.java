package io.symphony;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The architecture, as far as a class file shows it. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.symphony");

    @ParameterizedTest(name = "{0} knows {1}")
    @CsvSource({
        "fleet, fleet",
        "health, fleet health",
        "routing, fleet routing",
        "scaling, scaling",
        "rollout, rollout",
        "spi, fleet spi",
        "process, fleet spi process",
        "engine, fleet health rollout routing scaling spi engine",
        "rehearsal, fleet health rollout routing scaling spi engine rehearsal"
    })
    void dependenciesRunOneWay(String from, String allowed) {
        String[] packages = allowed.replaceAll("(\\w+)", "io.symphony.$1").split(" ", -1);

        noClasses()
                .that()
                .resideInAPackage("io.symphony." + from)
                .should()
                .dependOnClassesThat(resideInAPackage("io.symphony..").and(not(resideInAnyPackage(packages))))
                .check(CORE);
    }

    @Test
    void coreNeedsTheJdkAndALoggingFacadeOnlyAndMicrometerWhereSomebodyBringsIt() {
        classes()
                .that()
                .resideOutsideOfPackage("io.symphony.micrometer")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.symphony..", "java..", "org.slf4j..", "org.jspecify.annotations..")
                .check(CORE);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.symphony.micrometer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.symphony.micrometer")
                .check(CORE);
    }

    @Test
    void noExportedSignatureShowsTheEngine() {
        classes()
                .that()
                .resideOutsideOfPackage("io.symphony.engine")
                .and()
                .arePublic()
                .should(showNothingOf("io.symphony.engine"))
                .check(CORE);
    }

    private static ArchCondition<JavaClass> showNothingOf(String hidden) {
        return new ArchCondition<>("show nothing of " + hidden) {
            @Override
            public void check(JavaClass exported, ConditionEvents events) {
                List<JavaMember> members = new ArrayList<>(exported.getMembers());
                members.removeIf(member -> !isVisible(member));
                for (JavaMember member : members) {
                    for (JavaClass type : shown(member)) {
                        if (type.getPackageName().equals(hidden)) {
                            events.add(SimpleConditionEvent.violated(
                                    member, member.getFullName() + " shows " + type.getName()));
                        }
                    }
                }
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** All types that a signature names, those between angle brackets too. */
    private static Set<JavaClass> shown(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        Set<JavaClass> types = new HashSet<>(unit.getReturnType().getAllInvolvedRawTypes());
        unit.getParameterTypes().forEach(each -> types.addAll(each.getAllInvolvedRawTypes()));
        unit.getThrowsClause().getTypes().forEach(types::add);
        return types;
    }
}
