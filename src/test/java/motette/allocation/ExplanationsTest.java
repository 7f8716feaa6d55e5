package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Allocation.Endowments;
import motette.allocation.rules.Election;
import motette.allocation.rules.Fraction;
import motette.allocation.rules.Project;
import motette.allocation.rules.Reason;
import motette.allocation.rules.Reason.Bought;
import motette.allocation.rules.Reason.DidNotFit;
import motette.allocation.rules.Reason.NextInOrder;
import motette.allocation.rules.Reason.NotInBestSet;
import motette.allocation.rules.Reason.StoppedBefore;
import motette.allocation.rules.Reason.SupportersShort;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.Rules;
import motette.allocation.rules.Tie;
import motette.allocation.rules.TieOrder.Criterion;
import motette.allocation.rules.VoteType;
import motette.shared.Message;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read, word by word. Every other reason stands with all its sentences in {@code explanations.txt}. */
class ExplanationsTest {

    private static final Texts TEXTS = new Texts();
    private static final Rule SHARES = Rule.of(Method.EQUAL_SHARES);

    @Test
    void the_worked_example_by_equal_shares() {
        var explanations = Explanations.of(Rules.allocate(SomeElection.worked(), SHARES.with(Completion.ADD1U)));
        assertThat(german(explanations.head()))
                .containsExactly(
                        "Das Budget von 1.000 € wurde gleich verteilt: Jede der 10 Personen, die abgestimmt haben,"
                                + " bekam 100 € Stimmgeld.",
                        "Jede Person zahlt nur für Ideen, für die sie gestimmt hat. In jeder Runde kommt die"
                                + " Idee mit den meisten wirksamen Stimmen dran. Eine Stimme ist voll wirksam, solange"
                                + " das Stimmgeld der Person für ihren Anteil reicht.",
                        "Das Stimmgeld wurde 51-mal um 1 € erhöht, damit möglichst viel vom Budget genutzt wird. In"
                                + " der Zählung, die gilt, hatte jede Person 151 €.",
                        "Nach den Runden blieben 300 €. Davon wurde noch eine Idee finanziert: die mit den meisten"
                                + " Stimmen, die hineinpasste.",
                        "3 Ideen werden finanziert, zusammen kosten sie 1.000 €. Vom Budget von 1.000 € bleiben 0"
                                + " €.");
        assertThat(german(explanations.of(0)))
                .containsExactly(
                        "Finanziert in Runde 1: 7 Personen, die dafür stimmten, zahlten gemeinsam die Kosten von 500"
                                + " €.",
                        "Sie hatten davor zusammen 1.057 € Stimmgeld und behielten 557 €.",
                        "Das sind rund 71,43 € pro Person.",
                        "Das zählt wie 7 volle Stimmen. Mehr hatte in dieser Runde keine andere Idee, die bezahlt"
                                + " werden konnte.");
        assertThat(german(explanations.of(1)))
                .containsExactly(
                        "Nicht finanziert: 5 Personen stimmten dafür und hatten am Ende zusammen noch rund 397,86 €"
                                + " Stimmgeld. Sie kostet 400 €, also fehlten rund 2,14 €.",
                        "Von zusammen 755 € Stimmgeld gingen vorher rund 357,14 € an „Schulgarten“.",
                        "Von Runde 2 an reichte es nicht mehr.",
                        "Gereicht hätte es mit etwa einer weiteren Person, die ihr ganzes Stimmgeld dafür einsetzt.",
                        "Auch vom Budget war am Ende nichts mehr übrig.");
        assertThat(german(explanations.of(2)))
                .containsExactly(
                        "Finanziert aus dem Geld, das nach den Runden übrig war: Mit 2 Stimmen war sie die nächste, die"
                                + " in die 300 € passte. Sie kostet 300 €, danach blieben 0 €.");
        assertThat(german(explanations.of(3)))
                .containsExactly(
                        "Finanziert in Runde 2: 3 Personen, die dafür stimmten, zahlten gemeinsam die Kosten von 200"
                                + " €.",
                        "Das zählt wie 3 volle Stimmen. Mehr hatte in dieser Runde keine andere Idee, die bezahlt"
                                + " werden konnte.");
    }

