package motette.allocation;

import java.util.List;
import motette.allocation.rules.Allocation;
import motette.shared.Amount;
import motette.shared.Message;

/**
 * The sentences in which people read an allocation: how it came about, and for every project why it is in or out. Every figure comes
 * from the run; amounts are rounded for display only, to the last decimal place of the currency (of the costs, where those have
 * more), half up, with "about" exactly where something was rounded. Amounts that a reader might add or subtract add up as shown.
 *
 * <p>Fewer than five voters are never told apart by their money. A project with fewer than five supporters shows no money of theirs,
 * only what the rule publishes of every project: cost, votes, round, price and effective votes; nor does one of which one to four
 * supporters, or all but one to four, paid for a project bought before. Supporters who paid their whole share
 * and those who had less are shown apart only where each group counts five or none; what supporters paid for another project is shown
 * only where at least five of them did and five or none did not, otherwise it is in the sum for "other projects". See
 * {@code src/docs/decisions/0008-few-voters-are-not-told-apart.md}.
 */
public final class Explanations {

    private final Facts facts;
    private final PlainSentences plain;
    private final EasySentences easy;
    private final BriefSentences brief;

    private Explanations(Allocation allocation, String currency) {
        facts = new Facts(allocation);
        var places = places(allocation, currency);
        var figures = new Figures(currency, places, "allocation.why.about", false);
        plain = new PlainSentences(facts, figures);
        easy = new EasySentences(facts, new Figures(currency, places, "allocation.easy.about", true));
        brief = new BriefSentences(facts, figures);
    }

    /** Explains a run in euros. */
    public static Explanations of(Allocation allocation) {
        return of(allocation, "EUR");
    }

    /**
     * Explains a run in any currency.
     *
     * @param currency ISO 4217 code; empty where the file names none, then amounts are bare numbers
     */
    public static Explanations of(Allocation allocation, String currency) {
        return new Explanations(allocation, currency);
    }

    private static int places(Allocation allocation, String currency) {
        var increment = allocation.rule().increment().stripTrailingZeros().scale();
        return Math.max(Math.max(Amount.places(currency), allocation.election().scale()), increment);
    }

    /** How many projects there are to explain. */
    public int projects() {
        return facts.allocation().reasons().size();
    }

    /** How the whole outcome came about, and what is funded and left. */
    public List<Message> head() {
        return plain.head();
    }

    /** Everything there is to say about a project; the first sentence says whether it is funded. */
    public List<Message> of(int project) {
        return plain.of(project);
    }

    /** As {@link #head()} in Leichte Sprache or easy read: one short sentence each. */
    public List<Message> easyHead() {
        return easy.head();
    }

    /** As {@link #of(int)} in Leichte Sprache or easy read: one short sentence each. */
    public List<Message> easy(int project) {
        return easy.of(project);
    }

    /** Why, in one sentence for a card or a cell of a table. */
    public Message brief(int project) {
        return brief.of(project);
    }
}
