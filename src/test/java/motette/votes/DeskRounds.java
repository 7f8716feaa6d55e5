package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Money;
import motette.shared.Sql;
import motette.town.Town;

/** Rounds that are prepared and announced as at the desk, by the administrator of the town. */
@Singleton
public class DeskRounds {

    static final String OST = "2";

    private final Preparation preparation;
    private final Announcing announcing;
    private final RunningRounds running;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Sql sql;
    private final Clock clock;

    DeskRounds(
            Preparation preparation,
            Announcing announcing,
            RunningRounds running,
            RoundRepository rounds,
            DeskRepository desk,
            Sql sql,
            Clock clock) {
        this.running = running;
        this.rounds = rounds;
        this.preparation = preparation;
        this.announcing = announcing;
        this.desk = desk;
        this.sql = sql;
        this.clock = clock;
    }

    Visitor administrator() {
        return visitor(Town.administrator(), RoleName.ADMINISTRATOR);
    }

    @Transactional
    public Visitor visitor(String demoKey, RoleName role) {
        return new Visitor(
                sql.number("select id from persons where demo_key = ?", demoKey),
                demoKey,
                Set.of(role),
                1,
                Instant.parse("2099-01-01T00:00:00Z"));
    }

    /** What the key facts look like when they are typed: opens after some time on the full hour, for two weeks. */
    Map<String, String> typed(String slug, Duration until, Duration lasting) {
        var opens = TypedMoment.of(clock.instant().plus(until));
        var closes = TypedMoment.of(clock.instant().plus(until).plus(lasting));
        return Map.ofEntries(
                Map.entry("title", "Probe am Tisch " + slug),
                Map.entry("slug", slug),
                Map.entry("intro", "Worum es geht."),
                Map.entry("form", "budget"),
                Map.entry("most_points", ""),
                Map.entry("minimum_age", "14"),
                Map.entry("opens_on", opens.day()),
                Map.entry("opens_at", opens.time()),
                Map.entry("closes_on", closes.day()),
                Map.entry("closes_at", closes.time()),
                Map.entry("rule", "shares"),
                Map.entry("least_votes", "5"));
    }

    /** In the making, in Ost, with the four most supported ideas that have a price. */
    public long prepared(String slug) {
        var made =
                preparation.begin(administrator(), RoundForm.of(typed(slug, Duration.ofDays(10), Duration.ofDays(14))));
        if (!made.problems().isEmpty()) {
            throw new AssertionError(made.problems().list());
        }
        preparation.place(
                administrator(),
                made.round(),
                new DistrictsForm(List.of(OST), Map.of(OST, Money.ofEuros(9000).typed())));
        preparation.choose(administrator(), made.round(), OST, someIdeas(made.round()));
        return made.round();
    }

    List<Long> someIdeas(long round) {
        return desk.choosable(round, OST).stream()
                .filter(idea -> idea.hasCost() && idea.costCents() <= 900_000)
                .limit(4)
                .map(Prepared::idea)
                .toList();
    }

    public long announced(String slug) {
        long round = prepared(slug);
        announce(round);
        return round;
    }

    public void announce(long round) {
        announcing.announce(administrator(), round);
    }

    public Instant opensAt(long round) {
        return rounds.find(round).orElseThrow().opensAt();
    }

    public void hold(long round) {
        running.hold(administrator(), round, "Ein Fehler wird gerade behoben.");
    }

    public void resume(long round) {
        running.resume(administrator(), round);
    }
}
