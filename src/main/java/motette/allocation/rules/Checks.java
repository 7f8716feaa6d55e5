package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import motette.allocation.rules.Finding.Kind;
import motette.allocation.rules.Published.Payment;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;

/**
 * Whether an outcome is what its rule promises, found out from ballots and outcome alone: the rule is not run again, so that a fault
 * in a rule cannot hide behind itself. Sources: EJR+ up to one from Brill and Peters, "Robust and Verifiable Proportionality Axioms
 * for Multiwinner Voting" (2023); why Equal Shares keeps it and what priceable means: {@code src/docs/allocation.md}.
 *
 * @param findings broken promises; empty when all is well
 * @param answers  every property that was looked at, one answer each, in the order of {@link Property}
 */
public record Checks(List<Finding> findings, List<Answer> answers) {

    public enum Property {
        /** Every project is named once and the funded ones cost no more than the budget. */
        FEASIBLE,
        /** Projects decided beforehand, projects that exclude each other, least votes and what holds for every rule. */
        LIMITS_KEPT,
        /** Nothing that has a vote and may be funded fits into what is left. */
        EXHAUSTIVE,
        /** Extended justified representation, "plus" variant, up to one project. */
        EJR_PLUS_UP_TO_ONE,
        /** The published payments are possible, make up the costs, and leave nothing affordable. */
        PRICEABLE
    }

    public enum Verdict {
        YES,
        NO,
        DOES_NOT_APPLY
    }

    /**
     * What came out for one property.
     *
     * @param promised whether the rule promises it; "no" without a promise is a fact about the outcome, not a fault
     */
    public record Answer(Property property, Verdict verdict, boolean promised) {}

    /** Whether every promise is kept. */
    public boolean passed() {
        return findings.isEmpty();
    }

    public Answer answer(Property property) {
        return answers.get(property.ordinal());
    }

    /** The checks of a run against its own prices. */
    public static Checks of(Allocation allocation) {
        return of(
                allocation.election(),
                allocation.rule(),
                allocation.selected(),
                allocation.rule().method() == Method.EQUAL_SHARES
                        ? Optional.of(Published.of(allocation))
                        : Optional.empty());
    }

    /**
     * Checks an outcome whose projects are named by id, as files name them; an unknown id is a finding.
     *
     * @see #of(Election, Rule, List, Optional)
     */
    public static Checks ofIds(Election election, Rule rule, List<String> ids, Optional<Published> published) {
        return new Checking(
                        election,
                        rule,
                        ids.stream()
                                .map(id -> election.has(id) ? election.indexOf(id) : -1)
                                .toList(),
                        ids,
                        published)
                .result();
    }

    /**
     * Checks an outcome.
     *
     * @param selected  indices of the funded projects, in any order
     * @param published prices of Equal Shares; without them nothing is said about priceability, and the endowment of the first run
     *                  is taken, which is the least the rule gives
     */
    public static Checks of(Election election, Rule rule, List<Integer> selected, Optional<Published> published) {
        return new Checking(
                        election,
                        rule,
                        selected,
                        selected.stream().map(String::valueOf).toList(),
                        published)
                .result();
    }

    private static final class Checking {

        private final Election election;
        private final Rule rule;
        private final Optional<Published> published;
        private final BitSet funded = new BitSet();
        private final BitSet in;
        private final BitSet out;
        private final List<Set<String>> exclusive;
        private final BigDecimal available;
        private final List<Finding> findings = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();

        Checking(
                Election election,
                Rule rule,
                List<Integer> selected,
                List<String> names,
                Optional<Published> published) {
            this.election = election;
            this.rule = rule;
            this.published = published;
            in = known(rule.limits().in());
            out = known(rule.limits().out());
            exclusive = rule.limits().exclusive();
            available = election.budget().subtract(cost(in)).max(BigDecimal.ZERO);
            name(selected, names);
        }

        Checks result() {
            feasible();
            limits();
            exhaustive();
            ejrPlus();
            priceable();
            return new Checks(List.copyOf(findings), List.copyOf(answers));
        }

        private BitSet known(Set<String> ids) {
            var known = new BitSet();
            ids.stream().filter(election::has).forEach(id -> known.set(election.indexOf(id)));
            return known;
        }

