package motette.allocation;

/**
 * What an allocation is reckoned for.
 *
 * @param ballots where they come from: "supports" for the running support of ideas
 * @param bodyKey the body whose money it is
 * @param year    fiscal year
 */
record Subject(String ballots, String bodyKey, int year) {

    static Subject supports(String bodyKey, int year) {
        return new Subject("supports", bodyKey, year);
    }

    /** As it is kept: "supports:sbb-ost:2026". */
    String key() {
        return ballots + ":" + bodyKey + ":" + year;
    }

    String path() {
        return "/allocation/" + bodyKey + "/" + year;
    }
}
