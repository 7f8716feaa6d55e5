package motette.votes;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What {@code infra/bin/load votes} sends: people who sign in, tick, read the review and cast, each once. First paced, as on the last
 * evening of a round, while others read the home page; then as many as go.
 */
final class VotingLoad {

    private static final String SLUG = "last";
    private static final int CONNECTIONS = 16;
    private static final Pattern ATTEMPT = Pattern.compile("name=\"attempt\" value=\"([^\"]+)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI site;

    private VotingLoad(URI site) {
        this.site = site;
    }

    /** A voter who is signed in. */
    private record Device(int number, Map<String, String> cookies, AtomicReference<String> token) {}

    /** Arguments: fill, address of the database, home; or cast, address of the site, first voter, voters, ballots a second or 0. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("fill")) {
            fill(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
        } else {
            var load = new VotingLoad(URI.create(args[1]));
            int first = Integer.parseInt(args[2]);
            load.run(first, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        }
    }

    private static void fill(String database, Path home, int voters) throws IOException {
        var properties = new HashMap<>(UrnHammer.properties(database));
        properties.put("motette.secret", Files.readString(home.resolve("secret")));
        properties.put("motette.demo", "true");
        try (var context = ApplicationContext.run(properties)) {
            var desk = context.getBean(HammerDesk.class);
            System.out.println("round=" + desk.announce(SLUG));
            desk.settle(voters);
        }
    }

    private void run(int first, int count, int perSecond) throws Exception {
        var devices = new ConcurrentLinkedQueue<Device>();
        all(IntStream.range(first, first + count)
                .<Callable<Object>>mapToObj(number -> () -> devices.add(signIn(number)))
                .toList());
        System.err.println("casting");
        var taken = new AtomicLongArray(count);
        var done = new AtomicInteger();
        var errors = new AtomicInteger();
        long began = System.nanoTime();
        all(devices.stream()
                .<Callable<Object>>map(device -> () -> {
                    int turn = done.getAndIncrement();
                    if (perSecond > 0) {
                        long due = began + turn * 1_000_000_000L / perSecond;
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    try {
                        taken.set(turn, cast(device));
                    } catch (IOException | RuntimeException broken) {
                        if (errors.getAndIncrement() == 0) {
                            System.err.println(broken);
                        }
                    }
                    return turn;
                })
                .toList());
        double seconds = (System.nanoTime() - began) / 1e9;
        var sorted = IntStream.range(0, count).mapToLong(taken::get).sorted().toArray();
        System.out.printf(
                "ballots=%d seconds=%.3f p50=%.2f p99=%.2f errors=%d%n",
                count - errors.get(),
                seconds,
                sorted[count / 2] / 1e6,
                sorted[Math.min(count - 1, count * 99 / 100)] / 1e6,
                errors.get());
    }

    private static void all(List<Callable<Object>> deeds) throws InterruptedException {
        try (var pool = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (var done : pool.invokeAll(deeds)) {
                if (done.state() == java.util.concurrent.Future.State.FAILED) {
                    throw new IllegalStateException(done.exceptionNow());
                }
            }
        }
    }

    private Device signIn(int number) throws IOException, InterruptedException {
        var device = new Device(number, new HashMap<>(), new AtomicReference<>(""));
        expect(send(device, "/sign-in/demo", "person=load-voter-" + number), 303);
        device.token().set(found(CSRF, expect(send(device, "/votes/" + SLUG, ""), 200)));
        return device;
    }

    /** @return nanoseconds that the casting itself took */
    private long cast(Device device) throws IOException, InterruptedException {
        var ticks = new StringBuilder("then=review&csrf=" + device.token().get());
        UrnHammer.webChoice(device.number(), "load")
                .points()
                .keySet()
                .forEach(n -> ticks.append("&c").append(n).append("=1"));
        expect(send(device, "/votes/" + SLUG + "/choice", ticks.toString()), 303);
        var review = expect(send(device, "/votes/" + SLUG + "/review", ""), 200);
        long began = System.nanoTime();
        var cast = expect(
                send(
                        device,
                        "/votes/" + SLUG + "/ballot",
                        "csrf=" + device.token().get() + "&attempt=" + found(ATTEMPT, review)),
                303);
        long took = System.nanoTime() - began;
        if (!cast.headers().firstValue("Location").orElse("").endsWith("/receipt")) {
            throw new IOException("The ballot was not taken");
        }
        return took;
    }

    private static String found(Pattern pattern, HttpResponse<String> page) throws IOException {
        var match = pattern.matcher(page.body());
        if (!match.find()) {
            throw new IOException("No " + pattern + " on the page");
        }
        return match.group(1);
    }

    private static HttpResponse<String> expect(HttpResponse<String> answer, int status) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(answer.uri() + " answers " + answer.statusCode());
        }
        return answer;
    }

    private HttpResponse<String> send(Device device, String path, String form)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(site.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!device.cookies().isEmpty()) {
            var pairs = device.cookies().entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .toList();
            request.header("Cookie", String.join("; ", pairs));
        }
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", site.toString())
                    .POST(BodyPublishers.ofString(form));
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        for (var cookie : answer.headers().allValues("Set-Cookie")) {
            var pair = Arrays.asList(cookie.split(";", 2)).getFirst().split("=", 2);
            device.cookies().put(pair[0], pair[1]);
        }
        return answer;
    }
}