        private void name(List<Integer> selected, List<String> names) {
            for (int i = 0; i < selected.size(); i++) {
                var project = selected.get(i);
                if (project < 0 || project >= election.projects().size()) {
                    find(Kind.UNKNOWN_PROJECT, "There is no project '" + names.get(i) + "' in this election");
                } else if (funded.get(project)) {
                    find(Kind.NAMED_TWICE, id(project) + " is named twice", project);
                } else {
                    funded.set(project);
                }
            }
        }

        private void feasible() {
            var total = cost(funded);
            if (total.compareTo(election.budget()) > 0) {
                find(
                        Kind.OVER_BUDGET,
                        "The funded projects cost " + plain(total) + " together, the budget is "
                                + plain(election.budget()));
            }
            answer(Property.FEASIBLE, true, findings.isEmpty());
        }

        private void limits() {
            var before = findings.size();
            rule.limits().in().stream()
                    .filter(id -> !election.has(id))
                    .sorted()
                    .forEach(id -> find(
                            Kind.UNKNOWN_PROJECT,
                            "Project '" + id + "' was decided to be funded, but is not in this election"));
            in.stream()
                    .filter(project -> !funded.get(project))
                    .forEach(project ->
                            find(Kind.FIXED_IN_MISSING, id(project) + " was decided to be funded and is not", project));
            funded.stream().forEach(this::limitsOfFunded);
            for (var set : exclusive) {
                var both = set.stream()
                        .filter(election::has)
                        .map(election::indexOf)
                        .filter(funded::get)
                        .sorted()
                        .toList();
                if (both.size() > 1) {
                    findings.add(new Finding(
                            Kind.EXCLUSIVE_BOTH_FUNDED,
                            both,
                            id(both.get(0)) + " and " + id(both.get(1)) + " exclude each other and are both funded"));
                }
            }
            IntStream.range(0, election.projects().size())
                    .filter(project -> !funded.get(project) && !in.get(project) && free(project) && !exempt(project))
                    .forEach(project -> find(
                            Kind.FREE_NOT_FUNDED,
                            id(project) + " costs nothing, has a vote and is not funded",
                            project));
            answer(Property.LIMITS_KEPT, true, findings.size() == before);
        }

        private void limitsOfFunded(int project) {
            if (out.get(project)) {
                find(Kind.FIXED_OUT_FUNDED, id(project) + " was decided not to be funded and is", project);
            }
            if (!in.get(project)) {
                var votes = election.votes(project);
                if (votes == 0) {
                    find(Kind.FUNDED_WITHOUT_VOTES, id(project) + " is funded without a vote", project);
                } else if (votes < rule.minVotes()) {
                    find(
                            Kind.FUNDED_BELOW_LEAST_VOTES,
                            id(project) + " is funded with " + votes + " votes, the least is " + rule.minVotes(),
                            project);
                }
                var cost = election.project(project).cost();
                if (cost.compareTo(available) > 0) {
                    find(
                            Kind.DEARER_THAN_BUDGET,
                            id(project) + " costs " + plain(cost) + ", more than the whole budget of "
                                    + plain(available),
                            project);
                }
            }
        }

        private void exhaustive() {
            var left = election.budget().subtract(cost(funded));
            var fitting = IntStream.range(0, election.projects().size())
                    .filter(project -> !funded.get(project)
                            && !exempt(project)
                            && election.project(project).cost().compareTo(left) <= 0)
                    .boxed()
                    .toList();
            var promised = promisesToExhaust();
            if (promised) {
                fitting.forEach(project -> find(
                        Kind.NOT_EXHAUSTIVE,
                        id(project) + " costs "
                                + plain(election.project(project).cost()) + " and fits into the " + plain(left)
                                + " left",
                        project));
            }
            answer(Property.EXHAUSTIVE, promised, fitting.isEmpty());
        }

        private boolean promisesToExhaust() {
            return switch (rule.method()) {
                case GREEDY_VOTES, GREEDY_RATIO -> rule.skip();
                case EQUAL_SHARES -> rule.completion() == Completion.GREEDY || rule.completion() == Completion.ADD1U;
                case MAX_WELFARE -> true;
                case PHRAGMEN -> false;
            };
        }

