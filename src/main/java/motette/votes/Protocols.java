package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Texts;

/** Writes the protocol of the close of a counted round, in German as all that is official, from rows alone. */
@Singleton
class Protocols {

    private static final Locale GERMAN = Languages.standard();

    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Publishing publishing;
    private final Texts texts;
    private final Sql sql;

    Protocols(RoundRepository rounds, DeskRepository desk, Publishing publishing, Texts texts, Sql sql) {
        this.rounds = rounds;
        this.desk = desk;
        this.publishing = publishing;
        this.texts = texts;
        this.sql = sql;
    }

    /** Only of a round that is counted. */
    @Transactional(readOnly = true)
    public Protocol of(Round round) {
        var parts = new ArrayList<Protocol.Part>();
        parts.add(part("what", what(round)));
        parts.add(part("tie", List.of(say("tie.hash", round.tieHash()), say("tie.seed", round.tieSeed()))));
        parts.add(part("proposals", proposals(round)));
        parts.add(part("turnout", turnout(round)));
        parts.add(part("agreement", agreement(round)));
        parts.add(part("papers", papers(round)));
        for (var district : round.districts()) {
            parts.add(new Protocol.Part(say("votes", district.name()), votes(round, district)));
        }
        parts.add(part("story", story(round)));
        parts.add(part("files", files(round)));
        return new Protocol(say("title", round.title()), parts);
    }

    private List<String> what(Round round) {
        var lines = new ArrayList<String>();
        lines.add(say("announced", moment(round.announcedAt().orElseThrow())));
        lines.add(say("opened", moment(round.opensAt())));
        lines.add(say("closed", moment(round.closesAt())));
        lines.add(say("counted", moment(round.countedAt().orElseThrow())));
        lines.add(
                say("form", texts.get(GERMAN, "votes.desk.form." + round.form().key())));
        lines.add(say("rule", texts.get(GERMAN, "votes.desk.rule." + round.rule()), (long) round.leastVotes()));
        lines.add(texts.get(GERMAN, "votes.desk.advice"));
        return lines;
    }

    /** Where the candidates came from: how many ideas, nobody's name. */
    private List<String> proposals(Round round) {
        return sql.list(
                """
                select g.name, count(*), count(*) filter (where i.kind = 'own-project'), count(w.number),
                       count(*) filter (where v.version > 1)
                  from vote_candidates c
                  join districts g on g.key = c.district_key
                  join ideas i on i.number = c.idea_number
                  join lateral (select max(version) as version from vote_candidate_versions v
                                 where v.round_id = c.round_id and v.number = c.number) v on true
                  left join vote_withdrawals w on w.round_id = c.round_id and w.number = c.number
                 where c.round_id = ? group by g.key, g.name order by g.key\
                """,
                row -> say(
                        "proposed", row.getString(1), row.getLong(2), row.getLong(3), row.getLong(5), row.getLong(4)),
                round.id());
    }

    /** The roll against the ballots, by district and by channel; only papers may stay away. */
    private List<String> agreement(Round round) {
        var lines = new ArrayList<String>();
        var entries =
                "select d.district_key, r.channel from vote_roll r join vote_districts d on d.round_id = r.round_id"
                        + " and d.district_key in (r.district_key, r.further_key) where r.round_id = ?";
        sql.list(
                        "select g.name, (select count(*) from (" + entries + ") e where e.district_key = g.key),"
                                + " (select count(*) from vote_ballots b"
                                + " where b.round_id = d.round_id and"
                                + " b.district_key = g.key) from"
                                + " vote_districts d join districts g on"
                                + " g.key = d.district_key where d.round_id"
                                + " = ? order by g.key",
                        row -> agreed(row.getString(1), row.getLong(2), row.getLong(3)),
                        round.id(),
                        round.id())
                .forEach(lines::add);
        for (var channel : Channel.values()) {
            long entered = sql.number(
                    "select count(*) from (" + entries + ") e where e.channel = ?", round.id(), channel.key());
            if (entered > 0) {
                lines.add(agreed(
                        texts.get(GERMAN, "votes.desk.channel." + channel.key()),
                        entered,
                        sql.number(
                                "select count(*) from vote_ballots where round_id = ? and method = ?",
                                round.id(),
                                channel.method())));
            }
        }
        return lines;
    }

    private String agreed(String what, long entries, long ballots) {
        return say("agreed", what, entries, ballots, entries - ballots);
    }

