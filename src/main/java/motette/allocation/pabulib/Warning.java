package motette.allocation.pabulib;

/**
 * Something odd in a file that was read all the same.
 *
 * @param line   from 1; 0 for a summary of many
 * @param column character in the line, from 1; 0 where the whole line is meant
 * @param thing  what is odd: a project, a voter, a key
 * @param value  what stands there
 * @param text   one English sentence with line, column, thing and value
 */
public record Warning(Kind kind, int line, int column, String thing, String value, String text) {

    public enum Kind {
        /** A ballot names a project more than once; it counts once. */
        REPEATED_NAME,
        /** A number has a decimal comma, read as a point. */
        DECIMAL_COMMA,
        /** A ballot is longer, shorter, dearer or richer in points than META allows; it counts as cast. */
        BEYOND_LIMIT,
        /** A key of META that no rule needs stands twice; both are kept. */
        REPEATED_KEY,
        /** A double quote within an unquoted field, kept as it stands. */
        STRAY_QUOTE,
        /** A value of META with a semicolon but without quotes, read to the end of its line. */
        UNQUOTED_SEMICOLON,
        /** A {@code scoring_fn} other than Borda; Borda is taken. */
        UNKNOWN_SCORING
    }
}