        /**
         * For every project that is not funded and every k: the k-th of its supporters, least served first, must have more than
         * k voters' money is due (Brill and Peters 2023). Within equal supporters the last one asks for the most.
         */
        private void ejrPlus() {
            var promised = rule.method() == Method.EQUAL_SHARES && rule.utility() != Utility.SCORE;
            if (rule.utility() == Utility.SCORE || election.voters() == 0) {
                answers.add(new Answer(Property.EJR_PLUS_UP_TO_ONE, Verdict.DOES_NOT_APPLY, promised));
            } else {
                var endowment = endowment().times(Fraction.of(BigInteger.TEN.pow(election.scale()), BigInteger.ONE));
                var served = served();
                var supporters = supportersByUtility(served);
                var holds = true;
                for (int project = 0; project < election.projects().size(); project++) {
                    if (!funded.get(project) && !exempt(project)) {
                        holds &= ejrPlus(project, supporters.get(project), served, endowment, promised);
                    }
                }
                answer(Property.EJR_PLUS_UP_TO_ONE, promised, holds);
            }
        }

        private boolean ejrPlus(
                int project, List<Integer> groups, BigInteger[] served, Fraction endowment, boolean promised) {
            var cost = election.unitCost(project);
            long k = 0;
            for (int group : groups) {
                k += election.groups().get(group).count();
                var utility = served[group];
                var has = rule.utility() == Utility.COST
                        ? utility.add(cost)
                        : utility.add(BigInteger.ONE).multiply(cost);
                var due = endowment.numerator().multiply(BigInteger.valueOf(k));
                if (has.multiply(endowment.denominator()).compareTo(due) <= 0) {
                    if (promised) {
                        find(
                                Kind.EJR_PLUS_VIOLATED,
                                id(project) + ": " + k + " supporters with " + endowment() + " each could have paid "
                                        + "for it, and none of them has more than " + units(utility)
                                        + (rule.utility() == Utility.COST ? " of funded projects" : " funded projects"),
                                project);
                    }
                    return false;
                }
            }
            return true;
        }

        private String units(BigInteger utility) {
            return rule.utility() == Utility.COST
                    ? plain(new BigDecimal(utility, election.scale()))
                    : utility.toString();
        }

        /** Utility of the outcome for each group, in whole units of cost or in projects. */
        private BigInteger[] served() {
            return election.groups().stream()
                    .map(group -> Arrays.stream(group.projects())
                            .filter(funded::get)
                            .mapToObj(project ->
                                    rule.utility() == Utility.COST ? election.unitCost(project) : BigInteger.ONE)
                            .reduce(BigInteger.ZERO, BigInteger::add))
                    .toArray(BigInteger[]::new);
        }

        /** For every project the groups that support it, least served first: sorted once for all projects. */
        private List<List<Integer>> supportersByUtility(BigInteger[] served) {
            List<List<Integer>> supporters = new ArrayList<>();
            election.projects().forEach(project -> supporters.add(new ArrayList<>()));
            IntStream.range(0, served.length)
                    .boxed()
                    .sorted(Comparator.comparing(group -> served[group]))
                    .forEach(group -> {
                        for (int project : election.groups().get(group).projects()) {
                            supporters.get(project).add(group);
                        }
                    });
            return supporters;
        }

        private Fraction endowment() {
            return rule.method() == Method.EQUAL_SHARES
                    ? published.map(Published::endowment).orElseGet(this::first)
                    : share();
        }

        private Fraction share() {
            return Fraction.of(available).over(Fraction.of(election.voters()));
        }

        /** Money of each voter in the first run. */
        private Fraction first() {
            return adds() && rule.start() == Rule.Start.INTEGRAL
                    ? Fraction.of(share().floor(), BigInteger.ONE)
                    : share();
        }

        private boolean adds() {
            return rule.completion() == Completion.ADD1 || rule.completion() == Completion.ADD1U;
        }

        private void priceable() {
            var before = findings.size();
            if (rule.method() == Method.EQUAL_SHARES && published.isPresent() && election.voters() > 0) {
                var run = published.get();
                endowmentIsPossible(run.endowment());
                pricesDoNotFall(run.rounds());
                everythingIsPaid(run.rounds());
                if (possible(run.rounds())) {
                    new Replay(run).check();
                }
                answer(Property.PRICEABLE, true, findings.size() == before);
            } else {
                answers.add(
                        new Answer(Property.PRICEABLE, Verdict.DOES_NOT_APPLY, rule.method() == Method.EQUAL_SHARES));
            }
        }

