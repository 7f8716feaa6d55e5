package motette.residence;

import motette.shared.Refusal;

/** What came of showing residence. */
public sealed interface Outcome {

    /** @param proof id of the proof that runs from now on */
    record Shown(long proof) implements Outcome {}

    /**
     * The electoral roll seems to know this person already; staff decides and nothing is lost.
     *
     * @param number of the case
     */
    record ForStaff(long number) implements Outcome {}

    /** Nothing happened, for this reason. */
    record No(Refusal refusal) implements Outcome {}
}
