package motette.council;

/** A show of hands. */
record Vote(int yes, int no, int abstentions) {

    /** Members with a vote who were present: whoever abstains is there. */
    int present() {
        return yes + no + abstentions;
    }

    /** More yes than no; abstentions do not count, a tie is a no (SächsGemO § 39). */
    boolean hasMajority() {
        return yes > no;
    }
}
