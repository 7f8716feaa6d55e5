package motette.allocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Reason;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Tie;
import motette.allocation.rules.TieOrder;
import motette.shared.Languages;
import motette.shared.Texts;

/**
 * A result as it is published: one JSON object with everything that is needed to understand, check and recompute it. The same
 * arguments give the same bytes on any machine. Numbers are exact: whole and finite decimal ones are JSON numbers without an
 * exponent, all others texts like "500/7". What choices of the rule do not apply is left out, and so is money of fewer than five
 * voters, and under score the largest single payment ({@link Facts}). Fields: {@code src/docs/allocation-file-and-command.md}.
 */
public final class ResultJson {

    /** Goes up whenever the same election and rule may give another result or other bytes. */
    public static final String ENGINE = "motette-allocation/3";

    private static final JsonFactory FACTORY =
            JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final Allocation allocation;
    private final Election election;
    private final Rule rule;
    private final Facts facts;
    private final JsonGenerator json;

    private ResultJson(Allocation allocation, JsonGenerator json) {
        this.allocation = allocation;
        this.election = allocation.election();
        this.rule = allocation.rule();
        this.facts = new Facts(allocation);
        this.json = json;
    }

    /**
     * What a result says to people.
     *
     * @param language    tag of the language (BCP 47)
     * @param head        how the outcome came about, sentence by sentence
     * @param explanation why a project is in or out, by its index
     */
    public record Wording(String language, List<String> head, IntFunction<String> explanation) {

        /** No words; the fields {@code language}, {@code summary} and {@code explanation} are left out. */
        public static final Wording NONE = new Wording("", List.of(), project -> "");

        /** The sentences of people's explanations in one language. */
        public static Wording of(Explanations explanations, Texts texts, Locale locale) {
            return new Wording(
                    Languages.tag(locale),
                    explanations.head().stream()
                            .map(message -> texts.get(locale, message))
                            .toList(),
                    project -> explanations.of(project).stream()
                            .map(message -> texts.get(locale, message))
                            .collect(Collectors.joining(" ")));
        }

        boolean isNone() {
            return language.isEmpty();
        }
    }

    /**
     * Writes a result without words.
     *
     * @param inputSha256 of the file with the ballots, in hexadecimal
     */
    public static void write(Allocation allocation, String inputSha256, OutputStream out) throws IOException {
        write(allocation, inputSha256, Wording.NONE, out);
    }

    /** Writes a result, in UTF-8, with a line break at the end; the stream stays open. */
    public static void write(Allocation allocation, String inputSha256, Wording wording, OutputStream out)
            throws IOException {
        try (var json = FACTORY.createGenerator(out)) {
            new ResultJson(allocation, json).write(inputSha256, wording);
            json.writeRaw('\n');
        }
    }

    private void write(String inputSha256, Wording wording) throws IOException {
        json.writeStartObject();
        writeRule();
        json.writeStringField("engine", ENGINE);
        json.writeObjectFieldStart("input");
        json.writeStringField("sha256", inputSha256);
        json.writeEndObject();
        number("budget", election.budget());
        json.writeNumberField("voters", election.voters());
        ids("selected", allocation.selected());
        number("totalCost", allocation.totalCost());
        number("left", allocation.left());
        writeEndowment();
        writeRounds();
        writeTies();
        if (!wording.isNone()) {
            json.writeStringField("language", wording.language());
            texts("summary", wording.head());
        }
        writeProjects(wording);
        json.writeEndObject();
    }

    // ── the rule ──

