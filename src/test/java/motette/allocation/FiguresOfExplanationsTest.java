package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Reason;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Rules;
import motette.allocation.rules.TieOrder;
import motette.shared.Amount;
import motette.shared.Languages;
import motette.shared.Message;
import motette.shared.Texts;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every figure that people read is counted once more from the ballots. */
class FiguresOfExplanationsTest {

    private static final Texts TEXTS = new Texts();

    @Test
    void the_figures_of_the_examples_are_right() {
        for (var election : List.of(SomeElection.worked(), SomeElection.sixths(), SomeElection.tied())) {
            for (var method : Method.values()) {
                for (var utility : Utility.values()) {
                    for (var completion : Completion.values()) {
                        check(election, Rule.of(method).with(utility).with(completion));
                    }
                }
            }
        }
    }

    @Property(tries = 1000)
    void the_figures_of_any_election_are_right(@ForAll long seed) {
        var random = new Random(seed);
        var election = SomeElection.random(random);
        check(election, SomeElection.rule(random, election));
    }

    @Property(tries = 400)
    void the_figures_of_equal_shares_are_right(@ForAll long seed) {
        var random = new Random(seed);
        var election = SomeElection.random(random);
        check(election, SomeElection.rule(random, election, Method.EQUAL_SHARES));
    }

    @Property(tries = 400)
    void every_sentence_can_be_read_in_every_language(@ForAll long seed) {
        var random = new Random(seed);
        var election = SomeElection.random(random);
        var allocation = Rules.allocate(election, SomeElection.rule(random, election));
        for (var currency : List.of("EUR", "", "JPY", "HUF", "€?")) {
            for (var message : all(Explanations.of(allocation, currency))) {
                for (var locale : Languages.ALL) {
                    assertThat(TEXTS.get(locale, message))
                            .isNotBlank()
                            .doesNotContain("{", "}", "null", "about about", "rund rund");
                }
            }
        }
    }

    @Property(tries = 400)
    void few_voters_are_not_told_apart(@ForAll long seed) {
        var random = new Random(seed);
        var election = SomeElection.random(random);
        var allocation = Rules.allocate(election, SomeElection.rule(random, election, Method.EQUAL_SHARES));
        var recount = recount(allocation);
        var explanations = Explanations.of(allocation);
        for (int project = 0; project < recount.projects; project++) {
            for (var message : everythingAbout(explanations, project)) {
                var key = message.key();
                if (untold(recount, allocation, project)) {
                    assertThat(key)
                            .doesNotContainPattern(
                                    "bought\\.(money|each|average|full|last|nothing)|short\\.(whole|spent|then|since|missing)"
                                        + "|easy\\.(had|kept|each|less|points|start|spent|end|gap|supporters)")
                            .isNotEqualTo("allocation.why.short")
                            .isNotEqualTo("allocation.why.brief.short");
                }
                if (key.matches("allocation\\.why\\.bought\\.(full|full\\.points|last|nothing)")) {
                    assertThat(((Number) message.args().getFirst()).longValue()).isGreaterThanOrEqualTo(5);
                }
                for (var part : spentOn(message)) {
                    var other = indexOf(election, part);
                    var both = recount.both(project, other);
                    assertThat(both).isGreaterThanOrEqualTo(5);
                    assertThat(recount.votes(project) - both)
                            .satisfiesAnyOf(
                                    none -> assertThat(none).isZero(),
                                    enough -> assertThat(enough).isGreaterThanOrEqualTo(5));
                }
            }
        }
    }

    /** Too few, or too few on one side of a project bought before. */
    private static boolean untold(Recount recount, Allocation allocation, int project) {
        var until = allocation.reason(project) instanceof Reason.Bought bought ? bought.round() : Integer.MAX_VALUE;
        return recount.votes(project) < 5
                || IntStream.range(0, recount.projects)
                        .filter(other ->
                                allocation.reason(other) instanceof Reason.Bought bought && bought.round() < until)
                        .mapToLong(other -> recount.both(project, other))
                        .anyMatch(both -> both > 0 && both < 5
                                || both < recount.votes(project) && recount.votes(project) - both < 5);
    }

