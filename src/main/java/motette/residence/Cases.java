package motette.residence;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.places.Places;
import motette.shared.Languages;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import motette.shared.Texts;

/** Clashes in the roll, which people decide: who keeps the entry, or that two people only look alike. */
@Singleton
class Cases {

    /** For how long somebody reads on their page what was decided. */
    static final Duration SHOWN = Duration.ofDays(60);

    private static final Duration KEPT = Duration.ofDays(365);

    private final Sql sql;
    private final Roll roll;
    private final Letters letters;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final Places places;
    private final Clock clock;

    Cases(Sql sql, Roll roll, Letters letters, Audit audit, Outbox outbox, Texts texts, Places places, Clock clock) {
        this.sql = sql;
        this.roll = roll;
        this.letters = letters;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.places = places;
        this.clock = clock;
    }

    enum Decision {
        FIRST,
        SECOND,
        BOTH;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Decision> find(String key) {
            return Stream.of(values()).filter(one -> one.key().equals(key)).findFirst();
        }
    }

    /**
     * A case as staff sees it: what is equal and what differs, and no name.
     *
     * @param matched   birth, address or both; empty when one account shows two identities
     * @param first     who is in the roll or asked for a letter first
     * @param second    who came now
     * @param decision  empty while open
     */
    @Introspected
    record Case(
            long number,
            String kind,
            String matched,
            Instant openedAt,
            Side first,
            Side second,
            String decision,
            Optional<Instant> decidedAt,
            String reason) {

        boolean open() {
            return decision.isEmpty();
        }

        List<String> choices() {
            return kind.equals("two-identities") ? List.of("first", "second") : List.of("first", "second", "both");
        }
    }

    /**
     * One account.
     *
     * @param way       how residence was shown; empty when there is nothing any more
     * @param birthYear 0 when not kept
     */
    @Introspected
    record Side(long personId, String pseudonym, String way, String quarter, int birthYear, Optional<Instant> since) {}

    @Connectable
    public List<Case> open() {
        return sql.list(CASES + "where c.decided_at is null order by c.id limit 200", this::read);
    }

    @Connectable
    public List<Case> decided() {
        return sql.list(CASES + "where c.decided_at is not null order by c.decided_at desc limit 50", this::read);
    }

    @Connectable
    public Optional<Case> find(long number) {
        return sql.one(CASES + "where c.id = ?", this::read, number);
    }

    /** The case of somebody that is open, or was decided not long ago. */
    @Connectable
    public Optional<Case> of(long personId) {
        return sql.one(
                CASES + "where c.person_id = ? and (c.decided_at is null or c.decided_at > ?)"
                        + " order by c.decided_at is not null, c.id desc limit 1",
                this::read,
                personId,
                clock.instant().minus(SHOWN));
    }

    private static final String CASES = """
        select c.*, p.pseudonym, coalesce(o.id, p.id) as first_id, coalesce(o.pseudonym, p.pseudonym) as first_pseudonym,
               r.way as first_way, r.quarter_key as first_quarter, coalesce(r.birth_year, 0) as first_year, r.shown_at as first_since,
               l.quarter_key as letter_quarter, l.asked_at as letter_since
        from residence_cases c join persons p on p.id = c.person_id
        left join persons o on o.id = c.other_id
        left join residence_proofs r on r.person_id = coalesce(c.other_id, c.person_id) and r.ended_at is null
        left join residence_letters l on l.person_id = c.other_id and l.closed_at is null
        """;

    private Case read(ResultSet row) throws SQLException {
        return new Case(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("matched"),
                row.getTimestamp("opened_at").toInstant(),
                first(row),
                new Side(
                        row.getLong("person_id"),
                        row.getString("pseudonym"),
                        row.getString("way"),
                        places.known(row.getString("quarter_key")).name(),
                        row.getInt("birth_year"),
                        Optional.of(row.getTimestamp("opened_at").toInstant())),
                Optional.ofNullable(row.getString("decision")).orElse(""),
                Sql.instant(row, "decided_at"),
                row.getString("reason"));
    }

    private Side first(ResultSet row) throws SQLException {
        var shown = row.getString("first_way") != null;
        var quarter = Optional.ofNullable(row.getString(shown ? "first_quarter" : "letter_quarter"));
        return new Side(
                row.getLong("first_id"),
                row.getString("first_pseudonym"),
                shown ? row.getString("first_way") : quarter.isPresent() ? "letter" : "",
                quarter.map(key -> places.known(key).name()).orElse(""),
                row.getInt("first_year"),
                Sql.instant(row, shown ? "first_since" : "letter_since"));
    }

