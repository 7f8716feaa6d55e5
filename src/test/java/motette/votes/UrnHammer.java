package motette.votes;

import io.micronaut.context.ApplicationContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import motette.shared.Refused;

/**
 * One copy of the application in a process of its own, in which many threads cast ballots of the same few voters at once: what they try
 * and what was acknowledged goes into a file before anything else happens. Meant to be killed.
 */
final class UrnHammer {

    static final String SECRET = "a secret of the hammer, 0123456789 abcdef";
    static final int VOTERS = 150;
    static final int CANDIDATES = 12;

    /** Ends by itself. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private static final int REFUSALS_AFTER_THE_CLOSE = 3;

    private UrnHammer() {}

    /** Arguments: address of the database, slug of the round, file, threads, seed. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[3]);
        try (var context = ApplicationContext.run(properties(args[0]));
                var said = new FileOutputStream(Path.of(args[2]).toFile(), true)) {
            var urn = context.getBean(Urn.class);
            var ends = Instant.now().plus(LONGEST);
            say(said, "ready");
            try (var pool = Executors.newFixedThreadPool(threads)) {
                for (int i = 0; i < threads; i++) {
                    var random = new Random(Long.parseLong(args[4]) * 1000 + i);
                    pool.execute(() -> hammer(urn, args[1], said, random, ends));
                }
            }
        }
        System.exit(0);
    }

    static Map<String, Object> properties(String database) {
        return Map.of(
                "datasources.default.url", database,
                "datasources.default.maximum-pool-size", "16",
                "datasources.default.connection-timeout", "3000",
                "motette.assets.version", "test",
                "motette.secret", SECRET,
                "motette.demo", "false",
                "micronaut.server.port", "-1");
    }

    private static void hammer(Urn urn, String slug, OutputStream said, Random random, Instant ends) {
        var over = new AtomicInteger();
        while (over.get() < REFUSALS_AFTER_THE_CLOSE && Instant.now().isBefore(ends)) {
            pause(random.nextInt(60));
            int voter = random.nextInt(VOTERS);
            int channel = random.nextInt(100);
            if (channel < 80) {
                var attempt = Long.toHexString(random.nextLong());
                int taps = 1 + random.nextInt(2);
                for (int tap = 0; tap < taps; tap++) {
                    attempt(
                            said,
                            over,
                            "web " + voter + " " + attempt,
                            () -> urn.cast(slug, voter(voter), "", webChoice(voter, attempt), attempt));
                }
            } else if (channel < 92) {
                attempt(
                        said,
                        over,
                        "kiosk " + voter,
                        () -> urn.castForGood(slug, voter(voter), "", kioskChoice(voter), Channel.KIOSK));
            } else {
                attempt(said, over, "paper " + voter, () -> {
                    urn.handOut(slug, voter(voter), "");
                    return null;
                });
            }
        }
    }

    @FunctionalInterface
    private interface Deed {
        Urn.@org.jspecify.annotations.Nullable Outcome run();
    }

    private static void attempt(OutputStream said, AtomicInteger over, String what, Deed deed) {
        say(said, "try " + what);
        try {
            var outcome = deed.run();
            var receipt =
                    outcome instanceof Urn.Outcome.Cast cast ? cast.receipt().code() : "-";
            say(said, (outcome instanceof Urn.Outcome.Wrong ? "wrong " : "ack ") + what + " " + receipt);
        } catch (Refused refused) {
            say(said, "no " + what + " " + refused.refusal().reason().key());
            if (refused.refusal().reason().key().equals("votes.refused.over")) {
                over.incrementAndGet();
            }
        } catch (RuntimeException broken) {
            say(said, "err " + what + " " + broken.getClass().getSimpleName());
            pause(50);
        }
    }

    /** A breath, so that the next copy can start beside the others, and that a database that is away is not asked all the time. */
    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Written by one call, so that no line is torn when the process is killed. */
    private static void say(OutputStream said, String line) {
        try {
            synchronized (said) {
                said.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two districts take turns. */
    static Voter voter(int number) {
        return new Voter(hash("voter " + number), 0, number % 2 == 0 ? "2" : "3", number % 2 == 0 ? "20" : "30", "");
    }

    /** Candidates of the voter's district, chosen by what follows from the attempt alone. */
    static Choice webChoice(int voter, String attempt) {
        return choice(voter, "web " + attempt);
    }

    static Choice kioskChoice(int voter) {
        return choice(voter, "kiosk");
    }

    private static Choice choice(int voter, String of) {
        var bits = hash(of + " " + voter);
        var points = new TreeMap<Integer, Integer>();
        for (var number : candidatesOf(voter)) {
            if (bits[number] > 0) {
                points.put(number, 1);
            }
        }
        return new Choice(points);
    }

    /** Odd numbers stand in district 3, even ones in district 2; the last of each is withdrawn on the way and never chosen. */
    static List<Integer> candidatesOf(int voter) {
        return java.util.stream.IntStream.rangeClosed(1, CANDIDATES - 2)
                .filter(number -> number % 2 == voter % 2)
                .boxed()
                .toList();
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
