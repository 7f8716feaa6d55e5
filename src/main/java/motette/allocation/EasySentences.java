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
import motette.allocation.rules.Tie;
import motette.shared.Message;

/**
 * The explanation in Leichte Sprache, in English easy read: short main clauses, one idea each, hard words explained or hyphenated, no
 * figure that does not help. Rules for Leichte Sprache: DIN SPEC 33429 (2023). Keys {@code allocation.easy.*}.
 */
final class EasySentences {

    private final Facts facts;
    private final Figures figures;

    EasySentences(Facts facts, Figures figures) {
        this.facts = facts;
        this.figures = figures;
    }

    List<Message> head() {
        var said = new Saying();
        said.say("head.budget", figures.of(facts.budget()));
        if (facts.decided() > 0) {
            said.say("head.decided", facts.decided());
            said.say("head.decided.cost", figures.of(facts.decidedCost()));
            said.say("head.decided.left", figures.of(facts.available()));
        }
        said.say("head.voters", facts.voters());
        if (facts.voters() > 0) {
            method(said);
            if (facts.rule().minVotes() > 1) {
                said.say("head.least", facts.rule().minVotes());
            }
        }
        var allocation = facts.allocation();
        said.say("head.funded", allocation.selected().size());
        said.say("head.total", figures.of(allocation.totalCost()));
        left(said, "head.left", allocation.left());
        return said.all();
    }

    private void method(Saying said) {
        switch (facts.rule().method()) {
            case EQUAL_SHARES -> equalShares(said);
            case GREEDY_VOTES, GREEDY_RATIO -> {
                said.say("head.order");
                said.say(facts.rule().method() == Method.GREEDY_VOTES ? "head.most-votes" : "head.ratio");
                said.say("head.enough");
                said.say(facts.rule().skip() ? "head.skip" : "head.no-skip");
            }
            case PHRAGMEN -> {
                said.say("head.together");
                said.say("head.fair");
                said.say("head.no-skip");
            }
            case MAX_WELFARE -> {
                said.say("head.search");
                said.say("head.search." + utility());
            }
        }
    }

    private String utility() {
        return facts.rule().utility().name().toLowerCase(Locale.ROOT);
    }

    private void equalShares(Saying said) {
        var endowments = facts.allocation().endowments();
        said.say("head.share");
        said.say("head.equal");
        said.say("head.each", figures.of(endowments.first()));
        said.say("head.name");
        said.say("head.pay");
        said.say("head.own");
        if (facts.adds() && facts.increments().signum() > 0) {
            said.say("head.remained");
            said.say("head.more");
            said.say("head.now", figures.of(endowments.last()));
        }
        if (facts.completes() && facts.leftAfterRounds().signum() > 0) {
            said.say("head.rest", figures.of(facts.leftAfterRounds()));
            said.say("head.completed", facts.completed());
        }
    }

    List<Message> of(int project) {
        var said = new Saying();
        said.say(facts.allocation().funded(project) ? "funded" : "not-funded");
        switch (facts.reason(project)) {
            case Reason.DecidedIn _ -> said.say("decided");
            case Reason.Free _ -> {
                votes(said, project);
                said.say("free");
            }
            case Bought bought -> bought(said, project, bought);
            case NextInOrder next -> next(said, project, next);
            case Reason.Loaded loaded -> {
                votes(said, project);
                cost(said, project);
                said.say("paid", facts.votes(project));
                said.say("round", loaded.round());
                ties(said, loaded.tie());
            }
            case Reason.InBestSet _ -> {
                said.say("best");
                said.say("best." + utility());
            }
            case Reason.DecidedOut _ -> said.say("decided");
            case Reason.NoVotes _ -> said.say("votes", 0);
            case Reason.TooFewVotes few -> {
                votes(said, project);
                said.say("least", few.least());
                said.say("missing", few.least() - facts.votes(project));
            }
            case Reason.DearerThanBudget dear -> {
                cost(said, project);
                said.say("too-dear", figures.of(dear.available()));
            }
            case Reason.Excluded excluded -> {
                said.say("rival", facts.title(excluded.by()));
                said.say("only-one");
            }
            case SupportersShort few -> supportersShort(said, project, few);
            case DidNotFit missed -> didNotFit(said, project, missed);
            case NotInBestSet other -> notInBestSet(said, other);
            case StoppedBefore stopped -> stopped(said, project, stopped);
        }
        facts.excludedBy(project).forEach(other -> said.say("excludes", facts.title(other)));
        return said.all();
    }

