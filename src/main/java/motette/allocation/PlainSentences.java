package motette.allocation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Reason;
import motette.allocation.rules.Reason.Bought;
import motette.allocation.rules.Reason.DidNotFit;
import motette.allocation.rules.Reason.NextInOrder;
import motette.allocation.rules.Reason.NotInBestSet;
import motette.allocation.rules.Reason.StoppedBefore;
import motette.allocation.rules.Reason.SupportersShort;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Tie;
import motette.shared.Message;

/** The complete explanation. Keys {@code allocation.why.*}. */
final class PlainSentences {

    private final Facts facts;
    private final Figures figures;

    PlainSentences(Facts facts, Figures figures) {
        this.facts = facts;
        this.figures = figures;
    }

    List<Message> head() {
        var said = new Saying();
        if (facts.decided() > 0) {
            said.say(
                    "head.decided",
                    facts.decided(),
                    figures.of(facts.decidedCost()),
                    figures.of(facts.budget()),
                    figures.of(facts.available()));
        }
        if (facts.voters() == 0) {
            said.say("head.nobody");
        } else {
            method(said);
            if (facts.rule().minVotes() > 1) {
                said.say("head.least", facts.rule().minVotes());
            }
        }
        var allocation = facts.allocation();
        said.say(
                "head.result",
                allocation.selected().size(),
                figures.of(allocation.totalCost()),
                figures.of(facts.budget()),
                figures.of(allocation.left()));
        return said.all();
    }

    private void method(Saying said) {
        switch (facts.rule().method()) {
            case EQUAL_SHARES -> equalShares(said);
            case GREEDY_VOTES, GREEDY_RATIO -> {
                said.say(facts.rule().method() == Method.GREEDY_VOTES ? "head.greedy-votes" : "head.greedy-ratio");
                said.say(facts.rule().skip() ? "head.skip" : "head.no-skip");
            }
            case PHRAGMEN -> said.say("head.phragmen");
            case MAX_WELFARE -> said.say("head.max-welfare." + utility());
        }
    }

    private void equalShares(Saying said) {
        var endowments = facts.allocation().endowments();
        said.say(
                "head.shares",
                figures.of(facts.available()),
                facts.voters(),
                figures.of(endowments.first()),
                facts.decided() > 0 ? "rest" : "whole");
        if (!endowments.first().times(facts.voters()).equals(Fraction.of(facts.available()))) {
            said.say("head.floored");
        }
        said.say("head.rounds." + utility());
        if (facts.adds() && facts.increments().signum() > 0) {
            said.say(
                    "head.added",
                    facts.increments().floor(),
                    figures.of(facts.rule().increment()),
                    figures.of(endowments.last()));
        }
        if (facts.completes() && facts.leftAfterRounds().signum() > 0) {
            said.say("head.completed", figures.of(facts.leftAfterRounds()), facts.completed());
        }
    }

    private String utility() {
        return facts.rule().utility().name().toLowerCase(Locale.ROOT);
    }

    List<Message> of(int project) {
        var said = new Saying();
        switch (facts.reason(project)) {
            case Reason.DecidedIn _ -> said.say("decided-in", cost(project));
            case Reason.Free _ -> said.say("free", facts.votes(project));
            case Bought bought -> bought(said, project, bought);
            case NextInOrder next -> next(said, project, next);
            case Reason.Loaded loaded -> {
                said.say("loaded", loaded.round(), facts.votes(project), cost(project));
                if (!facts.few(project)) {
                    said.say("loaded.load", figures.of(loaded.load()));
                }
                ties(said, loaded.tie());
            }
            case Reason.InBestSet best -> said.say("best." + utility(), facts.value(best.value(), figures));
            case Reason.DecidedOut _ -> said.say("decided-out");
            case Reason.NoVotes _ -> said.say("no-votes");
            case Reason.TooFewVotes few ->
                said.say("too-few", facts.votes(project), few.least(), few.least() - facts.votes(project));
            case Reason.DearerThanBudget dear ->
                said.say(
                        dear.available().compareTo(facts.budget()) == 0 ? "too-dear" : "too-dear.rest",
                        cost(project),
                        figures.of(dear.available()));
            case Reason.Excluded excluded -> said.say("excluded", facts.title(excluded.by()));
            case SupportersShort few -> supportersShort(said, project, few);
            case DidNotFit missed -> didNotFit(said, project, missed);
            case NotInBestSet other -> notInBestSet(said, other);
            case StoppedBefore stopped -> stopped(said, project, stopped);
        }
        var excluded = facts.excludedBy(project);
        if (!excluded.isEmpty()) {
            said.say("excludes", titles(excluded), excluded.size());
        }
        return said.all();
    }

