package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Doors that attacks come through, and the few classes that open one. Whoever adds a class here says why what it is given can
 * lead nowhere else: no address, no file and no markup that somebody outside chose.
 */
class DoorsTest {

    /**
     * Mails go to the server of the configuration. Start: is the port free. Providers of sign-ins: only the hosts that the
     * configuration names, which OutsideTest tries. Tiles: the map service of the configuration, with numbers for an address.
     * A translation service: only the address of the configuration, no redirects.
     */
    private static final Set<String> TO_OTHER_SERVERS = Set.of(
            "motette.mail.MailLine",
            "motette.mail.Postman",
            "motette.Application",
            "motette.signin.oidc.Outside",
            "motette.places.Tiles",
            "motette.ideas.LibreTranslate");

    /**
     * The checksum of the assets, and their own jar; what a person takes along is packed. The command verify, which no route leads to,
     * unpacks the files of a round up to their largest size.
     */
    private static final Set<String> ARCHIVES =
            Set.of("motette.Assets", "motette.privacy.Download", "motette.votes.Archive");

    /** A newer Java, before anything of ours runs; the database of the demo city. */
    private static final Set<String> PROCESSES = Set.of("motette.Launcher", "motette.EmbeddedDatabase");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("motette");

    /** Server-side request forgery needs a server that fetches addresses. */
    @Test
    void nothing_fetches_an_address() {
        assertThat(opening(access -> named(access, "java.net.http.")
                        || named(access, "java.net.HttpURLConnection")
                        || named(access, "java.net.URLConnection")
                        || named(access, "java.net.Socket")
                        || named(access, "java.net.DatagramSocket")
                        || named(access, "java.nio.channels.SocketChannel")
                        || named(access, "java.net.ServerSocket")
                        || named(access, "io.micronaut.http.client.")
                        || named(access, "jakarta.mail.")
                        || access.getTargetOwner().getName().equals("java.net.URL")
                                && Set.of("openConnection", "openStream", "getContent")
                                        .contains(access.getName())
                        || access.getTargetOwner().getName().equals("java.net.InetAddress")
                                && access.getName().contains("ByName")))
                .isSubsetOf(TO_OTHER_SERVERS);
        assertThat(opening(access -> named(access, "jakarta.mail.")))
                .as("the test sees a door")
                .isNotEmpty();
    }

    /** External entities need a parser of XML. */
    @Test
    void nothing_reads_xml() {
        assertThat(opening(access -> named(access, "javax.xml.")
                        || named(access, "org.xml.sax.")
                        || named(access, "org.w3c.dom.")
                        || named(access, "org.dom4j.")
                        || named(access, "java.beans.XML")))
                .isEmpty();
    }

    /** A bomb in an archive needs somebody who unpacks it. */
    @Test
    void nothing_unpacks_an_archive() {
        assertThat(opening(access -> named(access, "java.util.zip.")
                        || named(access, "java.util.jar.")
                        || named(access, "org.apache.commons.compress.")
                        || access.getTargetOwner().getName().equals("java.nio.file.FileSystems")
                                && access.getName().equals("newFileSystem")))
                .isSubsetOf(ARCHIVES)
                .as("the test sees a door")
                .isNotEmpty();
    }

    /** Our own register, with the constructor that knows plain values only. */
    private static final Set<String> OWN_FILES = Set.of("motette.privacy.Register");

    @Test
    void nothing_revives_foreign_objects_runs_scripts_or_starts_programs() {
        assertThat(opening(access -> named(access, "java.io.ObjectInputStream")
                        || named(access, "javax.script.")
                        || named(access, "javax.naming.")
                        || named(access, "org.yaml.snakeyaml.")))
                .isSubsetOf(OWN_FILES);
        assertThat(opening(access -> named(access, "java.lang.ProcessBuilder")
                        || access.getTargetOwner().getName().equals("java.lang.Runtime")
                                && access.getName().equals("exec")))
                .isSubsetOf(PROCESSES);
    }

    private static boolean named(JavaAccess<?> access, String start) {
        return access.getTargetOwner().getName().startsWith(start);
    }

    private static Set<String> opening(Predicate<JavaAccess<?>> door) {
        return CLASSES.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(door))
                .map(DoorsTest::outermost)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
