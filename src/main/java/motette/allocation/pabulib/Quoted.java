package motette.allocation.pabulib;

/** Values from a file within sentences: short, on one line, and without characters that would command a terminal. */
public final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    static String value(String value) {
        return "'" + plain(value) + "'";
    }

    static String plain(String value) {
        var text = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(point -> append(text, point));
        return value.codePointCount(0, value.length()) > LONGEST ? text + "…" : text.toString();
    }

    /** A whole sentence with foreign values in it: however long, but on one line and without commands for a terminal. */
    public static String line(String sentence) {
        var text = new StringBuilder();
        sentence.codePoints().forEach(point -> append(text, point));
        return text.toString();
    }

    private static void append(StringBuilder text, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> text.append("\\u%04x".formatted(point));
            default -> text.appendCodePoint(point);
        }
    }
}