    private void bought(Saying said, int project, Bought bought) {
        said.say("bought", bought.round(), facts.votes(project), cost(project));
        if (!facts.hidden(project)) {
            said.say("bought.money", figures.of(bought.before()), figures.of(bought.after()));
            shares(said, project, bought);
        }
        switch (facts.rule().utility()) {
            case COST -> {
                var effective = bought.effective().rounded(2);
                said.say(
                        "bought.effective",
                        effective,
                        Fraction.of(effective).equals(bought.effective()) ? "exact" : "about");
            }
            case CARDINALITY -> said.say("bought.price", figures.of(bought.payment()));
            case SCORE -> said.say("bought.point", figures.of(bought.rho()));
        }
        ties(said, bought.tie());
    }

    private void shares(Saying said, int project, Bought bought) {
        var cost = Fraction.of(facts.cost(project));
        var average = cost.over(Fraction.of(facts.votes(project)));
        if (bought.last() == 0 && facts.rule().utility() != Utility.CARDINALITY) {
            said.say(facts.points() ? "bought.average.points" : "bought.each", figures.of(average));
        } else if (bought.last() == 0) {
            said.say("bought.all");
        } else if (!facts.apart(bought)) {
            said.say("bought.average", figures.of(average));
        } else {
            var sums = figures.parts(List.of(cost.minus(bought.paidByLast()), bought.paidByLast()));
            if (facts.points()) {
                said.say("bought.full.points", bought.full(), sums.get(0));
            } else {
                said.say("bought.full", bought.full(), figures.of(bought.payment()), sums.get(0));
            }
            if (bought.paidByLast().signum() == 0) {
                said.say("bought.nothing", bought.last());
            } else {
                said.say(
                        "bought.last",
                        bought.last(),
                        sums.get(1),
                        figures.of(bought.paidByLast().over(Fraction.of(bought.last()))));
            }
        }
    }

    private void next(Saying said, int project, NextInOrder next) {
        said.say(
                facts.equalShares() ? "completed" : "next",
                figures.of(next.left()),
                facts.votes(project),
                cost(project),
                figures.of(next.left().subtract(facts.cost(project))));
        if (facts.rule().method() == Method.GREEDY_RATIO) {
            said.say("per-vote", perVote(project));
        }
        ties(said, next.tie());
    }

    private Object perVote(int project) {
        return figures.of(Fraction.of(facts.cost(project)).over(Fraction.of(facts.votes(project))));
    }

    private void supportersShort(Saying said, int project, SupportersShort few) {
        if (facts.hidden(project)) {
            said.say("short.few", facts.votes(project), cost(project));
            if (facts.startOf(project).compareTo(Fraction.of(facts.cost(project))) < 0) {
                said.say("short.few.never", figures.of(facts.startOf(project)));
            } else {
                said.say(facts.few(project) ? "short.few.hidden" : "short.hidden");
            }
        } else {
            shortOfMoney(said, project, few);
        }
        if (few.fits()) {
            said.say("short.fits", figures.of(few.left()));
        } else if (few.left().signum() > 0) {
            said.say("short.budget", figures.of(few.left()));
        } else {
            said.say("short.budget.nothing");
        }
    }

