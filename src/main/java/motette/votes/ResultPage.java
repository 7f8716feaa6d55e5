package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import motette.shared.Message;

/**
 * What came out of a round, for everybody.
 *
 * @param state    "running", "closed" or "counted" while there is nothing to show; "published"
 * @param points   whether ballots give points
 * @param voters   entries of the roll
 * @param manifest SHA-256 of the list of files
 */
@Introspected
record ResultPage(
        Round round,
        String state,
        boolean points,
        long voters,
        List<DistrictPart> districts,
        List<Part> turnout,
        VoterDays days,
        List<PublishedFile> files,
        String manifest) {

    /**
     * A district with its candidates, those that got most first.
     *
     * @param head how it was worked out, sentence by sentence
     */
    @Introspected
    record DistrictPart(
            String slug,
            String name,
            long budgetCents,
            long spentCents,
            long proposed,
            long ballots,
            long blank,
            List<Message> head,
            List<CandidateRow> rows,
            List<CandidateRow> withdrawn) {

        long leftCents() {
            return budgetCents - spentCents;
        }
    }

    /**
     * A line of the table.
     *
     * @param amount what decides about the bar: points, or votes where the form knows none
     * @param width  of its bar, in hundredths of the longest
     */
    @Introspected
    record CandidateRow(
            int number,
            long idea,
            String title,
            long costCents,
            long votes,
            long amount,
            long width,
            boolean in,
            List<Message> brief,
            List<Message> why,
            String withdrawn) {}

    /** Who took part, by "quarters", "channels" or "ages". */
    @Introspected
    record Part(String kind, List<PartRow> rows, long others) {}

    /**
     * A group of voters.
     *
     * @param key     of the group; texts name channels and ages by it
     * @param name    of a quarter; empty for others
     * @param percent of all who live there; -1 where that is not known
     */
    @Introspected
    record PartRow(String key, String name, long people, long width, long percent) {

        boolean last() {
            return key.endsWith("+");
        }

        String from() {
            return key.replaceAll("[^0-9].*", "");
        }

        String to() {
            return key.replaceAll(".*-", "");
        }
    }

    /** A quarter as the turnout names it. */
    record Quarter(String name, long population) {}

    static ResultPage waiting(Round round, Phase phase) {
        return new ResultPage(
                round,
                switch (phase) {
                    case CLOSED, COUNTED -> phase.key();
                    default -> "running";
                },
                round.form() == BallotForm.POINTS,
                0,
                List.of(),
                List.of(),
                VoterDays.NOTHING,
                List.of(),
                "");
    }

    /** @param easy whether it is read in Leichte Sprache */
    static ResultPage of(
            Round round,
            Results.Result result,
            VoterDays days,
            Map<String, Quarter> quarters,
            List<PublishedFile> files,
            boolean easy) {
        boolean points = round.form() == BallotForm.POINTS;
        return new ResultPage(
                round,
                Phase.PUBLISHED.key(),
                points,
                result.voters(),
                result.districts().stream()
                        .map(district -> part(district, points, easy))
                        .toList(),
                turnout(result.turnout(), quarters),
                days,
                files,
                files.stream()
                        .filter(file -> file.kind().equals("manifest"))
                        .map(PublishedFile::sha256)
                        .findFirst()
                        .orElse(""));
    }

    private static DistrictPart part(Results.DistrictResult district, boolean points, boolean easy) {
        var layOut = district.layOut();
        // The easy sentences say people where points are counted.
        boolean simple = easy && !points;
        long most = Math.max(
                1,
                layOut.lines().stream()
                        .filter(line -> line.candidate().stands())
                        .mapToLong(LayOut.Line::points)
                        .max()
                        .orElse(1));
        var rows = layOut.lines().stream()
                .sorted(Comparator.comparing(LayOut.Line::points)
                        .reversed()
                        .thenComparing(line -> line.candidate().number()))
                .map(line -> new CandidateRow(
                        line.candidate().number(),
                        line.candidate().ideaNumber(),
                        line.candidate().title(),
                        line.candidate().costCents(),
                        line.votes(),
                        line.points(),
                        Math.min(100, line.points() * 100 / most),
                        line.proposed(),
                        line.brief(),
                        simple ? line.easy() : line.why(),
                        line.candidate().withdrawn().orElse("")))
                .toList();
        return new DistrictPart(
                district.place().slug(),
                district.place().name(),
                district.place().budgetCents(),
                layOut.spentCents(),
                layOut.lines().stream().filter(LayOut.Line::proposed).count(),
                layOut.ballots(),
                layOut.blank(),
                simple ? layOut.easyHead() : layOut.head(),
                rows.stream().filter(row -> row.withdrawn().isEmpty()).toList(),
                rows.stream().filter(row -> !row.withdrawn().isEmpty()).toList());
    }

    private static List<Part> turnout(RoundFiles.Turnout turnout, Map<String, Quarter> quarters) {
        var parts = new ArrayList<Part>();
        add(parts, "quarters", turnout.quarters(), quarters);
        add(parts, "channels", turnout.channels(), Map.of());
        add(parts, "ages", turnout.ages(), Map.of());
        return List.copyOf(parts);
    }

    private static void add(List<Part> parts, String kind, Groups groups, Map<String, Quarter> quarters) {
        if (groups.isTold()) {
            long most = Math.max(1, groups.told().getFirst().people());
            var rows = groups.told().stream()
                    .filter(group -> !group.key().isEmpty())
                    .map(group -> row(group, most, quarters.get(group.key())))
                    .sorted(
                            kind.equals("ages") || kind.equals("days")
                                    ? Comparator.comparing(PartRow::key)
                                    : (a, b) -> 0)
                    .toList();
            long unknown = groups.told().stream()
                    .filter(group -> group.key().isEmpty())
                    .mapToLong(Groups.Group::people)
                    .sum();
            long others = groups.rest() + unknown;
            if (rows.size() > 1 || others > 0) {
                parts.add(new Part(kind, rows, others));
            }
        }
    }

    private static PartRow row(Groups.Group group, long most, @org.jspecify.annotations.Nullable Quarter quarter) {
        return new PartRow(
                group.key(),
                quarter == null ? "" : quarter.name(),
                group.people(),
                group.people() * 100 / most,
                quarter == null || quarter.population() == 0
                        ? -1
                        : Math.round(group.people() * 100.0 / quarter.population()));
    }
}