        private void endowmentIsPossible(Fraction endowment) {
            var added = endowment.minus(first());
            var possible = adds()
                    ? added.signum() >= 0
                            && added.over(Fraction.of(rule.increment())).isWhole()
                    : added.signum() == 0;
            if (!possible) {
                find(
                        Kind.WRONG_ENDOWMENT,
                        "Each voter is said to have " + endowment + "; the rule starts with " + first()
                                + (adds() ? " and adds " + plain(rule.increment()) + " a time" : " and adds nothing"));
            }
        }

        private void pricesDoNotFall(List<Payment> rounds) {
            rounds.stream()
                    .gather(Gatherers.windowSliding(2))
                    .filter(pair -> pair.size() == 2)
                    .forEach(pair -> {
                        if (pair.get(1).rho().compareTo(pair.get(0).rho()) < 0) {
                            find(
                                    Kind.PRICES_FALL,
                                    id(pair.get(1).project()) + " was bought at "
                                            + pair.get(1).rho() + ", cheaper than "
                                            + id(pair.get(0).project()) + " at "
                                            + pair.get(0).rho() + " before it",
                                    pair.get(1).project());
                        }
                    });
        }

        /**
         * Without a greedy completion everything that costs something is bought by its supporters; except that {@code add1} funds
         * all projects at once where all of them fit.
         */
        private void everythingIsPaid(List<Payment> rounds) {
            if (rule.completion() == Completion.NONE || rule.completion() == Completion.ADD1 && !everythingFunded()) {
                var bought = new BitSet();
                rounds.stream().map(Payment::project).filter(this::exists).forEach(bought::set);
                funded.stream()
                        .filter(project -> !bought.get(project) && !in.get(project) && !free(project))
                        .forEach(project -> find(
                                Kind.NOT_PAID, id(project) + " is funded, but no round says who paid for it", project));
            }
        }

        private boolean everythingFunded() {
            return IntStream.range(0, election.projects().size())
                    .allMatch(project -> funded.get(project) || exempt(project));
        }

        private boolean possible(List<Payment> rounds) {
            var before = findings.size();
            var seen = new HashSet<Integer>();
            for (var payment : rounds) {
                var project = payment.project();
                if (!exists(project)) {
                    find(Kind.PURCHASE_NOT_POSSIBLE, "There is no project " + project + " to be bought");
                } else if (!funded.get(project)) {
                    find(Kind.PURCHASE_NOT_POSSIBLE, id(project) + " was paid for and is not funded", project);
                } else if (election.votes(project) == 0) {
                    find(Kind.PURCHASE_NOT_POSSIBLE, id(project) + " was paid for by nobody's supporters", project);
                } else if (in.get(project)) {
                    find(
                            Kind.PURCHASE_NOT_POSSIBLE,
                            id(project) + " was decided beforehand and paid for all the same",
                            project);
                } else if (payment.rho().signum() < 0) {
                    find(Kind.PURCHASE_NOT_POSSIBLE, id(project) + " has a price below zero", project);
                } else if (!seen.add(project)) {
                    find(Kind.PURCHASE_NOT_POSSIBLE, id(project) + " was paid for twice", project);
                }
            }
            return findings.size() == before;
        }

        private boolean exists(int project) {
            return project >= 0 && project < election.projects().size();
        }

        /**
         * Everybody's money through all published rounds. All amounts are whole numbers of one tiny unit that divides the endowment
         * and every price, so that no fraction needs to be reduced on the way.
         */
        private final class Replay {

            private final Published run;
            private final BigInteger unit;
            private final BigInteger[] money;
            private final List<List<Integer>> supporters = new ArrayList<>();

            Replay(Published run) {
                this.run = run;
                unit = run.rounds().stream()
                        .map(payment -> price(payment).denominator())
                        .reduce(
                                run.endowment().denominator().multiply(BigInteger.TEN.pow(election.scale())),
                                Replay::commonMultiple);
                money = new BigInteger[election.groups().size()];
                Arrays.fill(money, whole(run.endowment()));
                election.projects().forEach(project -> supporters.add(new ArrayList<>()));
                for (int group = 0; group < money.length; group++) {
                    for (int project : election.groups().get(group).projects()) {
                        supporters.get(project).add(group);
                    }
                }
            }