    /** False when there is no such case. */
    @Transactional
    public boolean decide(long officerId, long number, Decision decision, String reason) {
        var found = lock(number);
        found.ifPresent(pending -> {
            refuse(officerId, pending, decision);
            lockBoth(pending);
            sql.change(
                    "update residence_cases set decided_at = ?, decided_by = ?, decision = ?, reason = ?,"
                            + " birth_hash = null, address_hash = null where id = ?",
                    clock.instant(),
                    officerId,
                    decision.key(),
                    reason,
                    number);
            if (pending.kind().equals("two-letters")) {
                carryOutForLetters(pending, decision);
            } else {
                carryOut(pending, decision);
            }
            audit.record(officerId, "residence.case-decision", "residence-case:" + number, reason);
            tell(pending, number, decision, reason);
        });
        return found.isPresent();
    }

    private record Pending(String kind, Claim claim, Optional<Long> other, boolean decided) {}

    private Optional<Pending> lock(long number) {
        return sql.one(
                "select * from residence_cases where id = ? for update",
                row -> new Pending(
                        row.getString("kind"),
                        new Claim(
                                row.getLong("person_id"),
                                Way.find(row.getString("way")).orElseThrow(),
                                row.getString("quarter_key"),
                                row.getInt("birth_year"),
                                new IdentityKeys(bytes(row, "birth_hash"), bytes(row, "address_hash")),
                                row.getLong("witness_id")),
                        row.getObject("other_id") == null ? Optional.empty() : Optional.of(row.getLong("other_id")),
                        row.getString("decision") != null),
                number);
    }

    private static byte[] bytes(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).orElse(new byte[0]);
    }

    private static void refuse(long officerId, Pending pending, Decision decision) {
        var concerned =
                officerId == pending.claim().personId() || pending.other().equals(Optional.of(officerId));
        if (pending.decided()) {
            throw new Refused(Refusal.of("residence.case.refused.decided")
                    .withWayOut("/residence/cases", "residence.cases.back"));
        } else if (concerned) {
            throw new Refused(
                    Refusal.of("residence.case.refused.own").withWayOut("/residence/cases", "residence.cases.back"));
        } else if (decision == Decision.BOTH && pending.other().isEmpty()) {
            throw new Refused(
                    Refusal.of("residence.case.refused.both").withWayOut("/residence/cases", "residence.cases.back"));
        }
    }

    private void lockBoth(Pending pending) {
        Stream.concat(Stream.of(pending.claim().personId()), pending.other().stream())
                .sorted()
                .forEach(id -> sql.lockRow("persons", id));
    }

    private void carryOut(Pending pending, Decision decision) {
        switch (decision) {
            case FIRST -> {}
            case SECOND -> {
                roll.end(pending.other().orElse(pending.claim().personId()), Roll.EndKind.CASE);
                roll.end(pending.claim().personId(), Roll.EndKind.CASE);
                roll.enter(pending.claim());
            }
            case BOTH -> roll.enter(pending.claim());
        }
    }

    private void carryOutForLetters(Pending pending, Decision decision) {
        var second = letters.open(pending.claim().personId());
        switch (decision) {
            case FIRST -> second.ifPresent(letter -> letters.close(letter.id(), "case"));
            case SECOND -> {
                pending.other().ifPresent(first -> {
                    letters.open(first).ifPresent(letter -> letters.close(letter.id(), "case"));
                    roll.end(first, Roll.EndKind.CASE);
                });
                second.ifPresent(this::release);
            }
            case BOTH -> second.ifPresent(this::release);
        }
    }

    private void release(LetterState letter) {
        sql.change("update residence_letters set case_id = null where id = ?", letter.id());
    }

    private void tell(Pending pending, long number, Decision decision, String reason) {
        tell(pending.claim().personId(), number, "residence.case.mail.second." + decision.key(), reason);
        if (decision == Decision.SECOND) {
            pending.other().ifPresent(first -> tell(first, number, "residence.case.mail.first.second", reason));
        }
    }

    private void tell(long personId, long number, String key, String reason) {
        var german = Languages.standard();
        sql.one("select email from persons where id = ? and email is not null", row -> row.getString(1), personId)
                .ifPresent(address -> outbox.post(
                        "residence-case-" + number,
                        address,
                        texts.get(german, "residence.case.mail.subject"),
                        texts.get(
                                german,
                                "residence.case.mail.text",
                                texts.get(german, key),
                                reason,
                                String.valueOf(number))));
    }

    /** A year after the decision; that two are different people is kept as long as both are here. */
    int forget() {
        return sql.change(
                "delete from residence_cases where decided_at < ? and decision <> 'both'"
                        + " and not exists (select from residence_letters l where l.case_id = residence_cases.id)",
                clock.instant().minus(KEPT));
    }
}
