package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two copies of the application with 16 threads each cast ballots of the same 150 voters over three channels. On the way one copy is
 * killed, the database is killed and comes back, a candidate is withdrawn; then the clock closes the round under them. Afterwards
 * every acknowledged ballot is there, once, and nothing else is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrnHammerTest {

    private static final String SLUG = "hammer";
    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    private int port;
    private EmbeddedPostgres postgres;
    private final List<Process> copies = new ArrayList<>();
    private long round;

    @BeforeAll
    void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        postgres = startDatabase();
    }

    @AfterAll
    void stop() throws IOException {
        copies.forEach(Process::destroyForcibly);
        postgres.close();
    }

    @Test
    void every_acknowledged_ballot_is_counted_exactly_once_and_nobody_votes_twice() throws Exception {
        try (var desk = ApplicationContext.run(UrnHammer.properties(database()))) {
            round = announce(desk);
        }
        var first = copy(1);
        copy(2);
        until("both copies cast", () -> acknowledged(1) > 60 && acknowledged(2) > 60);
        withdrawTheLast();
        int before = acknowledged(1);
        until("ballots go on after the withdrawal", () -> acknowledged(1) > before + 20);
        first.destroyForcibly().waitFor();
        killDatabase();
        postgres = startDatabase();
        copy(3);
        int after = acknowledged(2);
        until("ballots go on after the crash", () -> acknowledged(2) > after + 40 && acknowledged(3) > 60);
        closeIn(Duration.ofSeconds(2));
        for (var copy : copies) {
            assertThat(copy.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        try (var desk = ApplicationContext.run(UrnHammer.properties(database()))) {
            check(desk);
        }
    }

    /** What the three copies said, and what the roll and the urn hold. */
    private void check(ApplicationContext desk) throws Exception {
        var said = said();
        assertThat(said).filteredOn(line -> line.startsWith("wrong")).isEmpty();
        assertThat(said)
                .filteredOn(line -> line.startsWith("no") && line.endsWith("over"))
                .isNotEmpty();
        assertThat(said)
                .filteredOn(line -> line.startsWith("no") && line.endsWith("voted"))
                .isNotEmpty();
        assertThat(said).filteredOn(line -> line.startsWith("err")).isNotEmpty();
        assertThat(said)
                .filteredOn(line -> line.startsWith("no"))
                .allMatch(line -> line.endsWith("over") || line.endsWith("voted"));

        var urn = desk.getBean(HammerDesk.class).everything(round);
        var channels = urn.channels();
        for (var line : said) {
            var words = line.split(" ");
            if (words[0].equals("ack")) {
                assertThat(channels).as(line).containsEntry(Integer.valueOf(words[2]), words[1]);
            }
        }
        var tried = new HashMap<Integer, Set<String>>();
        var acknowledged = new HashMap<Integer, Set<String>>();
        var kiosks = new HashMap<Integer, String>();
        for (var line : said) {
            var words = line.split(" ");
            int voter = Integer.parseInt(words.length > 2 ? words[2] : "-1");
            if (line.startsWith("try web")) {
                tried.computeIfAbsent(voter, none -> new HashSet<>()).add(words[3]);
            } else if (line.startsWith("ack web")) {
                acknowledged.computeIfAbsent(voter, none -> new HashSet<>()).add(words[4]);
            } else if (line.startsWith("ack kiosk")) {
                assertThat(kiosks.put(voter, words[3]))
                        .as("a second ballot at the kiosk")
                        .isNull();
            }
        }
        var sums = new TreeMap<Integer, Integer>();
        int ballots = 0;
        for (int voter = 0; voter < UrnHammer.VOTERS; voter++) {
            var channel = channels.getOrDefault(voter, "");
            var lying = urn.byToken().get(voter);
            switch (channel) {
                case "web" -> {
                    if (lying == null) {
                        throw new AssertionError("The ballot of voter " + voter + " is gone");
                    }
                    var attempt = urn.attempt(voter, tried.getOrDefault(voter, Set.of()), lying.receipt());
                    assertThat(lying.choice()).isEqualTo(UrnHammer.webChoice(voter, attempt));
                    lying.choice().points().keySet().forEach(number -> sums.merge(number, 1, Integer::sum));
                    ballots++;
                }
                case "kiosk" -> {
                    assertThat(lying).isNull();
                    if (kiosks.containsKey(voter)) {
                        assertThat(urn.byReceipt().get(kiosks.get(voter))).isEqualTo(UrnHammer.kioskChoice(voter));
                    }
                    UrnHammer.kioskChoice(voter)
                            .points()
                            .keySet()
                            .forEach(number -> sums.merge(number, 1, Integer::sum));
                    ballots++;
                }
                default -> {
                    assertThat(lying).isNull();
                    assertThat(acknowledged).doesNotContainKey(voter);
                }
            }
        }
        assertThat(urn.byReceipt()).hasSize(ballots);
        assertThat(urn.sums()).isEqualTo(sums);
        assertThat(channels.values()).contains("web", "kiosk", "paper");

        var counting = desk.getBean(Counting.class);
        assertThat(counting.count(round)).isTrue();
        assertThat(counting.count(round)).as("a second time").isFalse();
        var counted = desk.getBean(HammerDesk.class).counted(round);
        assertThat(counted.sums()).isEqualTo(sums);
        assertThat(counted.ballots()).isEqualTo(ballots);
        assertThat(counted.receipts())
                .containsExactlyInAnyOrderElementsOf(urn.byReceipt().keySet());
        assertThat(counted.left()).as("rows of the urn and keys").isZero();
    }

    private long announce(ApplicationContext desk) {
        return desk.getBean(HammerDesk.class).announce(SLUG);
    }

    private Process copy(int number) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        UrnHammer.class.getName(),
                        database(),
                        SLUG,
                        file(number).toString(),
                        String.valueOf(THREADS),
                        String.valueOf(number))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("copy-" + number + ".err").toFile())
                .start();
        copies.add(process);
        return process;
    }

    private Path file(int number) {
        return folder.resolve("copy-" + number + ".txt");
    }

    private int acknowledged(int number) {
        return (int) lines(file(number)).stream()
                .filter(line -> line.startsWith("ack"))
                .count();
    }

    private List<String> said() {
        return IntStream.rangeClosed(1, copies.size())
                .mapToObj(number -> lines(file(number)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void until(String what, BooleanSupplier so) throws InterruptedException, IOException {
        var ends = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + errors()).isLessThan(ends);
            Thread.sleep(50);
        }
    }

    private String errors() throws IOException {
        var all = new StringBuilder();
        for (int i = 1; i <= copies.size(); i++) {
            all.append('\n').append(Files.readString(folder.resolve("copy-" + i + ".err")));
        }
        return all.toString();
    }

    /** As the desk does it: alone with the round. */
    private void withdrawTheLast() throws SQLException {
        sql(
                "begin",
                "select pg_advisory_xact_lock(" + 0x766f7465 + ", " + round + ")",
                "insert into vote_withdrawals (round_id, number, at, by, reason) select round_id, number, now(), 1,"
                        + " 'Der Ort wird umgebaut.' from vote_candidates where round_id = " + round + " and number > "
                        + (UrnHammer.CANDIDATES - 2),
                "commit");
    }

    private void closeIn(Duration time) throws SQLException {
        sql("insert into vote_prolongations (round_id, closes_at, at, by, reason) values (" + round
                + ", now() + interval '" + time.toSeconds() + " s', now(), 1, 'Das Ende des Hammers.')");
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(database());
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private String database() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** With all that makes it durable. */
    private EmbeddedPostgres startDatabase() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setServerConfig("max_connections", "80")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Without a word: as after a power cut of its processes. */
    private void killDatabase() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        var children = postmaster.children().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().get(30, TimeUnit.SECONDS);
        for (var child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        // Nothing is left to be stopped; this gives back the folder.
        postgres.close();
    }
}
