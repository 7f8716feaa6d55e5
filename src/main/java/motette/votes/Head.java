package motette.votes;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of a published round that everything else in its files is measured by. */
record Head(
        String slug,
        String title,
        BallotForm form,
        int mostPoints,
        boolean furtherDistrict,
        int minimumAge,
        Instant announcedAt,
        Instant opensAt,
        Instant closesAt,
        Instant countedAt,
        String rule,
        int leastVotes,
        String tieHash,
        String tieSeed,
        int ballots,
        int voters) {

    /** A round that is counted. */
    static Head of(Round round, int ballots, int voters) {
        return new Head(
                round.slug(),
                round.title(),
                round.form(),
                round.mostPoints(),
                round.furtherDistrict(),
                round.minimumAge(),
                round.announcedAt().orElseThrow(),
                round.opensAt(),
                round.closesAt(),
                round.countedAt().orElseThrow(),
                round.rule(),
                round.leastVotes(),
                round.tieHash(),
                round.tieSeed(),
                ballots,
                voters);
    }

    static Head of(Json.Fields fields) {
        return new Head(
                fields.text("slug"),
                fields.text("title"),
                BallotForm.of(fields.text("form")),
                Math.toIntExact(fields.number("mostPoints")),
                fields.truth("furtherDistrict"),
                Math.toIntExact(fields.number("minimumAge")),
                Instant.parse(fields.text("announcedAt")),
                Instant.parse(fields.text("opensAt")),
                Instant.parse(fields.text("closesAt")),
                Instant.parse(fields.text("countedAt")),
                fields.text("rule"),
                Math.toIntExact(fields.number("leastVotes")),
                fields.text("tieHash"),
                fields.text("tieSeed"),
                Math.toIntExact(fields.number("ballots")),
                Math.toIntExact(fields.number("voters")));
    }

    Map<String, Object> map() {
        var map = new LinkedHashMap<String, Object>();
        map.put("slug", slug);
        map.put("title", title);
        map.put("form", form.key());
        map.put("mostPoints", mostPoints);
        map.put("furtherDistrict", furtherDistrict);
        map.put("minimumAge", minimumAge);
        map.put("announcedAt", announcedAt);
        map.put("opensAt", opensAt);
        map.put("closesAt", closesAt);
        map.put("countedAt", countedAt);
        map.put("rule", rule);
        map.put("leastVotes", leastVotes);
        map.put("tieHash", tieHash);
        map.put("tieSeed", tieSeed);
        map.put("ballots", ballots);
        map.put("voters", voters);
        return map;
    }

    LayOut.Terms terms(List<Set<Integer>> exclusions) {
        return new LayOut.Terms(form, rule, leastVotes, HexFormat.of().parseHex(tieSeed), exclusions);
    }

    int most() {
        return form == BallotForm.POINTS ? mostPoints : 1;
    }
}
