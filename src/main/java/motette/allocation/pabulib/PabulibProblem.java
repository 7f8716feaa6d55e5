package motette.allocation.pabulib;

/**
 * Why a file is refused. The message is one English sentence with the place, the thing and the value:
 * "line 11, column 3: the cost of project B is empty; write a number of zero or more".
 */
public final class PabulibProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    public enum Kind {
        /** META, PROJECTS or VOTES is not there. */
        MISSING_SECTION,
        /** A section stands before its turn or a second time. */
        SECTION_ORDER,
        /** A column without which a section cannot be read, or the row of column names itself, is not there. */
        MISSING_COLUMN,
        /** Two columns bear one name. */
        DUPLICATE_COLUMN,
        /** A column between others has no name. */
        UNNAMED_COLUMN,
        /** META lacks {@code num_projects}, {@code num_votes}, {@code budget} or {@code vote_type}. */
        MISSING_KEY,
        /** A key of META that rules need stands twice. */
        DUPLICATE_KEY,
        /** Not a number, below zero where that makes no sense, or too long. */
        BAD_NUMBER,
        /** A kind of ballot that Pabulib does not know. */
        BAD_VOTE_TYPE,
        /** {@code num_projects} or {@code num_votes} is not the number of rows. */
        COUNT_MISMATCH,
        /** A project, a voter or a key without a name, or a project whose id holds a comma. */
        BAD_ID,
        DUPLICATE_PROJECT,
        DUPLICATE_VOTER,
        /** A ballot names something that is not in PROJECTS. */
        UNKNOWN_PROJECT,
        /** A ballot has more or fewer points than names. */
        POINTS_MISMATCH,
        /** Fewer fields than columns. */
        SHORT_ROW,
        /** More fields than columns. */
        LONG_ROW,
        /** A quoted field without end. */
        UNCLOSED_QUOTE,
        /** Text behind the end of a quoted field. */
        BAD_QUOTE,
        /** Bytes that are not UTF-8. */
        BAD_ENCODING,
        /** A NUL character. */
        BAD_CHARACTER,
        /** A row too long to be one. */
        ROW_TOO_LONG
    }

    private final Kind kind;
    private final int line;
    private final int column;
    private final String thing;
    private final String value;

    PabulibProblem(Kind kind, Place place, String thing, String value, String sentence) {
        super(place + ": " + sentence, null, false, false);
        this.kind = kind;
        this.line = place.line();
        this.column = place.column();
        this.thing = thing;
        this.value = value;
    }

    public Kind kind() {
        return kind;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** Character in the line, from 1; 0 where the whole line is meant. */
    public int column() {
        return column;
    }

    /** What is at fault, as "the cost of project B". */
    public String thing() {
        return thing;
    }

    /** What stands there; empty where nothing does. */
    public String value() {
        return value;
    }
}
