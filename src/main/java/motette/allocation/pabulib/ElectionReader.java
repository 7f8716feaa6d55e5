package motette.allocation.pabulib;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;

/**
 * Reads one file from beginning to end: checks all there is to check, gathers the election, and hands every row on as it stands.
 *
 * <p>Ballots become what rules read like this. {@code approval} and {@code choose-1}: the set of projects named. {@code ordinal}:
 * the set, with Borda points for rules that count points: the first of the ranking gets {@code max_length} points, or as many as
 * there are projects where META has no {@code max_length}, each further one a point less, none fewer than one. (Pabulib names Borda
 * as the scoring of rankings; cities that let three be ranked give 3, 2, 1.) {@code cumulative} and {@code scoring}: the points;
 * with {@code default_score} above zero, projects that a scoring ballot does not name get that. Points of zero or less support
 * nothing.
 */
final class ElectionReader {

    /** Digits of points before and behind the decimal point; more would not fit into sums over a city. */
    private static final int MOST_WHOLE = 9;

    private static final int MOST_DECIMALS = 6;

    private static final String SIZE =
            "points have at most " + MOST_WHOLE + " digits before and " + MOST_DECIMALS + " behind the decimal point";

    private final RowReader rows;
    private final Rows copy;
    private final Warnings warnings = new Warnings();
    private final Meta meta = new Meta(warnings);
    private final Map<String, String> told = new LinkedHashMap<>();
    private final ProjectIds ids = new ProjectIds();
    private final List<BigDecimal> costs = new ArrayList<>();

    private List<String> columns = List.of();
    private long rowsOfSection;

    /** What is found about the ballot at hand: indices of named projects, their points where there are any. */
    private int[] named = new int[16];

    private int names;
    private long[] lastNamedBy = {};

    ElectionReader(InputStream in, Rows copy) {
        this.rows = new RowReader(in);
        this.copy = copy;
    }

    Pabulib.Reading read() throws IOException {
        begin();
        readMeta();
        var builder = Election.builder(meta.budget(), meta.voteType());
        readProjects(builder);
        readVotes(builder);
        copy.end();
        return new Pabulib.Reading(builder.build(), Collections.unmodifiableMap(told), warnings.all());
    }

    // ── sections ──

