package motette.ideas;

/** What people typed, made fit for the database. */
final class Typed {

    private Typed() {}

    /** At most so many characters, never half of one, without the zero byte, which PostgreSQL does not store. */
    static String cut(String text, int most) {
        var clean = text.replace("\u0000", "");
        return clean.codePointCount(0, clean.length()) > most
                ? clean.substring(0, clean.offsetByCodePoints(0, most))
                : clean;
    }

    /** Characters as people and the database count them. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
