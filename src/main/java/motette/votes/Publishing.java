package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.places.CityPack;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Publishes a counted round: makes its files from the rows, keeps them byte for byte, and writes the hash of their manifest into the
 * audit, so that nobody can put others in their place afterwards.
 */
@Singleton
class Publishing {

    private final RoundRepository rounds;
    private final Results results;
    private final Audit audit;
    private final Sql sql;
    private final Clock clock;
    private final String city;

    Publishing(RoundRepository rounds, Results results, Audit audit, Sql sql, Clock clock, CityPack pack) {
        this.rounds = rounds;
        this.results = results;
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
        this.city = pack.name();
    }

    @Transactional
    public void publish(long roundId, long personId) {
        publish(roundId, personId, "", Map.of());
    }

    /**
     * Publishes a round, once; whoever may is asked before.
     *
     * @param office  in which role, as in the audit
     * @param further files that are published with it by their names, as the protocol
     * @throws Refused when it is not counted, published already, or two signatures are not there
     */
    @Transactional
    public void publish(long roundId, long personId, String office, Map<String, byte[]> further) {
        var round = rounds.alone(roundId).orElseThrow(() -> new Refused(Refusal.of("votes.refused.none")));
        if (round.countedAt().isEmpty()) {
            throw new Refused(Refusal.of("votes.result.refused.uncounted"));
        } else if (round.publishedAt().isPresent()) {
            throw new Refused(Refusal.of("votes.result.refused.published"));
        } else if (sql.number("select count(*) from vote_signatures where round_id = ?", roundId) < 2) {
            throw new Refused(Refusal.of("votes.result.refused.unsigned"));
        }
        var files = files(round, further);
        files.forEach((name, content) -> sql.change(
                "insert into vote_files (round_id, name, content, sha256) values (?, ?, ?, ?)",
                roundId,
                name,
                content,
                HexFormat.of().parseHex(Lot.sha256(content))));
        var manifest = Lot.sha256(files.getOrDefault(RoundFiles.MANIFEST, new byte[0]));
        sql.change(
                "insert into vote_publications (round_id, at, by, manifest) values (?, ?, ?, ?)",
                roundId,
                clock.instant(),
                personId,
                HexFormat.of().parseHex(manifest));
        audit.record(Deed.of("votes.publication", "round:" + round.id())
                .by(personId, office)
                .with("manifest", manifest)
                .with("files", files.size()));
    }

    /** What would be published of a counted round: the same rows give the same bytes. */
    @Transactional(readOnly = true)
    public SortedMap<String, byte[]> files(Round round, Map<String, byte[]> further) {
        var result = results.reckoned(round);
        return RoundFiles.of(
                result.head(),
                city,
                result.stories(),
                result.exclusions(),
                result.districts().stream()
                        .map(district -> new RoundFiles.District(
                                district.place(),
                                results.papers(round.id(), district.place().key()),
                                district.layOut()))
                        .toList(),
                result.turnout(),
                results.receipts(round.id()),
                further);
    }

    /** What was published of a round, byte for byte; empty where it is not. */
    @Transactional(readOnly = true)
    public SortedMap<String, byte[]> published(long roundId) {
        var files = new TreeMap<String, byte[]>();
        sql.list(
                "select name, content from vote_files where round_id = ?",
                row -> files.put(row.getString(1), row.getBytes(2)),
                roundId);
        return files;
    }

    @Transactional(readOnly = true)
    public Optional<byte[]> file(long roundId, String name) {
        return sql.one(
                "select content from vote_files where round_id = ? and name = ?",
                row -> row.getBytes(1),
                roundId,
                name);
    }

    /** Names and sizes, the manifest first. */
    @Transactional(readOnly = true)
    public List<PublishedFile> list(long roundId) {
        return sql.list("""
            select name, octet_length(content), encode(sha256, 'hex') from vote_files
             where round_id = ? order by name <> 'manifest.json', name\
            """, row -> new PublishedFile(row.getString(1), row.getLong(2), row.getString(3)), roundId);
    }
}
