package motette.allocation;

import motette.allocation.rules.Fraction;
import motette.allocation.rules.Reason;
import motette.shared.Message;

/** One sentence per project. Keys {@code allocation.why.brief.*}. */
final class BriefSentences {

    private final Facts facts;
    private final Figures figures;

    BriefSentences(Facts facts, Figures figures) {
        this.facts = facts;
        this.figures = figures;
    }

    Message of(int project) {
        return switch (facts.reason(project)) {
            case Reason.DecidedIn _ -> say("decided-in");
            case Reason.Free _ -> say("free");
            case Reason.Bought bought -> say("bought", bought.round(), facts.votes(project));
            case Reason.NextInOrder next ->
                say(facts.equalShares() ? "completed" : "next", figures.of(next.left()), cost(project));
            case Reason.Loaded loaded -> say("loaded", loaded.round());
            case Reason.InBestSet _ -> say("best");
            case Reason.DecidedOut _ -> say("decided-out");
            case Reason.NoVotes _ -> say("no-votes");
            case Reason.TooFewVotes few -> say("too-few", facts.votes(project), few.least());
            case Reason.DearerThanBudget dear -> say("too-dear", figures.of(dear.available()));
            case Reason.Excluded excluded -> say("excluded", facts.title(excluded.by()));
            case Reason.SupportersShort few -> supportersShort(project, few);
            case Reason.DidNotFit missed ->
                missed.stopped() ? say("stopped") : say("missed", figures.of(missed.left()));
            case Reason.NotInBestSet _ -> say("not-best");
            case Reason.StoppedBefore stopped ->
                stopped.stop() == project
                        ? say("missed", figures.of(stopped.left()))
                        : say("halted", facts.title(stopped.stop()));
        };
    }

    private Message supportersShort(int project, Reason.SupportersShort few) {
        if (facts.hidden(project)) {
            return facts.startOf(project).compareTo(Fraction.of(facts.cost(project))) < 0
                    ? say("short.never", facts.votes(project))
                    : say("short.few");
        } else {
            return say("short", figures.of(few.end()), cost(project));
        }
    }

    private Object cost(int project) {
        return figures.of(facts.cost(project));
    }

    private static Message say(String key, Object... args) {
        return Message.of("allocation.why.brief." + key, args);
    }
}