            void check() {
                run.rounds().forEach(this::pay);
                var bought = new TreeSet<>(
                        run.rounds().stream().map(Payment::project).toList());
                for (int project = 0; project < election.projects().size(); project++) {
                    if (!bought.contains(project) && !in.get(project) && !free(project) && !exempt(project)) {
                        heldFor(project);
                    }
                }
            }

            private void pay(Payment payment) {
                var price = whole(price(payment));
                var paid = BigInteger.ZERO;
                for (int group : supporters.get(payment.project())) {
                    var share = price.multiply(points(group, payment.project())).min(money[group]);
                    money[group] = money[group].subtract(share);
                    paid = paid.add(share.multiply(count(group)));
                }
                var cost = whole(cost(payment.project()));
                if (!paid.equals(cost)) {
                    find(
                            Kind.PAYMENTS_ARE_NOT_COST,
                            id(payment.project()) + " costs " + cost(payment.project()) + ", its supporters paid "
                                    + Fraction.of(paid, unit) + " together",
                            payment.project());
                }
            }

            private void heldFor(int project) {
                var held = supporters.get(project).stream()
                        .map(group -> money[group].multiply(count(group)))
                        .reduce(BigInteger.ZERO, BigInteger::add);
                if (held.compareTo(whole(cost(project))) >= 0) {
                    find(
                            Kind.SUPPORTERS_HOLD_COST,
                            "The supporters of " + id(project) + " still hold " + Fraction.of(held, unit)
                                    + " together; it costs " + cost(project),
                            project);
                }
            }

            /** What a supporter pays who is not short: per point under score, each of them otherwise. */
            private Fraction price(Payment payment) {
                return rule.utility() == Utility.COST
                        ? payment.rho().times(cost(payment.project()))
                        : rule.utility() == Utility.SCORE
                                ? payment.rho()
                                        .over(Fraction.of(BigInteger.TEN.pow(election.pointScale()), BigInteger.ONE))
                                : payment.rho();
            }

            private BigInteger points(int group, int project) {
                if (rule.utility() == Utility.SCORE) {
                    var ballots = election.groups().get(group);
                    return BigInteger.valueOf(ballots.points()[Arrays.binarySearch(ballots.projects(), project)]);
                } else {
                    return BigInteger.ONE;
                }
            }

            private BigInteger count(int group) {
                return BigInteger.valueOf(election.groups().get(group).count());
            }

            private Fraction cost(int project) {
                return Fraction.of(election.project(project).cost());
            }

            private BigInteger whole(Fraction amount) {
                return amount.numerator().multiply(unit.divide(amount.denominator()));
            }

            private static BigInteger commonMultiple(BigInteger a, BigInteger b) {
                return a.divide(a.gcd(b)).multiply(b);
            }
        }

        /** What no rule may fund, or what a funded project keeps out: nobody is owed it. */
        private boolean exempt(int project) {
            return out.get(project)
                    || election.votes(project) == 0
                    || election.votes(project) < rule.minVotes()
                    || election.project(project).cost().compareTo(available) > 0
                    || excluded(project);
        }

        private boolean excluded(int project) {
            var id = election.project(project).id();
            return exclusive.stream()
                    .filter(set -> set.contains(id))
                    .flatMap(Set::stream)
                    .filter(other -> !other.equals(id) && election.has(other))
                    .anyMatch(other -> funded.get(election.indexOf(other)));
        }

        private boolean free(int project) {
            return election.project(project).cost().signum() == 0;
        }

        private BigDecimal cost(BitSet projects) {
            return projects.stream()
                    .mapToObj(project -> election.project(project).cost())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private String id(int project) {
            return exists(project) ? "Project '" + election.project(project).id() + "'" : "Project " + project;
        }

        private static String plain(BigDecimal amount) {
            return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
        }

        private void find(Kind kind, String sentence, Integer... projects) {
            findings.add(new Finding(kind, List.of(projects), sentence));
        }

        private void answer(Property property, boolean promised, boolean holds) {
            answers.add(new Answer(property, holds ? Verdict.YES : Verdict.NO, promised));
        }
    }
}