    private void begin() throws IOException {
        if (!rows.next()) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.MISSING_SECTION,
                    new Place(1, 0),
                    "section META",
                    "",
                    "the file is empty; it must begin with a line META");
        } else if (!isSection()) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.MISSING_SECTION,
                    rows.place(0),
                    "section META",
                    Quoted.plain(rows.text(0)),
                    "the file begins with " + Quoted.value(rows.text(0)) + "; it must begin with a line META");
        } else {
            enter(Section.META);
        }
    }

    private void readMeta() throws IOException {
        readHeader(Section.META, "value");
        int value = columns.indexOf("value");
        while (nextRow(Section.META)) {
            checkWidth(Section.META);
            var key = trimmed(0);
            if (key.isEmpty()) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.BAD_ID, rows.place(0), "a key of META", "", "this row of META has no key");
            }
            var values = values();
            meta.add(key, values.get(value), rows.place(0), rows.place(value));
            told.putIfAbsent(key, values.get(value));
            copy.row(values);
        }
        meta.check(rows.place());
        enter(Section.PROJECTS);
    }

    private void readProjects(Election.Builder builder) throws IOException {
        readHeader(Section.PROJECTS, "cost");
        int cost = columns.indexOf("cost");
        int name = columns.indexOf("name");
        while (nextRow(Section.PROJECTS)) {
            checkWidth(Section.PROJECTS);
            var id = trimmed(0);
            checkProject(id);
            var amount = number(cost, "the cost of project " + Quoted.plain(id), true);
            costs.add(amount);
            builder.project(id, amount, name < 0 ? "" : rows.text(name));
            copy.row(values());
        }
        if (rowsOfSection != meta.projects()) {
            throw meta.mismatch("num_projects", meta.projects(), rowsOfSection, "PROJECTS");
        }
        enter(Section.VOTES);
    }

    private void readVotes(Election.Builder builder) throws IOException {
        boolean pointed = meta.voteType() == VoteType.CUMULATIVE || meta.voteType() == VoteType.SCORING;
        readHeader(Section.VOTES, pointed ? new String[] {"vote", "points"} : new String[] {"vote"});
        int vote = columns.indexOf("vote");
        var limits = new BallotLimits(meta, warnings);
        var voters = new VoterIds();
        lastNamedBy = new long[ids.size()];
        meta.checkScoring();
        var points = new Points(builder);
        while (nextRow(Section.VOTES)) {
            checkWidth(Section.VOTES);
            checkVoter(voters);
            if (pointed) {
                points.read(vote, columns.indexOf("points"), limits);
            } else {
                readNames(vote, true);
                limits.checkLength(names, rows, vote);
                if (meta.voteType() == VoteType.ORDINAL) {
                    points.rank();
                } else {
                    builder.ballot(1, Arrays.copyOf(named, names));
                }
            }
            if (limits.limitCost()) {
                limits.checkCost(costOfBallot(), rows, vote);
            }
            if (copy != Pabulib.NOWHERE) {
                copy.row(values());
            }
        }
        if (rowsOfSection != meta.votes()) {
            throw meta.mismatch("num_votes", meta.votes(), rowsOfSection, "VOTES");
        }
    }

    /** Goes on within a section; false at the line that opens the next one. */
    private boolean nextRow(Section section) throws IOException {
        if (!rows.next()) {
            if (section == Section.VOTES) {
                return false;
            } else {
                var missing = Section.values()[section.ordinal() + 1];
                throw new PabulibProblem(
                        PabulibProblem.Kind.MISSING_SECTION,
                        rows.lastLine(),
                        "section " + missing,
                        "",
                        "the file ends without a section " + missing);
            }
        } else if (isSection()) {
            if (section == Section.VOTES) {
                throw repeated(Section.named(rows.text(0)).orElseThrow());
            } else {
                return false;
            }
        } else {
            rowsOfSection++;
            noteStrayQuote();
            return true;
        }
    }

    private boolean isSection() {
        return (rows.size() == 1 || (!rows.anyFrom(1) && !rows.isQuoted(0)))
                && Section.named(rows.text(0)).isPresent();
    }

    /** The row at hand opens a section; it must be this one. */
    private void enter(Section section) throws IOException {
        var found = Section.named(rows.text(0)).orElseThrow();
        if (found.ordinal() < section.ordinal()) {
            throw repeated(found);
        } else if (found.ordinal() > section.ordinal()) {
            var place = rows.place(0);
            throw comesLater(section)
                    ? new PabulibProblem(
                            PabulibProblem.Kind.SECTION_ORDER,
                            place,
                            "section " + found,
                            found.name(),
                            "section " + found + " stands before " + section + "; the order is META, PROJECTS, VOTES")
                    : new PabulibProblem(
                            PabulibProblem.Kind.MISSING_SECTION,
                            place,
                            "section " + section,
                            "",
                            "section " + found + " begins, but there is no section " + section
                                    + " before or behind it");
        } else {
            rowsOfSection = 0;
        }
    }

    /** Whether a missing section only stands further down: looked up so that the sentence says the right thing. */
    private boolean comesLater(Section section) throws IOException {
        try {
            boolean found = false;
            while (!found && rows.next()) {
                found = isSection() && Section.named(rows.text(0)).equals(Optional.of(section));
            }
            return found;
        } catch (PabulibProblem furtherDown) {
            return false;
        }
    }

    private PabulibProblem repeated(Section section) {
        return new PabulibProblem(
                PabulibProblem.Kind.SECTION_ORDER,
                rows.place(0),
                "section " + section,
                section.name(),
                "section " + section + " stands a second time");
    }

    // ── rows ──

    private void readHeader(Section section, String... needed) throws IOException {
        if (!rows.next() || isSection()) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.MISSING_COLUMN,
                    rows.lastLine(),
                    "the columns of " + section,
                    "",
                    "section " + section + " ends without a row of column names");
        }
        int width = rows.size();
        while (width > 0 && rows.isEmpty(width - 1)) {
            width--;
        }
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (int i = 0; i < width; i++) {
            var name = trimmed(i);
            if (name.isEmpty()) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.UNNAMED_COLUMN,
                        rows.place(i),
                        "column " + (i + 1) + " of " + section,
                        "",
                        "column " + (i + 1) + " of " + section + " has no name");
            } else if (!seen.add(name)) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.DUPLICATE_COLUMN,
                        rows.place(i),
                        "column " + Quoted.plain(name),
                        name,
                        "column " + Quoted.value(name) + " stands twice in " + section);
            }
            names.add(name);
        }
        if (names.isEmpty() || !names.getFirst().equals(section.firstColumn())) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.MISSING_COLUMN,
                    rows.place(0),
                    "the first column of " + section,
                    rows.text(0),
                    "the first column of " + section + " is " + Quoted.value(rows.text(0)) + "; it must be "
                            + section.firstColumn());
        }
        for (var column : needed) {
            if (!seen.contains(column)) {
                throw new PabulibProblem(
                        PabulibProblem.Kind.MISSING_COLUMN,
                        rows.place(),
                        "column " + column,
                        "",
                        section + " has no column " + column
                                + (column.equals("points") ? ", which this vote_type needs" : ""));
            }
        }
        columns = List.copyOf(names);
        copy.section(section.name(), columns);
    }

    private void checkWidth(Section section) {
        int width = columns.size();
        if (rows.size() < width) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.SHORT_ROW,
                    rows.place(),
                    "the row of " + Quoted.plain(rows.text(0)),
                    String.valueOf(rows.size()),
                    "the row of " + Quoted.value(rows.text(0)) + " has " + fields(rows.size()) + ", but " + section
                            + " has " + width + " columns");
        } else if (rows.anyFrom(width) && !isOpenValue(section)) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.LONG_ROW,
                    rows.place(width),
                    "the row of " + Quoted.plain(rows.text(0)),
                    String.valueOf(rows.size()),
                    "the row of " + Quoted.value(rows.text(0)) + " has " + fields(rows.size()) + ", but " + section
                            + " has " + width + " columns; put a value with a semicolon into double quotes");
        }
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    /** Whether the row is a key of META with a value that has semicolons but no quotes: nothing else can be meant. */
    private boolean isOpenValue(Section section) {
        boolean open = section == Section.META && columns.size() == 2;
        for (int i = 1; i < rows.size(); i++) {
            open = open && !rows.isQuoted(i);
        }
        return open;
    }

    private List<String> values() {
        var values = new ArrayList<String>(columns.size());
        values.add(trimmed(0));
        if (columns.size() == 2 && rows.anyFrom(2)) {
            if (warnings.add(Warning.Kind.UNQUOTED_SEMICOLON)) {
                warnings.keep(
                        Warning.Kind.UNQUOTED_SEMICOLON,
                        rows.place(1),
                        Quoted.plain(rows.text(0)),
                        rows.rest(1),
                        "has a value with a semicolon but without double quotes; it is read to the end of the line");
            }
            values.add(rows.rest(1));
        } else {
            for (int i = 1; i < columns.size(); i++) {
                values.add(rows.text(i));
            }
        }
        return values;
    }

    private void noteStrayQuote() {
        rows.strayQuote().ifPresent(place -> {
            if (warnings.add(Warning.Kind.STRAY_QUOTE)) {
                warnings.keep(
                        Warning.Kind.STRAY_QUOTE,
                        place,
                        "the row of " + Quoted.plain(rows.text(0)),
                        "\"",
                        "has a double quote in a field without quotes; it is kept as it stands");
            }
        });
    }

    private String trimmed(int field) {
        return rows.isQuoted(field) ? RowReader.trim(rows.text(field)) : rows.text(field);
    }

    private BigDecimal number(int field, String thing, boolean zeroOrMore) {
        var text = rows.text(field);
        var number = Decimals.parse(text);
        if (number.isEmpty()) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_NUMBER,
                    rows.place(field),
                    thing,
                    text,
                    thing + " " + Decimals.fault(text) + "; write a number of zero or more");
        } else if (zeroOrMore && number.get().signum() < 0) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_NUMBER,
                    rows.place(field),
                    thing,
                    text,
                    thing + " is " + number.get().toPlainString() + ", below zero; write a number of zero or more");
        } else {
            if (text.indexOf(',') >= 0 && warnings.add(Warning.Kind.DECIMAL_COMMA)) {
                warnings.keep(
                        Warning.Kind.DECIMAL_COMMA,
                        rows.place(field),
                        thing,
                        text,
                        "is " + RowReader.trim(text) + " with a decimal comma; it is read as "
                                + number.get().toPlainString());
            }
            return number.get();
        }
    }

    // ── projects ──

    private void checkProject(String id) {
        if (id.isEmpty()) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_ID, rows.place(0), "a project", "", "this project has no project_id");
        } else if (id.indexOf(',') >= 0) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_ID,
                    rows.place(0),
                    "project " + Quoted.plain(id),
                    id,
                    "the project_id " + Quoted.value(id) + " holds a comma, so no vote could name it");
        } else if (!ids.add(id)) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.DUPLICATE_PROJECT,
                    rows.place(0),
                    "project " + Quoted.plain(id),
                    id,
                    "project " + Quoted.plain(id) + " stands in PROJECTS a second time");
        }
    }

    // ── votes ──

    private void checkVoter(VoterIds voters) {
        int from = rows.start(0);
        int to = rows.end(0);
        if (rows.isQuoted(0)) {
            while (from < to && RowReader.isBlank(rows.chars()[from])) {
                from++;
            }
            while (to > from && RowReader.isBlank(rows.chars()[to - 1])) {
                to--;
            }
        }
        if (from == to) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.BAD_ID, rows.place(0), "a voter", "", "this vote has no voter_id");
        } else if (!voters.add(rows.chars(), from, to)) {
            throw new PabulibProblem(
                    PabulibProblem.Kind.DUPLICATE_VOTER,
                    rows.place(0),
                    "voter " + Quoted.plain(trimmed(0)),
                    trimmed(0),
                    "voter " + Quoted.plain(trimmed(0)) + " stands in VOTES a second time");
        }
    }

    /** Fills {@link #named} from a list of ids; a further naming of the same project is left out, or marked with -1. */
    private void readNames(int field, boolean leaveOut) {
        names = 0;
        var chars = rows.chars();
        int end = rows.end(field);
        int from = rows.start(field);
        if (!isBlankField(field)) {
            for (int at = from; at <= end; at++) {
                if (at == end || chars[at] == ',') {
                    addName(field, from, at, leaveOut);
                    from = at + 1;
                }
            }
        }
    }

    private void addName(int field, int start, int stop, boolean leaveOut) {
        var chars = rows.chars();
        int from = start;
        int to = stop;
        while (from < to && RowReader.isBlank(chars[from])) {
            from++;
        }
        while (to > from && RowReader.isBlank(chars[to - 1])) {
            to--;
        }
        int project = ids.find(chars, from, to);
        if (project < 0) {
            throw unknown(field, from, to);
        }
        if (lastNamedBy[project] == rowsOfSection) {
            if (warnings.add(Warning.Kind.REPEATED_NAME)) {
                warnings.keep(
                        Warning.Kind.REPEATED_NAME,
                        rows.place(field, from),
                        "voter " + Quoted.plain(trimmed(0)),
                        ids.get(project),
                        "names project " + Quoted.plain(ids.get(project)) + " more than once; it counts once");
            }
            if (!leaveOut) {
                push(-1);
            }
        } else {
            lastNamedBy[project] = rowsOfSection;
            push(project);
        }
    }

    private void push(int project) {
        if (names == named.length) {
            named = Arrays.copyOf(named, 2 * names);
        }
        named[names] = project;
        names++;
    }

    private PabulibProblem unknown(int field, int from, int to) {
        var name = new String(rows.chars(), from, to - from);
        var voter = "voter " + Quoted.plain(trimmed(0));
        return new PabulibProblem(
                PabulibProblem.Kind.UNKNOWN_PROJECT,
                rows.place(field, from),
                "the vote of " + voter,
                name,
                name.isEmpty()
                        ? "the vote of " + voter + " has an empty place in its list"
                        : voter + " names project " + Quoted.value(name) + ", which is not in PROJECTS");
    }

    private boolean isBlankField(int field) {
        boolean blank = true;
        for (int i = rows.start(field); blank && i < rows.end(field); i++) {
            blank = RowReader.isBlank(rows.chars()[i]);
        }
        return blank;
    }

    private BigDecimal costOfBallot() {
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < names; i++) {
            sum = named[i] < 0 ? sum : sum.add(costs.get(named[i]));
        }
        return sum;
    }

    /** Ballots with points, kept in whole numbers of the finest decimal place met so far. */
    private final class Points {

        private final Election.Builder builder;
        private final long first;
        private final BigDecimal unnamed;
        private int scale;

        Points(Election.Builder builder) {
            this.builder = builder;
            this.first = meta.voteType() == VoteType.ORDINAL
                    ? meta.limit("max_length")
                            .filter(most -> most.signum() > 0 && most.precision() - most.scale() <= MOST_WHOLE)
                            .map(BigDecimal::longValue)
                            .orElse((long) ids.size())
                    : 0;
            this.unnamed = meta.voteType() == VoteType.SCORING ? defaultScore() : BigDecimal.ZERO;
            if (unnamed.signum() > 0) {
                refine(unnamed);
            }
        }

        private BigDecimal defaultScore() {
            var score = meta.limit("default_score").orElse(BigDecimal.ZERO).stripTrailingZeros();
            if (fits(score)) {
                return score;
            } else {
                throw meta.bad("default_score", "is " + score.toPlainString(), SIZE);
            }
        }

        private boolean fits(BigDecimal points) {
            return points.precision() - points.scale() <= MOST_WHOLE && points.scale() <= MOST_DECIMALS;
        }

        void rank() {
            var points = new long[names];
            for (int i = 0; i < names; i++) {
                points[i] = Math.max(1, first - i);
            }
            builder.ballot(1, Arrays.copyOf(named, names), points);
        }

        void read(int vote, int field, BallotLimits limits) {
            readNames(vote, false);
            var given = given(field);
            if (given.size() != names) {
                var voter = "voter " + Quoted.plain(trimmed(0));
                throw new PabulibProblem(
                        PabulibProblem.Kind.POINTS_MISMATCH,
                        rows.place(field),
                        "the points of " + voter,
                        Quoted.plain(rows.text(field)),
                        voter + " names " + BallotLimits.projects(names) + " but gives points " + given.size()
                                + (given.size() == 1 ? " time" : " times"));
            }
            var supported = new int[ids.size()];
            var points = new long[ids.size()];
            int size = 0;
            var counted = new ArrayList<BigDecimal>();
            for (int i = 0; i < names; i++) {
                if (named[i] >= 0) {
                    refine(given.get(i));
                    counted.add(given.get(i));
                    supported[size] = named[i];
                    size++;
                }
            }
            for (int i = 0; i < size; i++) {
                points[i] = units(counted.get(i));
            }
            limits.checkLength(size, rows, vote);
            if (limits.limitPoints()) {
                limits.checkPoints(counted, rows, field);
            }
            if (unnamed.signum() > 0) {
                for (int project = 0; project < ids.size(); project++) {
                    if (lastNamedBy[project] != rowsOfSection) {
                        supported[size] = project;
                        points[size] = units(unnamed);
                        size++;
                    }
                }
            }
            builder.ballot(1, Arrays.copyOf(supported, size), Arrays.copyOf(points, size));
        }

        private List<BigDecimal> given(int field) {
            var given = new ArrayList<BigDecimal>();
            if (!isBlankField(field)) {
                int from = rows.start(field);
                for (int at = from; at <= rows.end(field); at++) {
                    if (at == rows.end(field) || rows.chars()[at] == ',') {
                        given.add(points(field, from, at));
                        from = at + 1;
                    }
                }
            }
            return given;
        }

        private BigDecimal points(int field, int from, int to) {
            var text = RowReader.trim(new String(rows.chars(), from, to - from));
            var points = Decimals.parse(text);
            if (points.isEmpty()) {
                throw bad(rows.place(field, from), text, Decimals.fault(text), "write a number");
            }
            var plain = points.get().stripTrailingZeros();
            if (!fits(plain)) {
                throw bad(rows.place(field, from), text, "is " + Quoted.value(text), SIZE);
            } else if (plain.signum() < 0 && meta.voteType() == VoteType.CUMULATIVE) {
                throw bad(
                        rows.place(field, from), text, "is " + text + ", below zero", "write a number of zero or more");
            } else {
                return plain;
            }
        }

        private PabulibProblem bad(Place place, String text, String fault, String remedy) {
            var thing = "a number of points of voter " + Quoted.plain(trimmed(0));
            return new PabulibProblem(
                    PabulibProblem.Kind.BAD_NUMBER, place, thing, text, thing + " " + fault + "; " + remedy);
        }

        private void refine(BigDecimal points) {
            int needed = Math.max(0, points.stripTrailingZeros().scale());
            if (needed > scale) {
                scale = needed;
                builder.pointScale(scale);
            }
        }

        private long units(BigDecimal points) {
            return points.movePointRight(scale).longValueExact();
        }
    }
}
