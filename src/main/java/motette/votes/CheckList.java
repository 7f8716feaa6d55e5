package motette.votes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import motette.bodies.Bodies;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.places.Places;
import motette.residence.Residences;
import motette.shared.Message;
import motette.shared.Money;
import motette.shared.Time;
import motette.votes.Round.RoundDistrict;

/** What is looked at before a round is announced, anew each time: afterwards none of it can be mended. */
@Singleton
class CheckList {

    private static final Duration USUAL = Duration.ofDays(7);

    /** More votes than one in so many inhabitants nobody has reached in a district. */
    private static final int INHABITANTS_PER_VOTE = 20;

    private final DeskRepository desk;
    private final Budgets budgets;
    private final Bodies bodies;
    private final Places places;
    private final Residences residences;
    private final RoundKeys keys;
    private final Clock clock;

    CheckList(
            DeskRepository desk,
            Budgets budgets,
            Bodies bodies,
            Places places,
            Residences residences,
            RoundKeys keys,
            Clock clock) {
        this.desk = desk;
        this.budgets = budgets;
        this.bodies = bodies;
        this.places = places;
        this.residences = residences;
        this.keys = keys;
        this.clock = clock;
    }

    enum Level {
        GOOD,
        /** May be so; somebody should have thought about it. */
        DOUBTFUL,
        /** Keeps the round from being announced. */
        BAD;

        String tone() {
            return switch (this) {
                case GOOD -> "leaf";
                case DOUBTFUL -> "sun";
                case BAD -> "clay";
            };
        }

        String icon() {
            return switch (this) {
                case GOOD -> "check";
                case DOUBTFUL -> "info";
                case BAD -> "warning";
            };
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param said what is wrong or doubtful; empty where nothing is */
    @Introspected
    record Check(String key, Level level, Optional<Message> said) {

        String grade() {
            return level.key();
        }

        String tone() {
            return level.tone();
        }

        String icon() {
            return level.icon();
        }
    }

    /** In the order in which a round is prepared. */
    @Transactional(readOnly = true)
    public List<Check> of(Round round) {
        var candidates = desk.prepared(round.id());
        var checks = new ArrayList<Check>();
        checks.add(check("opening", round.opensAt().isAfter(clock.instant()) ? none() : bad("opening", at(round))));
        checks.add(check("length", length(round)));
        checks.add(check("age", age(round)));
        checks.add(check("districts", round.districts().isEmpty() ? bad("districts") : none()));
        checks.add(check("further", further(round)));
        checks.add(check("money", money(round)));
        checks.add(check("candidates", tooFew(round, candidates)));
        checks.add(check(
                "open", titles(candidates, candidate -> !candidate.isOpen()).map(titles -> wrong("open", titles))));
        checks.add(check(
                "prices",
                titles(candidates, candidate -> !fits(round, candidate)).map(titles -> wrong("prices", titles))));
        checks.add(check("choice", needless(round, candidates)));
        checks.add(check("least", least(round)));
        checks.add(check("overlap", overlap(round)));
        checks.add(check("secret", keys.hasOwnSecret() ? none() : doubtful("secret")));
        return checks;
    }

    static boolean lets(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.level() == Level.BAD);
    }

    private Optional<Said> length(Round round) {
        var time = Duration.between(round.opensAt(), round.closesAt());
        return time.compareTo(USUAL) < 0 ? doubtful("length", time.toDays()) : none();
    }

    /** A year of birth that nobody keeps cannot be asked for. */
    private Optional<Said> age(Round round) {
        return round.minimumAge() > 0 && residences.rule().minimumAge() == 0
                ? bad("age", (long) round.minimumAge())
                : none();
    }

    private static Optional<Said> further(Round round) {
        return round.furtherDistrict() && round.districts().size() == 1
                ? doubtful("further", round.districts().getFirst().name())
                : none();
    }

    private Optional<Said> money(Round round) {
        int year = round.closesAt().atZone(Time.ZONE).getYear();
        for (var district : round.districts()) {
            var budget = bodies.councilOf(district.key())
                    .flatMap(body -> budgets.of(body.key(), year))
                    .filter(BudgetView::isOpen);
            if (budget.isEmpty()) {
                return doubtful("money.closed", district.name(), String.valueOf(year));
            } else if (budget.get().accounts().available() < district.budgetCents()) {
                return bad(
                        "money",
                        district.name(),
                        new Money(district.budgetCents()),
                        new Money(budget.get().accounts().available()));
            }
        }
        return none();
    }

    private static Optional<Said> tooFew(Round round, List<Prepared> candidates) {
        var few = round.districts().stream()
                .filter(district -> in(district, candidates).size() < 2)
                .map(RoundDistrict::name)
                .toList();
        return few.isEmpty() ? none() : bad("candidates", few);
    }

    private static boolean fits(Round round, Prepared candidate) {
        return candidate.hasCost()
                && round.district(candidate.districtKey())
                        .filter(district -> candidate.costCents() <= district.budgetCents())
                        .isPresent();
    }

    /** Where everything fits into the money, nobody has to choose. */
    private static Optional<Said> needless(Round round, List<Prepared> candidates) {
        var places = round.districts().stream()
                .filter(district -> !in(district, candidates).isEmpty())
                .filter(district -> in(district, candidates).stream()
                                .mapToLong(Prepared::costCents)
                                .sum()
                        <= district.budgetCents())
                .map(RoundDistrict::name)
                .toList();
        return places.isEmpty() ? none() : doubtful("choice", places);
    }

    private Optional<Said> least(Round round) {
        return places.districts().stream()
                .filter(district -> round.takesPlaceIn(district.key()))
                .filter(district -> (long) round.leastVotes() * INHABITANTS_PER_VOTE > district.population())
                .findFirst()
                .flatMap(district ->
                        doubtful("least", (long) round.leastVotes(), district.name(), (long) district.population()));
    }

    private Optional<Said> overlap(Round round) {
        var others = desk.overlapping(round);
        return others.isEmpty() ? none() : bad("overlap", others);
    }

    private static List<Prepared> in(RoundDistrict district, List<Prepared> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.districtKey().equals(district.key()))
                .toList();
    }

    private static Optional<List<String>> titles(List<Prepared> candidates, Predicate<Prepared> which) {
        var titles = candidates.stream().filter(which).map(Prepared::title).collect(Collectors.toList());
        return titles.isEmpty() ? Optional.empty() : Optional.of(titles);
    }

    private static Object at(Round round) {
        return LocalDateTime.ofInstant(round.opensAt(), Time.ZONE);
    }

    private record Said(Level level, Message message) {}

    private static Check check(String key, Optional<Said> said) {
        return new Check(key, said.map(Said::level).orElse(Level.GOOD), said.map(Said::message));
    }

    private static Optional<Said> none() {
        return Optional.empty();
    }

    private static Optional<Said> bad(String key, Object... args) {
        return Optional.of(new Said(Level.BAD, Message.of("votes.desk.check-said." + key, args)));
    }

    private static Said wrong(String key, Object arg) {
        return new Said(Level.BAD, Message.of("votes.desk.check-said." + key, arg));
    }

    private static Optional<Said> doubtful(String key, Object... args) {
        return Optional.of(new Said(Level.DOUBTFUL, Message.of("votes.desk.check-said." + key, args)));
    }
}
