package motette.votes;

import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.shared.Message;
import motette.shared.Sql;

/** Compares what was published of a round, the ballots, the roll and the count with each other; for the desk and for auditors. */
@Singleton
class RoundCheck {

    private final RoundRepository rounds;
    private final Publishing publishing;
    private final Sql sql;

    RoundCheck(RoundRepository rounds, Publishing publishing, Sql sql) {
        this.rounds = rounds;
        this.publishing = publishing;
        this.sql = sql;
    }

    /** What does not agree, in sentences; none when everything does. A round that is not counted has nothing to compare. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Message> findings(long roundId) {
        var findings = new ArrayList<Message>();
        rounds.find(roundId).filter(round -> round.countedAt().isPresent()).ifPresent(round -> {
            rows(round, findings);
            round.publishedAt().ifPresent(at -> files(round, findings));
        });
        return findings;
    }

    private void rows(Round round, List<Message> findings) {
        var counted = sql.one(
                        "select ballots, voters from vote_counts where round_id = ?",
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        round.id())
                .orElseThrow();
        same(
                findings,
                "voters",
                counted[1],
                sql.number("select count(*) from vote_roll where round_id = ?", round.id()));
        same(
                findings,
                "receipts",
                counted[0],
                sql.number("select count(*) from vote_receipts where round_id = ?", round.id()));
        same(findings, "urn", 0, sql.number("select count(*) from vote_urn where round_id = ?", round.id()));
        same(
                findings,
                "keys",
                0,
                sql.number("select count(*) from vote_keys.round_keys where round_id = ?", round.id()));
        for (var district : round.districts()) {
            var entered = byMethod("""
                select channel, count(*) from vote_roll
                 where round_id = ? and ? in (district_key, further_key) group by 1\
                """, round.id(), district.key());
            var cast = byMethod("""
                select method, count(*) from vote_ballots where round_id = ? and district_key = ? group by 1\
                """, round.id(), district.key());
            for (var channel : Channel.values()) {
                long entries = entered.getOrDefault(channel.key(), 0L);
                long ballots = cast.getOrDefault(channel.method(), 0L);
                if (channel == Channel.PAPER ? ballots > entries : ballots != entries) {
                    findings.add(Message.of(
                            "votes.result.finding.channel", district.name(), channel.key(), ballots, entries));
                }
            }
        }
    }

    private Map<String, Long> byMethod(String query, long roundId, String districtKey) {
        var counts = new HashMap<String, Long>();
        sql.list(query, row -> counts.put(row.getString(1), row.getLong(2)), roundId, districtKey);
        return counts;
    }

    private static void same(List<Message> findings, String what, long expected, long found) {
        if (expected != found) {
            findings.add(Message.of("votes.result.finding.number", what, expected, found));
        }
    }

    private void files(Round round, List<Message> findings) {
        var published = publishing.published(round.id());
        var verdict = Recount.of(published);
        if (!verdict.intact()) {
            findings.add(Message.of("votes.result.finding.files", verdict.sentence()));
        }
        var manifest = sql.one(
                        "select encode(manifest, 'hex') from vote_publications where round_id = ?",
                        row -> row.getString(1),
                        round.id())
                .orElse("");
        if (!manifest.equals(verdict.manifest())) {
            findings.add(Message.of("votes.result.finding.manifest", manifest, verdict.manifest()));
        }
        var further = new HashMap<>(published);
        var anew = publishing.files(round, Map.of());
        further.keySet().removeAll(anew.keySet());
        publishing.files(round, further).forEach((name, content) -> {
            if (!java.util.Arrays.equals(content, published.get(name))) {
                findings.add(Message.of("votes.result.finding.file", name));
            }
        });
    }
}