    private void bought(Saying said, int project, Bought bought) {
        votes(said, project);
        if (facts.hidden(project)) {
            cost(said, project);
            said.say("paid", facts.votes(project));
        } else {
            said.say("had", figures.of(bought.before()));
            cost(said, project);
            said.say("paid", facts.votes(project));
            if (facts.points()) {
                said.say("points");
            } else if (bought.last() == 0) {
                said.say("each", figures.of(Fraction.of(facts.cost(project)).over(Fraction.of(facts.votes(project)))));
            } else {
                said.say("less");
            }
            said.say("kept", figures.of(bought.after()));
        }
        said.say("round", bought.round());
        ties(said, bought.tie());
    }

    private void next(Saying said, int project, NextInOrder next) {
        votes(said, project);
        turn(said, next.left());
        cost(said, project);
        said.say("enough");
        ties(said, next.tie());
    }

    /** Its turn comes with so much money left. */
    private void turn(Saying said, BigDecimal left) {
        said.say("turn");
        said.say("left", figures.of(left));
    }

    private void supportersShort(Saying said, int project, SupportersShort few) {
        votes(said, project);
        cost(said, project);
        if (facts.few(project)) {
            said.say("together");
            said.say("few");
            said.say("hidden");
        } else if (facts.hidden(project)) {
            said.say("together");
            said.say("untold");
            said.say("secret");
        } else {
            var start = facts.startOf(project);
            if (start.compareTo(few.end()) > 0) {
                spent(said, project, few);
            }
            var gap = figures.parts(
                    List.of(few.end(), Fraction.of(facts.cost(project)).minus(few.end())));
            said.say("end", figures.of(few.end()));
            said.say("gap", gap.get(1));
            if (few.missing().signum() > 0) {
                said.say("supporters", few.missing());
            }
        }
        if (!few.fits()) {
            left(said, "rest", few.left());
        }
    }

    private void spent(Saying said, int project, SupportersShort few) {
        var spending = facts.spending(project, few);
        var exact = new ArrayList<Fraction>();
        exact.add(few.end());
        spending.told().forEach(share -> exact.add(share.paid()));
        exact.add(spending.others());
        var shown = figures.parts(exact);
        said.say("start", figures.of(facts.startOf(project)));
        said.say("first");
        for (int i = 0; i < spending.told().size(); i++) {
            said.say(
                    "spent",
                    shown.get(i + 1),
                    facts.title(spending.told().get(i).project()));
        }
        if (spending.others().signum() > 0) {
            said.say("spent.others", shown.getLast());
        }
    }

    private void didNotFit(Saying said, int project, DidNotFit missed) {
        votes(said, project);
        if (missed.stopped()) {
            said.say("stopped");
            said.say("over");
        } else {
            turn(said, missed.left());
            cost(said, project);
            said.say("gap", figures.of(facts.cost(project).subtract(missed.left())));
        }
        if (missed.missing().signum() > 0) {
            said.say("missing", missed.missing());
        }
    }

    private void notInBestSet(Saying said, NotInBestSet other) {
        if (other.value().equals(other.valueWith())) {
            said.say("other");
            said.say("equal");
            if (other.costWith().compareTo(facts.allocation().totalCost()) > 0) {
                said.say("cheaper");
            } else {
                said.say("order");
            }
        } else {
            said.say("search");
            said.say("better." + utility());
        }
    }

    private void stopped(Saying said, int project, StoppedBefore stopped) {
        if (stopped.stop() == project) {
            turn(said, stopped.left());
            cost(said, project);
            said.say("gap", figures.of(facts.cost(project).subtract(stopped.left())));
        } else {
            said.say("before", facts.title(stopped.stop()));
            said.say("too-little");
            said.say("over");
        }
    }

    private void ties(Saying said, Tie tie) {
        for (var part : facts.breaks(tie)) {
            part.with().forEach(other -> said.say("tie", facts.title(other)));
            said.say("tie." + part.by().name().toLowerCase(Locale.ROOT));
        }
    }

    private void left(Saying said, String key, BigDecimal left) {
        if (left.signum() > 0) {
            said.say(key, figures.of(left));
        } else {
            said.say(key + ".nothing");
        }
    }

    private void votes(Saying said, int project) {
        said.say("votes", facts.votes(project));
    }

    private void cost(Saying said, int project) {
        said.say("cost", figures.of(facts.cost(project)));
    }

    /** Sentences in the order in which they are said. */
    private static final class Saying {

        private final List<Message> messages = new ArrayList<>();

        void say(String key, Object... args) {
            messages.add(Message.of("allocation.easy." + key, args));
        }

        List<Message> all() {
            return List.copyOf(messages);
        }
    }
}
