package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of packages is the architecture. To change it, move a word. */
class ArchitectureTest {

    /** From the ground up: code uses what stands before it and never what stands after it. */
    static final List<String> STOREYS = List.of(
            "shared",
            "audit",
            "mail",
            "limits",
            "places",
            "people",
            "signin",
            "bodies",
            "residence",
            "budgets",
            "ideas",
            "moderation",
            "allocation",
            "votes",
            "applications",
            "statements",
            "council",
            "oparl",
            "grants",
            "insights",
            "notifications",
            "accessibility",
            "opendata",
            "privacy",
            "site",
            "town");

    /** Folders of web/ that are no feature. */
    private static final Set<String> PARTS = Set.of("components", "messages");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("motette");

    @Test
    void code_never_reaches_upwards() {
        var reachingUp = CLASSES.stream()
                .filter(type -> !storey(type).isEmpty())
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> !storey(use.getTargetClass()).isEmpty())
                .filter(use ->
                        STOREYS.indexOf(storey(use.getTargetClass())) > STOREYS.indexOf(storey(use.getOriginClass())))
                .map(Dependency::getDescription)
                .toList();
        assertThat(reachingUp).isEmpty();
    }

    @Test
    void every_package_has_a_storey() {
        assertThat(CLASSES.stream()
                        .map(ArchitectureTest::storey)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()))
                .isSubsetOf(STOREYS);
    }

    @Test
    void every_folder_of_web_bears_the_name_of_a_feature() throws IOException {
        try (var folders = Files.list(Path.of("web"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .allMatch(name -> STOREYS.contains(name) || PARTS.contains(name));
        }
    }

    /** Thymeleaf replaces before it asks, so the condition would be passed over. */
    @Test
    void no_template_asks_and_replaces_on_the_same_element() throws IOException {
        var both = Pattern.compile(
                "<[^>]*th:(if|unless|each)=[^>]*th:(replace|insert)=|<[^>]*th:(replace|insert)=[^>]*th:(if|unless|each)=");
        try (var files = Files.walk(Path.of("web"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                assertThat(both.matcher(Files.readString(file)).results().map(MatchResult::group))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void controllers_and_repositories_are_nobody_elses_business() {
        var open = CLASSES.stream()
                .filter(type -> type.getSimpleName().endsWith("Controller")
                        || type.getSimpleName().endsWith("Repository"))
                .filter(type -> !type.getSimpleName().startsWith("$"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .toList();
        assertThat(open).isEmpty();
    }

    @Test
    void every_package_says_why_it_exists_and_knows_no_null() {
        for (var storey : STOREYS) {
            var folder = Path.of("src/main/java/motette", storey);
            if (Files.exists(folder)) {
                assertThat(folder.resolve("package-info.java")).content().contains("/**", "@NullMarked");
            }
        }
    }

    private static String storey(JavaClass type) {
        var rest = type.getPackageName().startsWith("motette.")
                ? type.getPackageName().substring("motette.".length())
                : "";
        return rest.isEmpty() ? "" : rest.split("\\.")[0];
    }
}