    private void writeRule() throws IOException {
        name("rule", rule.method());
        if (RuleNames.hasUtility(rule)) {
            name("utility", rule.utility());
        }
        if (rule.method() == Method.EQUAL_SHARES) {
            name("completion", rule.completion());
        }
        if (RuleNames.adds(rule)) {
            name("start", rule.start());
            number("increment", rule.increment());
            name("stop", rule.stop());
        }
        if (rule.ties().kind() == TieOrder.Kind.DRAWN) {
            texts("tieBreak", rule.ties().drawn());
        } else {
            name("tieBreak", rule.ties().kind());
        }
        if (rule.minVotes() > 1) {
            json.writeNumberField("minVotes", rule.minVotes());
        }
        if (!rule.skip() && RuleNames.maySkip(rule)) {
            json.writeBooleanField("skip", false);
        }
        if (!rule.limits().equals(Limits.NONE)) {
            json.writeObjectFieldStart("limits");
            texts("in", sorted(rule.limits().in()));
            texts("out", sorted(rule.limits().out()));
            json.writeArrayFieldStart("exclusive");
            for (var set : sortedSets(rule.limits().exclusive())) {
                json.writeStartArray();
                for (var id : set) {
                    json.writeString(id);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Sets have no order of their own, and results must have one. */
    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }

    private static List<List<String>> sortedSets(List<Set<String>> sets) {
        return sets.stream()
                .map(ResultJson::sorted)
                .sorted(Comparator.comparing(List::toString))
                .toList();
    }

    // ── the way there ──

    private void writeEndowment() throws IOException {
        if (rule.method() == Method.EQUAL_SHARES) {
            json.writeObjectFieldStart("endowment");
            number("first", allocation.endowments().first());
            number("last", allocation.endowments().last());
            json.writeNumberField("runs", allocation.endowments().runs());
            json.writeEndObject();
        }
    }

    private void writeRounds() throws IOException {
        if (rule.method() == Method.EQUAL_SHARES || rule.method() == Method.PHRAGMEN) {
            json.writeArrayFieldStart("rounds");
            for (int project : allocation.selected()) {
                switch (allocation.reason(project)) {
                    case Reason.Bought bought -> writeRound(project, bought);
                    case Reason.Loaded loaded -> writeRound(project, loaded);
                    default -> {
                        // Funded without a round: free, decided beforehand, or from what the rounds left.
                    }
                }
            }
            json.writeEndArray();
        }
    }

    private void writeRound(int project, Reason.Bought bought) throws IOException {
        json.writeStartObject();
        json.writeNumberField("round", bought.round());
        id("project", project);
        number("rho", bought.rho());
        if (!facts.points()) {
            number("payment", bought.payment());
        }
        number("effectiveVotes", bought.effective());
        if (!facts.hidden(project)) {
            number("before", bought.before());
            number("after", bought.after());
            if (facts.apart(bought)) {
                json.writeNumberField("full", bought.full());
                json.writeNumberField("last", bought.last());
                number("paidByLast", bought.paidByLast());
            }
        }
        ids("tied", bought.tie().with());
        json.writeEndObject();
    }

    private void writeRound(int project, Reason.Loaded loaded) throws IOException {
        json.writeStartObject();
        json.writeNumberField("round", loaded.round());
        id("project", project);
        writeLoad(project, loaded.load());
        ids("tied", loaded.tie().with());
        json.writeEndObject();
    }

    private void writeLoad(int project, Fraction load) throws IOException {
        if (!facts.few(project)) {
            number("load", load);
        }
    }

    private void writeTies() throws IOException {
        json.writeArrayFieldStart("ties");
        for (int project : allocation.selected()) {
            var tie = tie(allocation.reason(project));
            if (tie.occurred()) {
                json.writeStartObject();
                id("project", project);
                ids("with", tie.with());
                texts("decided", tie.decided().stream().map(RuleNames::of).toList());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static Tie tie(Reason reason) {
        return switch (reason) {
            case Reason.Bought bought -> bought.tie();
            case Reason.NextInOrder next -> next.tie();
            case Reason.Loaded loaded -> loaded.tie();
            default -> Tie.NONE;
        };
    }

    // ── projects ──

    private void writeProjects(Wording wording) throws IOException {
        json.writeArrayFieldStart("projects");
        for (int i = 0; i < election.projects().size(); i++) {
            var project = election.project(i);
            json.writeStartObject();
            json.writeStringField("id", project.id());
            json.writeStringField("name", project.name());
            number("cost", project.cost());
            json.writeNumberField("votes", election.votes(i));
            json.writeStringField("status", allocation.funded(i) ? "funded" : "not-funded");
            writeReason(i, allocation.reason(i));
            if (!wording.isNone()) {
                json.writeStringField("explanation", wording.explanation().apply(i));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeReason(int project, Reason reason) throws IOException {
        switch (reason) {
            case Reason.DecidedIn _ -> reason("decided-in");
            case Reason.Free _ -> reason("free");
            case Reason.Bought bought -> {
                reason("bought");
                json.writeNumberField("round", bought.round());
            }
            case Reason.NextInOrder next -> {
                reason("next-in-order");
                number("left", next.left());
            }
            case Reason.Loaded loaded -> {
                reason("loaded");
                json.writeNumberField("round", loaded.round());
            }
            case Reason.InBestSet best -> {
                reason("in-best-set");
                value("value", best.value());
            }
            case Reason.DecidedOut _ -> reason("decided-out");
            case Reason.NoVotes _ -> reason("no-votes");
            case Reason.TooFewVotes few -> {
                reason("too-few-votes");
                json.writeNumberField("least", few.least());
            }
            case Reason.DearerThanBudget dear -> {
                reason("dearer-than-budget");
                number("available", dear.available());
            }
            case Reason.Excluded excluded -> {
                reason("excluded");
                id("by", excluded.by());
            }
            case Reason.SupportersShort shortOf -> writeShort(project, shortOf);
            case Reason.DidNotFit missed -> {
                reason("did-not-fit");
                number("left", missed.left());
                json.writeNumberField("missing", missed.missing());
                json.writeBooleanField("stopped", missed.stopped());
            }
            case Reason.NotInBestSet worse -> {
                reason("not-in-best-set");
                value("value", worse.value());
                value("valueWith", worse.valueWith());
                number("costWith", worse.costWith());
            }
            case Reason.StoppedBefore stopped -> {
                reason("stopped-before");
                writeLoad(project, stopped.load());
                id("stop", stopped.stop());
                number("left", stopped.left());
            }
        }
    }

    private void writeShort(int project, Reason.SupportersShort reason) throws IOException {
        reason("supporters-short");
        json.writeNumberField("round", reason.round());
        if (!facts.hidden(project)) {
            number("then", reason.then());
            number("end", reason.end());
            json.writeArrayFieldStart("spentOn");
            for (var share : facts.spending(project, reason).told()) {
                json.writeStartObject();
                id("project", share.project());
                number("paid", share.paid());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("missing", reason.missing());
        }
        number("left", reason.left());
        json.writeBooleanField("fits", reason.fits());
    }

    // ── values ──

    private void reason(String name) throws IOException {
        json.writeStringField("reason", name);
    }

    private void name(String field, Enum<?> choice) throws IOException {
        json.writeStringField(field, RuleNames.of(choice));
    }

    private void id(String field, int project) throws IOException {
        json.writeStringField(field, election.project(project).id());
    }

    private void ids(String field, List<Integer> projects) throws IOException {
        texts(field, projects.stream().map(i -> election.project(i).id()).toList());
    }

    private void texts(String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** The value of a set of projects in what people know: votes, points, or money where a vote counts what its project costs. */
    private void value(String field, BigInteger value) throws IOException {
        number(
                field,
                switch (rule.utility()) {
                    case CARDINALITY -> new BigDecimal(value);
                    case COST -> new BigDecimal(value, election.scale());
                    case SCORE -> new BigDecimal(value, election.pointScale());
                });
    }

    private void number(String field, BigDecimal number) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(plain(number));
    }

    private void number(String field, Fraction number) throws IOException {
        if (isFinite(number.denominator())) {
            number(field, new BigDecimal(number.numerator()).divide(new BigDecimal(number.denominator())));
        } else {
            json.writeStringField(field, number.toString());
        }
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Whether division ends: no prime factor but 2 and 5. */
    private static boolean isFinite(BigInteger denominator) {
        var rest = denominator.shiftRight(denominator.getLowestSetBit());
        var five = BigInteger.valueOf(5);
        var parts = rest.divideAndRemainder(five);
        while (parts[1].signum() == 0) {
            rest = parts[0];
            parts = rest.divideAndRemainder(five);
        }
        return rest.equals(BigInteger.ONE);
    }
}