    private static List<Message> spentOn(Message message) {
        if (message.key().equals("allocation.why.short.spent")) {
            return ((List<?>) message.args().get(1))
                    .stream()
                            .map(Message.class::cast)
                            .filter(item -> item.key().endsWith(".one"))
                            .map(item -> (Message) item.args().get(1))
                            .toList();
        } else if (message.key().equals("allocation.easy.spent")) {
            return List.of((Message) message.args().get(1));
        } else {
            return List.of();
        }
    }

    private static int indexOf(Election election, Message title) {
        return IntStream.range(0, election.projects().size())
                .filter(project -> title(election, project).equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<Message> everythingAbout(Explanations explanations, int project) {
        var all = new ArrayList<>(explanations.of(project));
        all.addAll(explanations.easy(project));
        all.add(explanations.brief(project));
        return all;
    }

    private static List<Message> all(Explanations explanations) {
        var all = new ArrayList<>(explanations.head());
        all.addAll(explanations.easyHead());
        for (int project = 0; project < explanations.projects(); project++) {
            all.addAll(everythingAbout(explanations, project));
        }
        return all;
    }

    // ── figures ──

    private static void check(Election election, Rule rule) {
        var allocation = Rules.allocate(election, rule);
        var explanations = Explanations.of(allocation);
        var recount = recount(allocation);
        new Expectations(allocation, recount, -1).checkAll(explanations.head());
        new Expectations(allocation, recount, -1).checkAll(explanations.easyHead());
        for (int project = 0; project < recount.projects; project++) {
            var expectations = new Expectations(allocation, recount, project);
            expectations.checkAll(explanations.of(project));
            expectations.checkAll(explanations.easy(project));
            expectations.checkAll(List.of(explanations.brief(project)));
            expectations.checkSums(explanations.of(project));
        }
    }

    private static Recount recount(Allocation allocation) {
        return new Recount(
                allocation,
                allocation.selected().stream()
                        .filter(project -> allocation.reason(project) instanceof Reason.Bought)
                        .toList());
    }

    private static Message title(Election election, int project) {
        var name = election.project(project).name();
        return Message.of(
                "allocation.why.title",
                name.isEmpty() ? election.project(project).id() : name);
    }

    /** An amount that stands in a sum: rounded together with the others, so it may be off by less than a cent. */
    private record Part(Fraction exact) {}

    /** What each sentence should say, by its key. */
    private record Expectations(Allocation allocation, Recount recount, int project) {

        void checkAll(List<Message> messages) {
            messages.forEach(message -> {
                var expected = expected(message.key(), message);
                assertThat(message.args()).as(message.key()).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    check(message.key() + " {" + i + "}", message.args().get(i), expected.get(i));
                }
            });
        }

        private void check(String what, Object arg, Object expected) {
            switch (expected) {
                case Fraction exact -> {
                    var shown = shown(arg);
                    assertThat(shown).as(what).isEqualByComparingTo(exact.rounded(places()));
                    assertThat(arg instanceof Message)
                            .as(what + " says about exactly when rounded")
                            .isEqualTo(!Fraction.of(shown).equals(exact));
                }
                case Part(Fraction exact) -> {
                    var shown = shown(arg);
                    var off = Fraction.of(shown).minus(exact);
                    assertThat(off.times(off).compareTo(Fraction.of(BigDecimal.ONE.movePointLeft(2 * places()))))
                            .as(what + ": " + shown + " for " + exact)
                            .isNegative();
                    assertThat(arg instanceof Message).as(what).isEqualTo(off.signum() != 0);
                }
                case BigDecimal number -> assertThat(number(arg)).as(what).isEqualByComparingTo(number);
                case Long number -> assertThat(number(arg)).as(what).isEqualByComparingTo(BigDecimal.valueOf(number));
                case Set<?> projects ->
                    assertThat(new ArrayList<Object>((List<?>) arg))
                            .as(what)
                            .containsExactlyInAnyOrderElementsOf(projects.stream()
                                    .map(index -> title(recount.election, (Integer) index))
                                    .toList());
                default -> assertThat(arg).as(what).isEqualTo(expected);
            }
        }

        private int places() {
            return Math.max(
                    Math.max(2, recount.election.scale()),
                    recount.rule.increment().stripTrailingZeros().scale());
        }

        private static BigDecimal number(Object arg) {
            return new BigDecimal(arg.toString());
        }

        static BigDecimal shown(Object arg) {
            return switch (arg) {
                case Amount amount -> amount.value();
                case Message about -> ((Amount) about.args().getFirst()).value();
                default -> throw new AssertionError("No amount: " + arg);
            };
        }

        private List<Object> expected(String key, Message message) {
            return switch (key.replaceFirst("allocation\\.", "")) {
                case "why.head.decided" ->
                    List.of(
                            (long) recount.rule.limits().in().size(),
                            Fraction.of(recount.decided()),
                            budget(),
                            available());
                case "why.head.nobody",
                        "why.head.rounds.cost",
                        "why.head.rounds.cardinality",
                        "why.head.rounds.score",
                        "why.head.greedy-votes",
                        "why.head.greedy-ratio",
                        "why.head.skip",
                        "why.head.no-skip",
                        "why.head.phragmen",
                        "why.head.max-welfare.cost",
                        "why.head.max-welfare.cardinality",
                        "why.head.max-welfare.score",
                        "why.decided-out",
                        "why.no-votes",
                        "why.short.few.hidden",
                        "why.short.hidden",
                        "why.not-best.order",
                        "why.brief.decided-in",
                        "why.brief.decided-out",
                        "why.brief.free",
                        "why.brief.best",
                        "why.brief.no-votes",
                        "why.brief.short.few",
                        "why.brief.stopped",
                        "why.brief.not-best" -> List.of();
                case "why.head.floored" -> {
                    assertThat(share(false).equals(share(true))).isFalse();
                    yield List.of();
                }
                case "why.head.least", "easy.head.least", "easy.least" -> List.of(recount.rule.minVotes());
                case "why.head.result" ->
                    List.of(
                            (long) recount.selected.size(),
                            Fraction.of(recount.total()),
                            budget(),
                            Fraction.of(recount.left()));
                case "why.head.shares" ->
                    List.of(
                            available(),
                            recount.election.voters(),
                            share(floored()),
                            recount.rule.limits().in().isEmpty() ? "whole" : "rest");
                case "why.head.added" -> {
                    var increment = Fraction.of(recount.rule.increment());
                    var times = recount.endowment.minus(share(floored())).over(increment);
                    assertThat(times.isWhole()).isTrue();
                    yield List.of(new BigDecimal(times.floor()), increment, recount.endowment);
                }
                case "why.head.completed" -> List.of(Fraction.of(recount.leftAfterRounds), completed());
                case "why.decided-in" -> List.of(cost());
                case "why.free" -> List.of(votes());
                case "why.bought" -> List.of((long) purchase().round(), votes(), cost());
                case "why.bought.money" ->
                    List.of(purchase().before(), purchase().after());
                case "why.bought.each" -> {
                    assertThat(purchase().last()).isZero();
                    yield List.of(purchase().price());
                }
                case "why.bought.average", "why.bought.average.points" -> List.of(cost().over(Fraction.of(votes())));
                case "why.bought.full" -> List.of(purchase().full(), purchase().price(), new Part(byFull()));
                case "why.bought.full.points" -> List.of(purchase().full(), new Part(byFull()));
                case "why.bought.last" ->
                    List.of(
                            purchase().last(),
                            new Part(purchase().paidByLast()),
                            purchase().paidByLast().over(Fraction.of(purchase().last())));
                case "why.bought.nothing" -> {
                    assertThat(purchase().paidByLast().signum()).isZero();
                    yield List.of(purchase().last());
                }
                case "why.bought.effective" -> {
                    var effective = cost().over(purchase().price());
                    yield List.of(
                            effective.rounded(2),
                            Fraction.of(effective.rounded(2)).equals(effective) ? "exact" : "about");
                }
                case "why.bought.price", "why.bought.point" ->
                    List.of(purchase().price());
                case "why.tie.votes", "why.tie.cost", "why.tie.id", "why.tie.lot" -> {
                    var equal = equal(key.substring(key.lastIndexOf('.') + 1));
                    assertThat(equal).isNotEmpty();
                    yield List.of(equal, (long) equal.size());
                }
                case "why.completed", "why.next" ->
                    List.of(leftBefore(), votes(), cost(), leftBefore().minus(cost()));
                case "why.per-vote" -> List.of(cost().over(Fraction.of(votes())));
                case "why.loaded" -> List.of(round(), votes(), cost());
                case "why.loaded.load", "why.halted.load" -> List.of(recount.load(project));
                case "why.best.cardinality", "why.best.cost", "why.best.score" -> {
                    var best = recount.sets()
                            .map(recount::value)
                            .max(Fraction::compareTo)
                            .orElseThrow();
                    assertThat(recount.value(new TreeSet<>(recount.selected))).isEqualTo(best);
                    yield List.of(value(best));
                }
                case "why.too-few" -> List.of(votes(), recount.rule.minVotes(), recount.rule.minVotes() - votes());
                case "why.too-dear", "why.too-dear.rest" -> {
                    assertThat(key.endsWith("rest")).isEqualTo(recount.decided().signum() > 0);
                    yield List.of(cost(), available());
                }
                case "why.excluded", "why.brief.excluded", "easy.rival" -> List.of(rival(message));
                case "why.excludes" -> {
                    var excluded = excluded();
                    yield List.of(excluded, (long) excluded.size());
                }
                case "why.short" ->
                    List.of(
                            votes(),
                            shortage().end(),
                            cost(),
                            new Part(cost().minus(shortage().end())));
                case "why.short.whole" -> {
                    assertThat(shortage().end()).isEqualTo(recount.startOf(project));
                    yield List.of();
                }
                case "why.short.spent" -> {
                    checkSpent((List<?>) message.args().get(1));
                    yield List.of(recount.startOf(project), message.args().get(1));
                }
                case "why.short.never" -> {
                    assertThat(shortage().round()).isEqualTo(1);
                    assertThat(recount.startOf(project)).isLessThan(cost());
                    yield List.of();
                }
                case "why.short.since" -> {
                    assertThat(shortage().then()).isEqualTo(shortage().end());
                    yield List.of((long) shortage().round());
                }
                case "why.short.then" ->
                    List.of((long) shortage().round(), shortage().then());
                case "why.short.missing", "easy.supporters" ->
                    List.of(new BigDecimal(cost().minus(shortage().end())
                            .over(recount.endowment)
                            .ceiling()));
                case "why.short.few" -> List.of(votes(), cost());
                case "why.short.few.never" -> {
                    assertThat(recount.startOf(project)).isLessThan(cost());
                    yield List.of(recount.startOf(project));
                }
                case "why.short.budget.nothing", "easy.rest.nothing", "easy.head.left.nothing" -> {
                    assertThat(recount.left()).isZero();
                    yield List.of();
                }
                case "why.bought.all" -> {
                    assertThat(purchase().last()).isZero();
                    yield List.of();
                }
                case "why.short.fits", "why.short.budget", "easy.rest" -> {
                    assertThat(key.endsWith("fits"))
                            .isEqualTo(recount.cost(project).compareTo(recount.left()) <= 0);
                    yield List.of(Fraction.of(recount.left()));
                }
                case "why.missed" -> {
                    var left = turn();
                    yield List.of(votes(), left, cost(), cost().minus(left));
                }
                case "why.missed.missing", "easy.missing" -> List.of(missing(message));
                case "why.stopped", "why.stopped.dear" -> List.of(votes(), cost(), turn());
                case "why.not-best.cardinality", "why.not-best.cost", "why.not-best.score" -> {
                    var best = recount.value(new TreeSet<>(recount.selected));
                    var with = recount.bestWith(project).getKey();
                    yield List.of(value(best), value(with), value(best.minus(with)));
                }
                case "why.not-best.equal.cardinality", "why.not-best.equal.cost", "why.not-best.equal.score" -> {
                    assertThat(recount.bestWith(project).getKey())
                            .isEqualTo(recount.value(new TreeSet<>(recount.selected)));
                    yield List.of(value(recount.bestWith(project).getKey()));
                }
                case "why.not-best.dearer" ->
                    List.of(Fraction.of(recount.bestWith(project).getValue()), Fraction.of(recount.total()));
                case "why.halted.itself" ->
                    List.of(Fraction.of(recount.left()), cost(), cost().minus(Fraction.of(recount.left())));
                case "why.halted" -> {
                    var stop = stop();
                    yield List.of(title(recount.election, stop), recount.exactCost(stop), Fraction.of(recount.left()));
                }
                case "why.brief.halted", "easy.before" -> List.of(title(recount.election, stop()));
                case "why.brief.bought" -> List.of((long) purchase().round(), votes());
                case "why.brief.completed", "why.brief.next" -> List.of(leftBefore(), cost());
                case "why.brief.loaded" -> List.of(round());
                case "why.brief.too-few" -> List.of(votes(), recount.rule.minVotes());
                case "why.brief.too-dear", "easy.too-dear" -> List.of(available());
                case "why.brief.short" -> List.of(shortage().end(), cost());
                case "why.brief.short.never" -> List.of(votes());
                case "why.brief.missed" ->
                    List.of(recount.rule.method() == Method.PHRAGMEN ? Fraction.of(recount.left()) : turn());
                case "easy.head.budget" -> List.of(budget());
                case "easy.head.decided" ->
                    List.of((long) recount.rule.limits().in().size());
                case "easy.head.decided.cost" -> List.of(Fraction.of(recount.decided()));
                case "easy.head.decided.left" -> List.of(available());
                case "easy.head.voters" -> List.of(recount.election.voters());
                case "easy.head.funded" -> List.of((long) recount.selected.size());
                case "easy.head.total" -> List.of(Fraction.of(recount.total()));
                case "easy.head.left" -> List.of(Fraction.of(recount.left()));
                case "easy.head.each" -> List.of(share(floored()));
                case "easy.head.now" -> List.of(recount.endowment);
                case "easy.head.rest" -> List.of(Fraction.of(recount.leftAfterRounds));
                case "easy.head.completed" -> List.of(completed());
                case "easy.votes", "easy.paid" -> List.of(votes());
                case "easy.cost" -> List.of(cost());
                case "easy.had" -> List.of(purchase().before());
                case "easy.each" -> List.of(purchase().price());
                case "easy.kept" -> List.of(purchase().after());
                case "easy.round" ->
                    List.of(
                            recount.rule.method() == Method.PHRAGMEN
                                    ? round()
                                    : (Object) (long) purchase().round());
                case "easy.left" ->
                    List.of(
                            allocation.funded(project)
                                    ? leftBefore()
                                    : recount.rule.method() == Method.PHRAGMEN ? Fraction.of(recount.left()) : turn());
                case "easy.gap" ->
                    List.of(
                            recount.rule.method() == Method.EQUAL_SHARES
                                    ? new Part(cost().minus(shortage().end()))
                                    : recount.rule.method() == Method.PHRAGMEN
                                            ? cost().minus(Fraction.of(recount.left()))
                                            : cost().minus(turn()));
                case "easy.start" -> List.of(recount.startOf(project));
                case "easy.end" -> List.of(shortage().end());
                case "easy.spent" -> {
                    var other =
                            indexOf(recount.election, (Message) message.args().get(1));
                    yield List.of(
                            new Part(shortage().spentOn(other)), message.args().get(1));
                }
                case "easy.spent.others" -> List.of(new Part(others()));
                case "easy.tie", "easy.excludes" -> {
                    var titles = (key.endsWith("tie") ? equal("") : excluded())
                            .stream()
                                    .map(other -> title(recount.election, other))
                                    .toList();
                    assertThat(titles).contains((Message) message.args().getFirst());
                    yield List.of(message.args().getFirst());
                }
                default -> {
                    if (message.args().isEmpty() && key.startsWith("allocation.easy.")) {
                        yield List.of();
                    } else {
                        yield fail("No one counts the figures of " + key);
                    }
                }
            };
        }

        // ── sums ──

        /** What stands side by side adds up as it is shown. */
        void checkSums(List<Message> messages) {
            for (var message : messages) {
                var args = message.args();
                switch (message.key().replaceFirst("allocation\\.why\\.", "")) {
                    case "bought.money" ->
                        assertThat(shown(args.get(0)).subtract(recount.cost(project)))
                                .isEqualByComparingTo(shown(args.get(1)));
                    case "bought.last" -> {
                        var full = messages.stream()
                                .filter(other -> other.key().contains("bought.full"))
                                .findFirst()
                                .orElseThrow();
                        assertThat(shown(full.args().getLast()).add(shown(args.get(1))))
                                .isEqualByComparingTo(recount.cost(project));
                    }
                    case "short" ->
                        assertThat(shown(args.get(1)).add(shown(args.get(3))))
                                .isEqualByComparingTo(recount.cost(project));
                    case "short.spent" -> {
                        var kept = messages.getFirst().args().get(1);
                        var sum = ((List<?>) args.get(1))
                                .stream()
                                        .map(item ->
                                                shown(((Message) item).args().getFirst()))
                                        .reduce(shown(kept), BigDecimal::add);
                        assertThat(sum).isEqualByComparingTo(shown(args.get(0)));
                    }
                    default -> assertThat(message.key()).startsWith("allocation.why.");
                }
            }
        }

        private void checkSpent(List<?> items) {
            for (var each : items) {
                var item = (Message) each;
                if (item.key().endsWith(".one")) {
                    var other = indexOf(recount.election, (Message) item.args().get(1));
                    check(
                            item.key(),
                            item.args().getFirst(),
                            new Part(shortage().spentOn(other)));
                    assertThat(shortage().spent().values().stream()
                                    .filter(paid -> paid.compareTo(shortage().spentOn(other)) > 0)
                                    .count())
                            .as("one of the three that took most")
                            .isLessThan(3);
                } else {
                    check(item.key(), item.args().getFirst(), new Part(others()));
                }
            }
        }

        /** What went to projects that are not told by themselves. */
        private Fraction others() {
            var reason = (Reason.SupportersShort) allocation.reason(project);
            return shortage().spent().entrySet().stream()
                    .filter(entry -> reason.spentOn().stream().noneMatch(share -> share.project() == entry.getKey())
                            || recount.both(project, entry.getKey()) < 5
                            || votes() - recount.both(project, entry.getKey()) > 0
                                    && votes() - recount.both(project, entry.getKey()) < 5)
                    .map(entry -> entry.getValue())
                    .reduce(Fraction.ZERO, Fraction::plus);
        }

        // ── pieces ──

        private Fraction budget() {
            return Fraction.of(recount.election.budget());
        }

        private Fraction available() {
            return Fraction.of(recount.available());
        }

        private boolean floored() {
            return recount.rule.start() == Rule.Start.INTEGRAL
                    && (recount.rule.completion() == Completion.ADD1 || recount.rule.completion() == Completion.ADD1U);
        }

        private Fraction share(boolean floored) {
            var share = available().over(Fraction.of(recount.election.voters()));
            return floored ? Fraction.of(share.floor(), BigInteger.ONE) : share;
        }

        private long completed() {
            return recount.selected.stream()
                    .filter(funded -> recount.takesPart(funded) && !recount.bought(funded))
                    .count();
        }

        private long votes() {
            return recount.votes(project);
        }

        private Fraction cost() {
            return recount.exactCost(project);
        }

        private Recount.Purchase purchase() {
            return recount.purchase(project);
        }

        private Recount.Shortage shortage() {
            return recount.shortage(project);
        }

        private Fraction byFull() {
            return cost().minus(purchase().paidByLast());
        }

        private Fraction leftBefore() {
            return Fraction.of(recount.leftBefore(project));
        }

        private long round() {
            return recount.round(project);
        }

        private Fraction turn() {
            return Fraction.of(recount.turn(project, BigInteger.ZERO).getValue());
        }

        /** The number helps, and one less does not. */
        private BigDecimal missing(Message message) {
            var number = new BigInteger(message.args().getFirst().toString());
            if (allocation.reason(project) instanceof Reason.TooFewVotes) {
                return BigDecimal.valueOf(recount.rule.minVotes() - votes());
            } else {
                assertThat(recount.turn(project, number).getKey())
                        .as("%s more votes fund it", number)
                        .isTrue();
                assertThat(recount.turn(project, number.subtract(BigInteger.ONE))
                                .getKey())
                        .as("one less than %s does not", number)
                        .isFalse();
                return new BigDecimal(number);
            }
        }

        private Object value(Fraction value) {
            return recount.rule.utility() == Utility.COST ? value : value.rounded(6);
        }

        private Message rival(Message message) {
            var rival = indexOf(recount.election, (Message) message.args().getFirst());
            assertThat(recount.exclude(project, rival)).isTrue();
            assertThat(recount.selected).contains(rival);
            return title(recount.election, rival);
        }

        private Set<Integer> excluded() {
            return new TreeSet<>(IntStream.range(0, recount.projects)
                    .filter(other -> recount.exclude(project, other)
                            && allocation.reason(other) instanceof Reason.Excluded(int by)
                            && by == project)
                    .boxed()
                    .toList());
        }

        private int stop() {
            var reason = (Reason.StoppedBefore) allocation.reason(project);
            var stop = reason.stop();
            assertThat(recount.cost(stop)).isGreaterThan(recount.left());
            assertThat(recount.load(stop)).isLessThanOrEqualTo(recount.load(project));
            return stop;
        }

        /** Projects that were equal and against which this decided; all of them for "". */
        private Set<Integer> equal(String criterion) {
            var equal = recount.rule.method() == Method.GREEDY_VOTES
                            || recount.rule.method() == Method.GREEDY_RATIO
                            || recount.rule.method() == Method.EQUAL_SHARES && !recount.bought(project)
                    ? recount.equalInOrder(project)
                    : recount.equalAtPurchase(project);
            return new TreeSet<>(equal.stream()
                    .filter(other -> criterion.isEmpty() || decides(other).equals(criterion))
                    .toList());
        }

        private String decides(int other) {
            var sameVotes = recount.votes(project) == recount.votes(other);
            var sameCost = recount.cost(project).compareTo(recount.cost(other)) == 0;
            var kind = recount.rule.ties().kind();
            if (sameVotes && sameCost) {
                return kind == TieOrder.Kind.DRAWN ? "lot" : "id";
            } else if (kind == TieOrder.Kind.COST_VOTES_ID) {
                return sameCost ? "votes" : "cost";
            } else {
                return sameVotes ? "cost" : "votes";
            }
        }
    }
}
