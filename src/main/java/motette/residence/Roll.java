package motette.residence;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.shared.Sql;

/**
 * The electoral roll: one person, one entry, whatever the way. Deeds about the same identity follow each other under a lock
 * on its hashes, and the primary key of {@code residence_keys} holds even if they did not. Locks are taken in this order:
 * persons by id, then hashes by value.
 */
@Singleton
class Roll {

    private final Sql sql;
    private final ResidenceRules rules;
    private final Audit audit;
    private final Clock clock;

    Roll(Sql sql, ResidenceRules rules, Audit audit, Clock clock) {
        this.sql = sql;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody in the roll who has the same name and birth, the same name and address, or both. */
    private record Holder(long personId, String matched) {}

    private record Running(long proof, byte[] birth) {}

    /**
     * Enters somebody in the roll, in place of their own older proof; or opens a case when the roll seems to know them under
     * another account, or knows this account as somebody else.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Outcome enter(Claim claim) {
        sql.lockRow("persons", claim.personId());
        sortedHashes(claim.keys()).forEach(sql::lock);
        endExpired(claim);
        var own = running(claim.personId());
        var holder = holder(claim);
        var someoneElse = own.filter(
                running -> !Arrays.equals(running.birth(), claim.keys().birth()));
        if (holder.isPresent() || someoneElse.isPresent()) {
            return new Outcome.ForStaff(leaveToStaff(claim, holder));
        } else {
            var now = clock.instant();
            own.ifPresent(running -> replace(running.proof(), now));
            return new Outcome.Shown(keep(claim, now));
        }
    }

    /** Ends the running proof of somebody; false when there was none. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean end(long personId, EndKind kind) {
        return sql.change(
                        "update residence_proofs set ended_at = ?, end_kind = ? where person_id = ? and ended_at is"
                                + " null",
                        clock.instant(),
                        kind.key,
                        personId)
                > 0;
    }

    /** Why a proof ended before its time. */
    enum EndKind {
        PERSON("person"),
        UNDONE("undone"),
        CASE("case");

        private final String key;

        EndKind(String key) {
            this.key = key;
        }
    }

    /**
     * Takes a proof back and lets the one it replaced run again, if that still holds.
     *
     * @return whether it was still running
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean takeBack(long proof, long personId) {
        sql.lockRow("persons", personId);
        var before = sql.one(
                """
                select old.id, old.address_set_aside from residence_proofs old join residence_proofs new on new.id = ? and new.ended_at is null
                where old.person_id = new.person_id and old.end_kind = 'replaced' and old.ended_at = new.shown_at
                  and old.valid_until > ? order by old.id desc limit 1\
                """, row -> new Before(row.getLong(1), Optional.ofNullable(row.getBytes(2))), proof, clock.instant());
        before.flatMap(Before::address).ifPresent(sql::lock);
        before.ifPresent(old -> sql.change(
                "update residence_keys set proof_id = ? where proof_id = ? and kind = 'birth'", old.proof(), proof));
        var ended = sql.change(
                        "update residence_proofs set ended_at = ?, end_kind = 'undone' where id = ? and ended_at is"
                                + " null",
                        clock.instant(),
                        proof)
                > 0;
        before.ifPresent(old -> {
            sql.change(
                    "update residence_proofs set ended_at = null, end_kind = null, address_set_aside = null where id ="
                            + " ?",
                    old.proof());
            old.address().ifPresent(hash -> keepKey("address", hash, old.proof(), twin("address", hash, personId)));
        });
        return ended;
    }

    /** A proof that another one replaced, with the hash of its address. */
    private record Before(long proof, Optional<byte[]> address) {}

    /** The address is set aside: whoever moved and shows it may have been mistaken for another, and then the former one holds. */
    private void replace(long proof, Instant now) {
        sql.change("""
            update residence_proofs set ended_at = ?, end_kind = 'replaced',
                address_set_aside = (select hash from residence_keys where proof_id = ? and kind = 'address') where id = ?\
            """, now, proof, proof);
    }

    /** What was set aside goes when it can no longer be undone. */
    int forgetSetAside(Instant before) {
        return sql.change(
                "update residence_proofs set address_set_aside = null where address_set_aside is not null"
                        + " and ended_at <= ?",
                before);
    }

    /** Proofs that are over no longer stand in the way of anybody. */
    private void endExpired(Claim claim) {
        sql.change(
                """
                update residence_proofs set ended_at = valid_until, end_kind = 'expired'
                where ended_at is null and valid_until <= ?
                  and (person_id = ? or id in (select proof_id from residence_keys
                        where (kind = 'birth' and hash = ?) or (kind = 'address' and hash = ?)))\
                """,
                clock.instant(),
                claim.personId(),
                claim.keys().birth(),
                claim.keys().knownAddress());
    }

    private Optional<Running> running(long personId) {
        return sql.one(
                "select p.id, k.hash from residence_proofs p"
                        + " left join residence_keys k on k.proof_id = p.id and k.kind = 'birth'"
                        + " where p.person_id = ? and p.ended_at is null",
                row -> new Running(
                        row.getLong(1), Optional.ofNullable(row.getBytes(2)).orElse(new byte[0])),
                personId);
    }

    /** Whom the roll knows by these hashes, unless staff decided already that the two are different people. */
    private Optional<Holder> holder(Claim claim) {
        return sql.one(
                """
                select p.person_id, case when count(distinct k.kind) > 1 then 'both' else min(k.kind) end
                from residence_keys k join residence_proofs p on p.id = k.proof_id
                where ((k.kind = 'birth' and k.hash = ?) or (k.kind = 'address' and k.hash = ?)) and p.person_id <> ?
                  and not exists (select from residence_cases c where c.decision = 'both'
                                     and ((c.person_id = p.person_id and c.other_id = ?)
                                       or (c.other_id = p.person_id and c.person_id = ?)))
                group by p.person_id order by count(distinct k.kind) desc, min(k.kind) desc, p.person_id limit 1\
                """,
                row -> new Holder(row.getLong(1), row.getString(2)),
                claim.keys().birth(),
                claim.keys().knownAddress(),
                claim.personId(),
                claim.personId(),
                claim.personId());
    }

    private long leaveToStaff(Claim claim, Optional<Holder> holder) {
        var open = sql.one(
                "select id from residence_cases where person_id = ? and decided_at is null",
                row -> row.getLong(1),
                claim.personId());
        return open.orElseGet(() -> {
            long number = sql.number(
                    """
                    insert into residence_cases (kind, matched, person_id, other_id, way, quarter_key, birth_year, birth_hash,
                        address_hash, witness_id, opened_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id\
                    """,
                    holder.isPresent() ? "two-accounts" : "two-identities",
                    holder.map(Holder::matched).orElse(""),
                    claim.personId(),
                    holder.map(Holder::personId),
                    claim.way().key(),
                    claim.quarterKey(),
                    claim.keptBirthYear(),
                    claim.keys().birth(),
                    claim.keys().knownAddress(),
                    claim.witness(),
                    clock.instant());
            audit.record(claim.personId(), "residence.clash", "residence-case:" + number, "");
            return number;
        });
    }

    private long keep(Claim claim, Instant now) {
        long proof = sql.number(
                """
                insert into residence_proofs (person_id, quarter_key, way, birth_year, shown_at, valid_until, witness_id)
                values (?, ?, ?, ?, ?, ?, ?) returning id\
                """,
                claim.personId(),
                claim.quarterKey(),
                claim.way().key(),
                claim.keptBirthYear(),
                now,
                rules.today().until(now),
                claim.witness());
        keepKey("birth", claim.keys().birth(), proof, birthTwin(claim, now));
        claim.keys()
                .knownAddress()
                .ifPresent(hash -> keepKey("address", hash, proof, twin("address", hash, claim.personId())));
        audit.record(
                claim.witnessId() == 0 ? claim.personId() : claim.witnessId(),
                "residence.proof",
                "residence-proof:" + proof,
                "");
        return proof;
    }

    private void keepKey(String kind, byte[] hash, long proof, long twin) {
        sql.change(
                "insert into residence_keys (kind, hash, twin, proof_id) values (?, ?, ?, ?)", kind, hash, twin, proof);
    }

    /**
     * Once a twin, always the same twin: else who renews while the other one is away would come back as the other, and could vote
     * as both.
     */
    private long birthTwin(Claim claim, Instant now) {
        long twin = sql.holds("select from residence_twins where person_id = ?", claim.personId())
                ? claim.personId()
                : twin("birth", claim.keys().birth(), claim.personId());
        if (twin > 0) {
            sql.change(
                    "insert into residence_twins (person_id, since) values (?, ?) on conflict do nothing",
                    claim.personId(),
                    now);
        }
        return twin;
    }

    /** 0 for the first with this hash; the number of the person for whoever shares it, as staff decided. */
    private long twin(String kind, byte[] hash, long personId) {
        return sql.holds("select from residence_keys where kind = ? and hash = ? and twin = 0", kind, hash)
                ? personId
                : 0;
    }

    private static List<byte[]> sortedHashes(IdentityKeys keys) {
        return keys.all().stream()
                .map(HexFormat.of()::formatHex)
                .sorted()
                .map(HexFormat.of()::parseHex)
                .collect(Collectors.toList());
    }
}
