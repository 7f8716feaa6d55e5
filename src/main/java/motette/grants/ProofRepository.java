package motette.grants;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import motette.grants.ProofForm.Proof;
import motette.grants.ProofForm.ProvenLine;
import motette.grants.ProofForm.Receipt;
import motette.shared.Sql;

/** Proofs of use as they were sent, each a version with its lines and receipts. */
@Singleton
class ProofRepository {

    private final Sql sql;

    ProofRepository(Sql sql) {
        this.sql = sql;
    }

    /** The latest proof as it was sent. */
    @Transactional(readOnly = true)
    public Proof of(GrantFile file) {
        return new Proof(
                file.proofKind(),
                file.spent(),
                file.report(),
                proven("grant_proof_lines", file),
                proven("grant_proof_sources", file),
                sql.list(
                        "select position, paid_on, trade, purpose, amount_cents from grant_proof_receipts where"
                                + " resolution_id = ? and version = ? order by position",
                        row -> new Receipt(
                                row.getInt(1),
                                row.getDate(2).toLocalDate(),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5)),
                        file.id(),
                        file.proofVersion()));
    }

    private List<ProvenLine> proven(String table, GrantFile file) {
        return sql.list(
                "select position, what, planned_cents, actual_cents from " + table
                        + " where resolution_id = ? and version = ? order by position",
                row -> new ProvenLine(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)),
                file.id(),
                file.proofVersion());
    }

    /** Keeps a proof with its lines and receipts; pictures that no proof has yet belong to it. */
    void keep(GrantFile file, Proof proof, long person, Instant now) {
        int version = file.proofVersion() + 1;
        sql.change(
                "insert into grant_proofs values (?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                version,
                proof.kind(),
                proof.spent(),
                proof.report(),
                person,
                now);
        keepLines("grant_proof_lines", file, version, proof.costs());
        keepLines("grant_proof_sources", file, version, proof.sources());
        var rows = new ArrayList<Object[]>();
        proof.receipts()
                .forEach(one -> rows.add(new Object[] {
                    file.id(), version, one.position(), one.day(), one.trade(), one.purpose(), one.cents()
                }));
        if (!rows.isEmpty()) {
            sql.changeAll("insert into grant_proof_receipts values (?, ?, ?, ?, ?, ?, ?)", rows);
        }
        sql.change(
                "update grant_photos set version = ? where resolution_id = ? and version is null", version, file.id());
    }

    private void keepLines(String table, GrantFile file, int version, List<ProvenLine> lines) {
        var rows = new ArrayList<Object[]>();
        lines.forEach(line -> rows.add(
                new Object[] {file.id(), version, line.position(), line.what(), line.planned(), line.actual()}));
        if (!rows.isEmpty()) {
            sql.changeAll("insert into " + table + " values (?, ?, ?, ?, ?, ?)", rows);
        }
    }

    void answer(GrantFile file, String outcome, String note, long person, Instant now) {
        sql.change(
                "insert into grant_proof_answers values (?, ?, ?, ?, ?, ?)",
                file.id(),
                file.proofVersion(),
                outcome,
                note,
                person,
                now);
    }
}