    @Test
    void the_worked_example_in_easy_language() {
        var explanations = Explanations.of(Rules.allocate(SomeElection.worked(), SHARES));
        assertThat(german(explanations.easyHead()))
                .containsExactly(
                        "Es gibt 1.000 Euro für Ideen.",
                        "10 Menschen haben abgestimmt.",
                        "Wir teilen das Geld.",
                        "Jeder Mensch bekommt gleich viel.",
                        "Das sind 100 Euro.",
                        "Das Geld heißt Stimm-Geld.",
                        "Mit dem Stimm-Geld bezahlen die Menschen Ideen.",
                        "Jeder Mensch bezahlt nur Ideen, für die er gestimmt hat.",
                        "2 Ideen bekommen Geld.",
                        "Das kostet zusammen 700 Euro.",
                        "Es bleiben 300 Euro übrig.");
        assertThat(german(explanations.easy(1)))
                .containsExactly(
                        "Diese Idee bekommt kein Geld.",
                        "5 Menschen haben für die Idee gestimmt.",
                        "Die Idee kostet 400 Euro.",
                        "Am Anfang hatten sie zusammen 500 Euro Stimm-Geld.",
                        "Andere Ideen kamen zuerst.",
                        "Die Idee „Schulgarten“ hat ungefähr 357,14 Euro davon bekommen.",
                        "Am Ende hatten sie zusammen noch ungefähr 142,86 Euro.",
                        "Es haben ungefähr 257,14 Euro gefehlt.",
                        "Es fehlen ungefähr 3 Menschen mit Stimm-Geld.",
                        "Auch sonst waren nur noch 300 Euro übrig.");
        assertThat(german(explanations.easy(2)))
                .containsExactly(
                        "Diese Idee bekommt kein Geld.",
                        "2 Menschen haben für die Idee gestimmt.",
                        "Die Idee kostet 300 Euro.",
                        "Zusammen hatten sie nicht genug Stimm-Geld.",
                        "Es sind nur wenige Menschen.",
                        "Darum schreiben wir ihr Geld nicht auf.");
    }

    @Test
    void the_worked_example_by_most_votes() {
        var explanations = Explanations.of(Rules.allocate(SomeElection.worked(), Rule.of(Method.GREEDY_VOTES)));
        assertThat(german(explanations.head()))
                .containsExactly(
                        "Die Ideen kamen der Reihe nach dran, die mit den meisten Stimmen zuerst. Finanziert wurde,"
                                + " was in das übrige Geld passte.",
                        "Was nicht mehr passte, wurde übersprungen.",
                        "2 Ideen werden finanziert, zusammen kosten sie 900 €. Vom Budget von 1.000 € bleiben 100"
                                + " €.");
        assertThat(german(explanations.of(3)))
                .containsExactly(
                        "Nicht finanziert: Mit 3 Stimmen war sie an der Reihe, als noch 100 € da waren. Sie kostet 200"
                                + " €, also fehlten 100 €.",
                        "Mit 2 Stimmen mehr wäre sie früher an der Reihe gewesen und hätte gepasst.");
        assertThat(german(List.of(explanations.brief(3)))).containsExactly("Passt nicht mehr: 100 € waren noch da.");
    }

    /** Six want the second project; so many of them paid for the first as well, which twelve others want. */
    private static Explanations overlapping(int both) {
        return Explanations.of(Rules.allocate(
                Election.builder(new BigDecimal("1000"), VoteType.APPROVAL)
                        .project("1", new BigDecimal("180"), "Schulgarten")
                        .project("2", new BigDecimal("300"), "Bänke am Kanal")
                        .ballot(12, 0)
                        .ballot(both, 0, 1)
                        .ballot(6 - both, 1)
                        .ballot(2, new int[0])
                        .build(),
                SHARES));
    }

