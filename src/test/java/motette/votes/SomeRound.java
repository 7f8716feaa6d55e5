package motette.votes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import motette.votes.Round.RoundDistrict;
import motette.votes.RoundFiles.Paper;
import motette.votes.RoundFiles.Story;
import motette.votes.RoundFiles.Turnout;
import motette.votes.RoundFiles.Version;

/** A round of chance, without a database: two districts, ten candidates of which one is withdrawn, one pair that excludes each other. */
record SomeRound(Head head, List<Story> stories, List<Set<Integer>> exclusions, Map<String, List<Paper>> papers) {

    private static final Instant OPENS = Instant.parse("2026-09-01T08:00:00Z");
    private static final List<RoundDistrict> PLACES = List.of(
            new RoundDistrict("0", "Mitte", "mitte", 1_000_000), new RoundDistrict("2", "Ost", "ost", 2_500_050));

    static SomeRound of(long chance, BallotForm form, String rule, int ballots, int least) {
        var random = new Random(chance);
        int most = form == BallotForm.POINTS ? 3 : 1;
        var stories = new ArrayList<Story>();
        for (int number = 1; number <= 10; number++) {
            var versions = new ArrayList<Version>();
            versions.add(
                    new Version(1, "Vorschlag " + number, "Text; \"so\"", 50_000 + random.nextInt(900_000), OPENS, ""));
            if (number == 4) {
                versions.add(new Version(
                        2, "Vorschlag 4, teurer", "Text", 620_000, OPENS.plusSeconds(60), "Neuer Preis laut Angebot"));
            }
            stories.add(new Story(
                    number,
                    number <= 5 ? "0" : "2",
                    100 + number,
                    versions,
                    number == 7 ? "Der Platz wird nun doch gebaut." : ""));
        }
        var papers = new TreeMap<String, List<Paper>>();
        papers.put("0", new ArrayList<>());
        papers.put("2", new ArrayList<>());
        for (int i = 0; i < ballots; i++) {
            boolean mitte = random.nextBoolean();
            boolean both = random.nextInt(4) == 0;
            var method = random.nextInt(3) == 0 ? "paper" : "internet";
            if (mitte || both) {
                papers.get("0").add(new Paper(method, choice(random, 1, 5, most)));
            }
            if (!mitte || both) {
                papers.get("2").add(new Paper(method, choice(random, 6, 10, most)));
            }
        }
        var seed = new byte[32];
        random.nextBytes(seed);
        var head = new Head(
                "herbst-2026",
                "Herbst im Quartier",
                form,
                form == BallotForm.POINTS ? 3 : 0,
                true,
                14,
                OPENS.minusSeconds(99),
                OPENS,
                OPENS.plusSeconds(864_000),
                OPENS.plusSeconds(864_500),
                rule,
                least,
                Lot.sha256(seed),
                HexFormat.of().formatHex(seed),
                ballots,
                ballots);
        return new SomeRound(head, stories, List.of(Set.of(1, 2), Set.of(8, 9)), papers);
    }

    private static Choice choice(Random random, int from, int to, int most) {
        var points = new TreeMap<Integer, Integer>();
        for (int number = from; number <= to; number++) {
            if (random.nextInt(3) == 0) {
                points.put(number, 1 + random.nextInt(most));
            }
        }
        return new Choice(points);
    }

    LayOut layOut(RoundDistrict place) {
        return LayOut.of(
                head.terms(exclusions),
                place.budgetCents(),
                stories.stream()
                        .filter(story -> story.districtKey().equals(place.key()))
                        .map(Story::candidate)
                        .toList(),
                RoundFiles.District.counted(papers.getOrDefault(place.key(), List.of())));
    }

    List<RoundDistrict> places() {
        return PLACES;
    }

    SortedMap<String, byte[]> files() {
        var districts = PLACES.stream()
                .map(place ->
                        new RoundFiles.District(place, papers.getOrDefault(place.key(), List.of()), layOut(place)))
                .toList();
        var channels = Groups.of(Map.of("web", (long) head.voters()));
        return new TreeMap<>(RoundFiles.of(
                head,
                "Leipzig",
                stories,
                exclusions,
                districts,
                new Turnout(channels, Groups.NOTHING, Groups.NOTHING),
                receipts(),
                Map.of("protocol.pdf", new byte[] {'%', 'P', 'D', 'F'})));
    }

    private List<String> receipts() {
        var random = new Random(head.ballots());
        var receipts = new ArrayList<String>();
        for (int i = 0; i < head.ballots(); i++) {
            var bytes = new byte[13];
            random.nextBytes(bytes);
            receipts.add(Receipt.of(bytes).code());
        }
        Collections.sort(receipts);
        return receipts;
    }
}