    /** What became of the ballot papers; of what is not a ballot, why. */
    private List<String> papers(Round round) {
        var lines = new ArrayList<String>();
        long handedOut = sql.number(
                "select count(*) from vote_hand_outs h join vote_sheet_batches b on b.id = h.batch_id where b.round_id"
                        + " = ?",
                round.id());
        if (handedOut == 0) {
            lines.add(say("papers.none"));
        } else {
            var outcomes = sql
                    .list(
                            "select o.outcome, count(*) from vote_sheet_outcomes o join vote_sheets s on s.number ="
                                + " o.number join vote_sheet_batches b on b.id = s.batch_id where b.round_id = ? group"
                                + " by 1",
                            row -> Map.entry(row.getString(1), row.getLong(2)),
                            round.id())
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            long settled = outcomes.values().stream().mapToLong(Long::longValue).sum();
            lines.add(say("papers.out", handedOut, settled, handedOut - settled));
            for (var outcome : SheetOutcome.values()) {
                lines.add(say("papers." + outcome.key(), outcomes.getOrDefault(outcome.key(), 0L)));
            }
        }
        return lines;
    }

    private List<String> turnout(Round round) {
        var lines = new ArrayList<String>();
        sql.list(
                        "select voters, ballots from vote_counts where round_id = ?",
                        row -> say("ballots", row.getLong(1), row.getLong(2), row.getLong(1) - row.getLong(2)),
                        round.id())
                .forEach(lines::add);
        sql.list(
                        "select channel, count(*) from vote_roll where round_id = ? group by channel order by channel",
                        row -> say(
                                "voters", texts.get(GERMAN, "votes.desk.channel." + row.getString(1)), row.getLong(2)),
                        round.id())
                .forEach(lines::add);
        desk.districts(round.id()).forEach(district -> lines.add(say("voters", district.name(), district.voters())));
        return lines;
    }

    /** In the order of the ballot; who is proposed says the file of the result. */
    private List<String> votes(Round round, Round.RoundDistrict district) {
        var votes = sql
                .list(
                        """
                        select c.choice, count(*), sum(c.point) from vote_ballots b,
                               unnest(b.choices, coalesce(b.points, array_fill(1::smallint, array[cardinality(b.choices)])))
                                   as c (choice, point)
                         where b.round_id = ? and b.district_key = ? group by c.choice\
                        """,
                        row -> Map.entry(row.getInt(1), new long[] {row.getLong(2), row.getLong(3)}),
                        round.id(),
                        district.key())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var lines = new ArrayList<String>();
        lines.add(say("money", new Money(district.budgetCents())));
        for (var candidate : rounds.candidates(round.id())) {
            if (candidate.districtKey().equals(district.key())) {
                var given = votes.getOrDefault(candidate.number(), new long[2]);
                lines.add(say(
                        candidate.stands() ? "candidate" : "withdrawn",
                        String.valueOf(candidate.number()),
                        candidate.title(),
                        new Money(candidate.costCents()),
                        round.form() == BallotForm.POINTS ? given[1] : given[0]));
            }
        }
        return lines;
    }

    private List<String> story(Round round) {
        var lines = desk.happenings(round.id()).stream()
                .map(one -> say(
                        "happened",
                        moment(one.at()),
                        texts.get(GERMAN, "votes.desk.happened." + one.kind())
                                + (one.number() == 0 ? "" : ", " + one.number() + ". " + one.title())
                                + one.until()
                                        .map(until -> " – " + moment(until))
                                        .orElse(""),
                        one.reason()))
                .toList();
        return lines.isEmpty() ? List.of(say("nothing")) : lines;
    }

    /** Without the manifest, which names the protocol itself. */
    private List<String> files(Round round) {
        return publishing.files(round, Map.of()).entrySet().stream()
                .filter(file -> !file.getKey().equals("manifest.json"))
                .map(file -> file.getKey() + " " + sha256(file.getValue()))
                .toList();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Protocol.Part part(String heading, List<String> lines) {
        return new Protocol.Part(say(heading), lines);
    }

    private String moment(Instant at) {
        return texts.get(GERMAN, "votes.desk.moment", texts.moment(GERMAN, at));
    }

    private String say(String key, Object... args) {
        return texts.get(GERMAN, "votes.desk.protocol." + key, args);
    }
}