    @Test
    void money_that_one_to_four_of_its_supporters_spent_is_not_told() {
        for (int both : new int[] {1, 2, 3, 4, 5}) {
            var explanations = overlapping(both);
            assertThat(german(explanations.of(1)))
                    .startsWith(
                            "Nicht finanziert: 6 Personen stimmten dafür. Ihr Stimmgeld reichte nicht für die Kosten"
                                    + " von 300 €.",
                            "Wie viel sie noch hatten, steht hier nicht: Man könnte sonst erkennen, wie Einzelne"
                                    + " gestimmt haben.");
            assertThat(german(List.of(explanations.brief(1)))).containsExactly("Das Stimmgeld war schon ausgegeben.");
            assertThat(german(explanations.easy(1)))
                    .contains("Ihr Geld schreiben wir nicht auf.", "So bleibt geheim, wer wie gestimmt hat.");
        }
        assertThat(german(overlapping(6).of(1)).getFirst()).contains("hatten am Ende zusammen noch");
    }

    @Test
    void limits_are_named() {
        var rule = Rule.of(Method.GREEDY_VOTES)
                .with(new Limits(Set.of("2"), Set.of(), List.of(Set.of("1", "4"))))
                .withMinVotes(3);
        var explanations = Explanations.of(Rules.allocate(SomeElection.worked(), rule));
        assertThat(german(explanations.head()))
                .startsWith(
                        "Eine Idee war schon vor der Abstimmung entschieden und kostet 400 €. Vom Budget von 1.000 €"
                                + " blieben 600 €.")
                .contains("Ideen mit weniger als 3 Stimmen waren nicht dabei.");
        assertThat(german(explanations.of(0)))
                .contains("Deshalb entfällt „Lesefest“: Beides zusammen ist nicht möglich.");
        assertThat(german(explanations.of(3)))
                .containsExactly(
                        "Nicht finanziert: Finanziert wird „Schulgarten“, und nur eine von beiden ist möglich.");
    }

    @Test
    void amounts_are_in_the_currency_of_the_election_or_bare() {
        var allocation = Rules.allocate(SomeElection.worked(), SHARES);
        assertThat(german(Explanations.of(allocation, "PLN").of(0))).contains("Das sind rund 71,43 PLN pro Person.");
        assertThat(german(Explanations.of(allocation, "").of(0))).contains("Das sind rund 71,43 pro Person.");
        var huge = Election.builder(new BigDecimal("1E30"), VoteType.APPROVAL)
                .project("1", new BigDecimal("123456789012345678901234567890.125"), "")
                .ballot(1, 0)
                .build();
        assertThat(german(Explanations.of(Rules.allocate(huge, Rule.of(Method.GREEDY_VOTES)))
                        .of(0)))
                .singleElement()
                .asString()
                .contains("Sie kostet 123.456.789.012.345.678.901.234.567.890,125 €");
    }

    @Test
    void braces_in_a_title_are_only_a_title() {
        var election = Election.builder(BigDecimal.TEN, VoteType.APPROVAL)
                .project("1", BigDecimal.TEN, "Bank {0} für's '{Dorf'")
                .project("2", BigDecimal.TEN, "  ")
                .ballot(2, 0, 1)
                .build();
        var explanations = Explanations.of(Rules.allocate(
                election, SHARES.with(new Limits(Set.of(), Set.of(), List.of(Set.of("1", "2"))))));
        assertThat(german(explanations.of(1)))
                .containsExactly(
                        "Nicht finanziert: Finanziert wird „Bank {0} für's '{Dorf'“, und nur eine von beiden ist"
                                + " möglich.");
        assertThat(german(explanations.of(0))).contains("Deshalb entfällt „2“: Beides zusammen ist nicht möglich.");
    }

    // ── every reason, in explanations.txt ──