    private void shortOfMoney(Saying said, int project, SupportersShort few) {
        var gap = figures.parts(
                        List.of(few.end(), Fraction.of(facts.cost(project)).minus(few.end())))
                .get(1);
        var spending = facts.spending(project, few);
        said.say("short", facts.votes(project), figures.of(few.end()), cost(project), gap);
        if (facts.startOf(project).equals(few.end())) {
            said.say("short.whole");
        } else {
            spent(said, project, few, spending);
            if (few.round() == 1) {
                said.say("short.never");
            } else if (few.then().equals(few.end())) {
                said.say("short.since", few.round());
            } else {
                said.say("short.then", few.round(), figures.of(few.then()));
            }
        }
        if (few.missing().signum() > 0) {
            said.say("short.missing", few.missing());
        }
    }

    /** What they kept and what they spent make up what they had: the amounts are rounded together. */
    private void spent(Saying said, int project, SupportersShort few, Facts.Spending spending) {
        var exact = new ArrayList<Fraction>();
        exact.add(few.end());
        spending.told().forEach(share -> exact.add(share.paid()));
        if (spending.others().signum() > 0) {
            exact.add(spending.others());
        }
        var shown = figures.parts(exact);
        var items = new ArrayList<Message>();
        for (int i = 0; i < spending.told().size(); i++) {
            items.add(Message.of(
                    key("short.spent.one"),
                    shown.get(i + 1),
                    facts.title(spending.told().get(i).project())));
        }
        if (spending.others().signum() > 0) {
            items.add(Message.of(key(items.isEmpty() ? "short.spent.any" : "short.spent.others"), shown.getLast()));
        }
        said.say("short.spent", figures.of(facts.startOf(project)), items);
    }

    private void didNotFit(Saying said, int project, DidNotFit missed) {
        var gap = facts.cost(project).subtract(missed.left());
        if (missed.stopped()) {
            said.say(
                    gap.signum() <= 0 ? "stopped" : "stopped.dear",
                    facts.votes(project),
                    cost(project),
                    figures.of(missed.left()));
        } else {
            said.say("missed", facts.votes(project), figures.of(missed.left()), cost(project), figures.of(gap));
        }
        if (facts.rule().method() == Method.GREEDY_RATIO) {
            said.say("per-vote", perVote(project));
        }
        if (missed.missing().signum() > 0) {
            said.say("missed.missing", missed.missing());
        }
    }

    private void notInBestSet(Saying said, NotInBestSet other) {
        if (other.value().equals(other.valueWith())) {
            var total = facts.allocation().totalCost();
            said.say("not-best.equal." + utility(), facts.value(other.value(), figures));
            if (other.costWith().compareTo(total) > 0) {
                said.say("not-best.dearer", figures.of(other.costWith()), figures.of(total));
            } else {
                said.say("not-best.order");
            }
        } else {
            said.say(
                    "not-best." + utility(),
                    facts.value(other.value(), figures),
                    facts.value(other.valueWith(), figures),
                    facts.value(other.value().subtract(other.valueWith()), figures));
        }
    }

    private void stopped(Saying said, int project, StoppedBefore stopped) {
        BigDecimal left = stopped.left();
        if (stopped.stop() == project) {
            said.say(
                    "halted.itself",
                    figures.of(left),
                    cost(project),
                    figures.of(facts.cost(project).subtract(left)));
        } else {
            said.say("halted", facts.title(stopped.stop()), cost(stopped.stop()), figures.of(left));
        }
        if (!facts.few(project)) {
            said.say("halted.load", figures.of(stopped.load()));
        }
    }

    private void ties(Saying said, Tie tie) {
        facts.breaks(tie)
                .forEach(part -> said.say(
                        "tie." + part.by().name().toLowerCase(Locale.ROOT),
                        titles(part.with()),
                        part.with().size()));
    }

    private List<Message> titles(List<Integer> projects) {
        return projects.stream().map(facts::title).toList();
    }

    private Object cost(int project) {
        return figures.of(facts.cost(project));
    }

    private static String key(String last) {
        return "allocation.why." + last;
    }

    /** Sentences in the order in which they are said. */
    private static final class Saying {

        private final List<Message> messages = new ArrayList<>();

        void say(String key, Object... args) {
            messages.add(Message.of(key(key), args));
        }

        List<Message> all() {
            return List.copyOf(messages);
        }
    }
}