    /** A project of 500 with 18 votes, one of 400 with 7, a free one without a name with one; each voter has 50. */
    private static final Election THREE = Election.builder(new BigDecimal("1000"), VoteType.APPROVAL)
            .project("1", new BigDecimal("500"), "Schulgarten")
            .project("2", new BigDecimal("400"), "Bänke am Kanal")
            .project("3", BigDecimal.ZERO, "")
            .ballot(12, 0)
            .ballot(6, 0, 1)
            .ballot(1, 1)
            .ballot(1, 2)
            .build();

    private record Example(String name, Rule rule, int project, Reason reason) {

        String told() {
            var reasons = new ArrayList<Reason>(THREE.projects().stream()
                    .map(Project::id)
                    .map(id -> new Reason.NoVotes())
                    .toList());
            reasons.set(project, reason);
            var explanations = Explanations.of(new Allocation(
                    THREE,
                    rule,
                    List.of(1),
                    new BigDecimal("400"),
                    reasons,
                    new Endowments(Fraction.of(50), Fraction.of(50), 1)));
            return Stream.of(Locale.GERMAN, Locale.ENGLISH)
                    .flatMap(locale -> Stream.of(
                            said(locale, explanations.of(project)),
                            said(locale, List.of(explanations.brief(project))),
                            said(locale, explanations.easy(project))))
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String said(Locale locale, List<Message> messages) {
        return messages.stream().map(message -> text(locale, message)).collect(Collectors.joining(" "));
    }

    private static String text(Locale locale, Message message) {
        return TEXTS.get(locale, message).replace('\u00a0', ' ');
    }

    private static List<String> german(List<Message> messages) {
        return messages.stream().map(message -> text(Locale.GERMAN, message)).toList();
    }

    static List<Example> examples() {
        var cardinality = SHARES.with(Utility.CARDINALITY);
        var score = SHARES.with(Utility.SCORE);
        var votes = Rule.of(Method.GREEDY_VOTES);
        var ratio = Rule.of(Method.GREEDY_RATIO);
        var phragmen = Rule.of(Method.PHRAGMEN);
        var welfare = Rule.of(Method.MAX_WELFARE);
        var most = welfare.with(Utility.CARDINALITY);
        var tie = new Tie(List.of(1, 2), List.of(Criterion.VOTES, Criterion.ID));
        var apart = new Bought(2, f(1, 16), f(125, 4), f(16), f(700), f(200), 13, 5, f(375, 4), tie);
        var merged = new Bought(2, f(1, 16), f(125, 4), f(16), f(700), f(200), 15, 3, f(125, 4), tie(Criterion.LOT));
        var empty = new Bought(1, f(1, 13), f(500, 13), f(13), f(650), f(150), 13, 5, f(0), tie(Criterion.COST));
        var all = new Bought(1, f(250, 9), f(250, 9), f(18), f(900), f(400), 18, 0, f(0), Tie.NONE);
        return List.of(
                new Example("decided in", SHARES, 0, new Reason.DecidedIn()),
                new Example("free", SHARES, 2, new Reason.Free()),
                new Example("bought, full and last apart", SHARES, 0, apart),
                new Example("bought, few were short", SHARES, 0, merged),
                new Example("bought, some had nothing", SHARES, 0, empty),
                new Example("bought by number of ideas", cardinality, 0, apart),
                new Example("bought by number of ideas, all full", cardinality, 0, all),
                new Example("bought by points", score, 0, apart),
                new Example("bought by points, few were short", score, 0, merged),
                new Example("bought by points, all full", score, 0, all),
                new Example("completion", SHARES.with(Completion.GREEDY), 0, next("512.50", Tie.NONE)),
                new Example("next by votes", votes, 0, next("1000", tie)),
                new Example("next by ratio", ratio, 0, next("1000", Tie.NONE)),
                new Example("loaded", phragmen, 0, new Reason.Loaded(1, f(250, 9), Tie.NONE)),
                new Example("best votes", most, 0, new Reason.InBestSet(BigInteger.valueOf(25))),
                new Example("best value", welfare, 0, new Reason.InBestSet(BigInteger.valueOf(11_800))),
                new Example("best points", welfare.with(Utility.SCORE), 0, new Reason.InBestSet(BigInteger.ONE)),
                new Example("decided out", SHARES, 0, new Reason.DecidedOut()),
                new Example("no votes", SHARES, 0, new Reason.NoVotes()),
                new Example("too few votes", SHARES, 0, new Reason.TooFewVotes(20)),
                new Example("too dear", SHARES, 0, new Reason.DearerThanBudget(new BigDecimal("1000"))),
                new Example("too dear for the rest", SHARES, 0, new Reason.DearerThanBudget(new BigDecimal("450"))),
                new Example("excluded", SHARES, 0, new Reason.Excluded(1)),
                new Example("short, nothing spent", SHARES, 1, lacking(1, f(350), f(350), 1, "600")),
                new Example(
                        "short, spent on others, sums to the cent",
                        SHARES,
                        0,
                        new SupportersShort(
                                3,
                                f(1400, 3),
                                f(1000, 3),
                                List.of(new Reason.Share(1, f(1000, 3))),
                                BigInteger.valueOf(4),
                                BigDecimal.ZERO,
                                false)),
                new Example("short, spent on what may not be told", SHARES, 1, lacking(2, f(70), f(70), 7, "10")),
                new Example("did not fit", votes, 0, missed("499.99", 1, false)),
                new Example("did not fit by ratio", ratio, 0, missed("100", 0, false)),
                new Example("stopped, too dear", votes, 0, missed("100", 0, true)),
                new Example("stopped, would have fitted", votes, 0, missed("600", 10, true)),
                new Example("not best votes", most, 0, notBest(25, 24, "900")),
                new Example("as good, dearer", most, 0, notBest(25, 25, "900")),
                new Example("as good, order", welfare.with(Utility.SCORE), 0, notBest(25, 25, "400")),
                new Example("not best value", welfare, 0, notBest(11_800, 9_000, "900")),
                new Example("as good in value", welfare, 0, notBest(11_800, 11_800, "900")),
                new Example("not best points", welfare.with(Utility.SCORE), 0, notBest(25, 24, "900")),
                new Example("stop itself", phragmen, 0, new StoppedBefore(f(250, 9), 0, new BigDecimal("400"))),
                new Example("after the stop", phragmen, 0, new StoppedBefore(f(250, 9), 1, new BigDecimal("300"))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_reason_is_told_as_written_down(Example example) {
        assertThat(example.told()).isEqualTo(written(example.name()));
    }

    private static String written(String name) {
        try (var in = Objects.requireNonNull(ExplanationsTest.class.getResourceAsStream("explanations.txt"))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var start = text.indexOf("== " + name + "\n");
            assertThat(start).as(name).isNotNegative();
            var from = text.indexOf('\n', start) + 1;
            var to = text.indexOf("\n\n", from);
            return text.substring(from, to < 0 ? text.length() : to).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fraction f(long numerator, long denominator) {
        return Fraction.of(numerator, denominator);
    }

    private static Fraction f(long whole) {
        return Fraction.of(whole);
    }

    private static Tie tie(Criterion by) {
        return new Tie(List.of(1), List.of(by));
    }

    private static NextInOrder next(String left, Tie tie) {
        return new NextInOrder(new BigDecimal(left), tie);
    }

    private static SupportersShort lacking(int round, Fraction then, Fraction end, long missing, String left) {
        var amount = new BigDecimal(left);
        return new SupportersShort(
                round,
                then,
                end,
                List.of(),
                BigInteger.valueOf(missing),
                amount,
                amount.compareTo(new BigDecimal("400")) >= 0);
    }

    private static DidNotFit missed(String left, long missing, boolean stopped) {
        return new DidNotFit(new BigDecimal(left), BigInteger.valueOf(missing), stopped);
    }

    private static NotInBestSet notBest(long value, long with, String cost) {
        return new NotInBestSet(BigInteger.valueOf(value), BigInteger.valueOf(with), new BigDecimal(cost));
    }
}
