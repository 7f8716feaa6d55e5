package motette.residence;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.places.Places;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Codes by letter. An address stands encrypted in the database until the letters are on their way, at most a day after
 * printing; a code exists in memory while the file for the printer is made, and on paper.
 */
@Singleton
class Letters {

    /** For how long a printed batch can be voided and its letters be printed anew. */
    static final Duration ADDRESS_AFTER_PRINT = Duration.ofDays(1);

    private static final int MOST_IN_A_BATCH = 200;
    private static final Duration YEAR = Duration.ofDays(365);

    private final Sql sql;
    private final Keys keys;
    private final Roll roll;
    private final ResidenceRules rules;
    private final Tries tries;
    private final LetterPdf pdf;
    private final Places places;
    private final Audit audit;
    private final Clock clock;
    private final String home;

    Letters(
            Sql sql,
            Keys keys,
            Roll roll,
            ResidenceRules rules,
            Tries tries,
            LetterPdf pdf,
            Places places,
            Audit audit,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.sql = sql;
        this.keys = keys;
        this.roll = roll;
        this.rules = rules;
        this.tries = tries;
        this.pdf = pdf;
        this.places = places;
        this.audit = audit;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** Leaves a letter to be printed. The form has no problems; the answer is empty when the letter is asked for. */
    @Transactional
    public Optional<Refusal> ask(long personId, IdentityForm form) {
        var rule = rules.today();
        var identity = form.identity().keys(keys);
        sql.lockRow("persons", personId);
        sql.lock(identity.address());
        var refusal = refusal(personId, rule);
        if (refusal.isEmpty()) {
            open(personId).ifPresent(over -> close(over.id(), "expired"));
            var letter = keep(personId, form, identity, rule);
            sameAddress(personId, identity).ifPresent(other -> hold(letter, personId, other, form, identity));
            audit.record(personId, "residence.letter", "residence-letter:" + letter, "");
        }
        return refusal;
    }

    /** Why somebody cannot ask for a letter now; empty when they can. */
    @Transactional(readOnly = true)
    public Optional<Refusal> refusal(long personId) {
        return refusal(personId, rules.today());
    }

    private Optional<Refusal> refusal(long personId, ResidenceRule rule) {
        if (!rule.allows(Way.LETTER)) {
            return Optional.of(Refusal.of("residence.refused.off").withWayOut("/residence", "residence.refused.show"));
        } else if (open(personId).filter(letter -> !letter.isOver()).isPresent()) {
            return Optional.of(Refusal.of("residence.letter.refused.open").withWayOut("/residence", "residence.back"));
        } else if (hasOpenCase(personId)) {
            return Optional.of(Refusal.of("residence.refused.case").withWayOut("/residence", "residence.back"));
        } else if (askedThisYear(personId) >= rule.lettersPerYear()) {
            return Optional.of(Refusal.of("residence.letter.refused.many", (long) rule.lettersPerYear())
                    .withWayOut("/residence", "residence.refused.other-way"));
        } else {
            return Optional.empty();
        }
    }

    private boolean hasOpenCase(long personId) {
        return sql.holds("select from residence_cases where person_id = ? and decided_at is null", personId);
    }

    private long askedThisYear(long personId) {
        return sql.number(
                "select count(*) from residence_letters where person_id = ? and asked_at > ?"
                        + " and coalesce(closed_as, '') not in ('void', 'unprinted')",
                personId,
                clock.instant().minus(YEAR));
    }

    private long keep(long personId, IdentityForm form, IdentityKeys identity, ResidenceRule rule) {
        long letter = sql.number(
                """
                insert into residence_letters (person_id, quarter_key, birth_year, asked_at, birth_hash, address_hash)
                values (?, ?, ?, ?, ?, ?) returning id\
                """,
                personId,
                form.quarter(),
                rule.kept(form.identity().born()),
                clock.instant(),
                identity.birth(),
                identity.address());
        sql.change(
                "update residence_letters set address_sealed = ? where id = ?",
                keys.seal(Card.of(form).text(), place(letter)),
                letter);
        return letter;
    }

    /** Another account that has a letter on the way, or a proof, under this name and address. */
    private Optional<Long> sameAddress(long personId, IdentityKeys identity) {
        return sql.one(
                """
                select person_id from (
                    select person_id, 1 as rank from residence_letters where address_hash = ? and closed_at is null
                    union all
                    select p.person_id, 0 from residence_keys k join residence_proofs p on p.id = k.proof_id
                    where k.kind = 'address' and k.hash = ? and p.valid_until > ?) one
                where person_id <> ?
                  and not exists (select from residence_cases c where c.decision = 'both'
                                     and ((c.person_id = one.person_id and c.other_id = ?)
                                       or (c.other_id = one.person_id and c.person_id = ?)))
                order by rank, person_id limit 1\
                """,
                row -> row.getLong(1),
                identity.address(),
                identity.address(),
                clock.instant(),
                personId,
                personId,
                personId);
    }

    private void hold(long letter, long personId, long other, IdentityForm form, IdentityKeys identity) {
        long number =
                sql.number("""
                    insert into residence_cases (kind, matched, person_id, other_id, way, quarter_key, birth_hash, address_hash,
                        opened_at)
                    values ('two-letters', 'address', ?, ?, 'letter', ?, ?, ?, ?) returning id\
                    """, personId, other, form.quarter(), identity.birth(), identity.address(), clock.instant());
        sql.change("update residence_letters set case_id = ? where id = ?", number, letter);
        audit.record(personId, "residence.clash", "residence-case:" + number, "");
    }

    /** The letter that somebody waits for. */
    @Connectable
    public Optional<LetterState> open(long personId) {
        return sql.one(
                """
                select l.id, l.asked_at, l.case_id, l.code_hash is not null as printed, l.code_until,
                       coalesce(b.dispatched_at, b.printed_at) as sent_at
                from residence_letters l left join residence_batches b on b.id = l.batch_id
                where l.person_id = ? and l.closed_at is null\
                """,
                row -> new LetterState(
                        row.getLong("id"),
                        row.getTimestamp("asked_at").toInstant(),
                        row.getBoolean("printed") ? Sql.instant(row, "sent_at") : Optional.empty(),
                        Sql.instant(row, "code_until"),
                        row.getLong("case_id"),
                        Sql.instant(row, "code_until")
                                .filter(end -> !end.isAfter(clock.instant()))
                                .isPresent()),
                personId);
    }

    /** The person does not want the letter any more; a code that is on its way no longer holds. */
    @Transactional
    public void withdraw(long personId) {
        sql.lockRow("persons", personId);
        open(personId).filter(letter -> letter.caseNumber() == 0).ifPresent(letter -> {
            close(letter.id(), "withdrawn");
            audit.record(personId, "residence.letter-withdrawal", "residence-letter:" + letter.id(), "");
        });
    }

    /**
     * Uses up the code of a letter. Only the person who asked for the letter can, so a code that was found or guessed is worth
     * nothing to others.
     */
    @Transactional
    public Redemption redeem(long personId, String typed) {
        sql.lockRow("persons", personId);
        var code = Code.read(typed, Code.OF_LETTER);
        var letter = printed(personId);
        if (letter.isEmpty()) {
            return new Redemption.Done(new Outcome.No(
                    Refusal.of("residence.code.refused.none").withWayOut("/residence", "residence.refused.other-way")));
        } else if (tries.isExhausted(personId, Tries.Kind.LETTER)) {
            return new Redemption.Done(new Outcome.No(
                    Refusal.of("residence.code.refused.tries").withWayOut("/residence", "residence.back")));
        } else if (code.isEmpty()) {
            return new Redemption.Wrong(Problems.none().add("code", "residence.code.mistyped"));
        } else if (!MessageDigest.isEqual(letter.get().codeHash(), keys.hash(Keys.Purpose.LETTER_CODE, code.get()))) {
            tries.count(personId, Tries.Kind.LETTER);
            return new Redemption.Wrong(
                    Problems.none().add("code", "residence.code.wrong", tries.left(personId, Tries.Kind.LETTER)));
        } else {
            close(letter.get().id(), "used");
            audit.record(
                    personId,
                    "residence.code",
                    "residence-letter:" + letter.get().id(),
                    "");
            return new Redemption.Done(roll.enter(letter.get().claim()));
        }
    }

    /** What came of a typed code. */
    sealed interface Redemption {

        /** Mistyped or not the right one; the person may look again. */
        record Wrong(Problems problems) implements Redemption {}

        record Done(Outcome outcome) implements Redemption {}
    }

    private record Printed(long id, byte[] codeHash, Claim claim) {}

    private Optional<Printed> printed(long personId) {
        return sql.one(
                "select * from residence_letters where person_id = ? and closed_at is null and code_hash is not null"
                        + " and code_until > ?",
                row -> new Printed(
                        row.getLong("id"),
                        row.getBytes("code_hash"),
                        new Claim(
                                personId,
                                Way.LETTER,
                                row.getString("quarter_key"),
                                row.getInt("birth_year"),
                                new IdentityKeys(row.getBytes("birth_hash"), row.getBytes("address_hash")),
                                0)),
                personId,
                clock.instant());
    }

    // The office

    /** How many letters wait for printing, and since when the first. */
    @Connectable
    public Waiting waiting() {
        return sql.one(
                        "select count(*), min(asked_at) from residence_letters"
                                + " where batch_id is null and closed_at is null and case_id is null",
                        row -> new Waiting(
                                row.getLong(1),
                                Optional.ofNullable(row.getTimestamp(2)).map(java.sql.Timestamp::toInstant)))
                .orElseThrow();
    }

    /** @param since when the oldest was asked for; empty when none waits */
    @io.micronaut.core.annotation.Introspected
    record Waiting(long letters, Optional<Instant> since) {}

    @Connectable
    public List<Batch> batches() {
        return sql.list(BATCHES + " group by b.id order by b.id desc limit 50", this::batch);
    }

    @Connectable
    public Optional<Batch> batch(long id) {
        return sql.one(BATCHES + " where b.id = ? group by b.id", this::batch, id);
    }

    private static final String BATCHES = """
        select b.id, b.made_at, b.printed_at, b.dispatched_at, b.voided_at, b.void_reason,
               count(l.id) as letters, count(l.id) filter (where l.closed_as = 'used') as used,
               count(l.id) filter (where l.address_sealed is not null) as addresses
        from residence_batches b left join residence_letters l on l.batch_id = b.id\
        """;

    private Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong("id"),
                row.getTimestamp("made_at").toInstant(),
                Sql.instant(row, "printed_at"),
                Sql.instant(row, "dispatched_at"),
                Sql.instant(row, "voided_at"),
                row.getString("void_reason"),
                row.getLong("letters"),
                row.getLong("used"),
                row.getLong("addresses"));
    }

    /** Puts the letters that wait longest into one batch. */
    @Transactional
    public long makeBatch(long officerId) {
        var now = clock.instant();
        long batch = sql.number(
                "insert into residence_batches (made_by, made_at) values (?, ?) returning id", officerId, now);
        int letters = sql.change("""
            update residence_letters set batch_id = ? where id in (
                select id from residence_letters where batch_id is null and closed_at is null and case_id is null
                order by asked_at, id limit ? for update skip locked)\
            """, batch, MOST_IN_A_BATCH);
        if (letters == 0) {
            throw new Refused(Refusal.of("residence.letters.refused.none")
                    .withWayOut("/residence/letters", "residence.letters.back"));
        }
        audit.record(officerId, "residence.batch", "residence-batch:" + batch, "");
        return batch;
    }

    /**
     * Makes the codes and the file for the printer, once. The file is made before the codes are kept, so that a fault leaves
     * everything as it was.
     *
     * @return the PDF; empty when there is no such batch
     */
    @Transactional
    public Optional<byte[]> print(long officerId, long id) {
        return lock(id).map(batch -> {
            if (batch.voidedAt().isPresent()) {
                throw new Refused(refusedBatch("residence.batch.refused.void", id));
            } else if (batch.printedAt().isPresent()) {
                throw new Refused(refusedBatch("residence.batch.refused.printed", id));
            }
            var now = clock.instant();
            var until = now.plus(Duration.ofDays(rules.today().codeDays()));
            var letters = new ArrayList<LetterPdf.Letter>();
            for (var letter : toPrint(id)) {
                var code = keys.letterCode();
                sql.change(
                        "update residence_letters set code_hash = ?, code_until = ? where id = ?",
                        keys.hash(Keys.Purpose.LETTER_CODE, code),
                        until,
                        letter.id());
                letters.add(new LetterPdf.Letter(letter.card(), letter.quarter(), code, home, now, until));
            }
            if (letters.isEmpty()) {
                throw new Refused(refusedBatch("residence.batch.refused.empty", id));
            }
            sql.change("update residence_batches set printed_at = ? where id = ?", now, id);
            audit.record(officerId, "residence.batch-print", "residence-batch:" + id, "");
            return pdf.make(letters, id);
        });
    }

    private record ToPrint(long id, Card card, String quarter) {}

    private List<ToPrint> toPrint(long batch) {
        return sql.list(
                "select id, address_sealed, quarter_key from residence_letters where batch_id = ? and closed_at is null"
                        + " and address_sealed is not null order by asked_at, id for update",
                row -> new ToPrint(
                        row.getLong("id"),
                        Card.read(keys.open(row.getBytes("address_sealed"), place(row.getLong("id")))),
                        places.known(row.getString("quarter_key")).name()),
                batch);
    }

    /** The letters are on their way: nothing of name and address is left. False when there is no such batch. */
    @Transactional
    public boolean dispatch(long officerId, long id) {
        var batch = lock(id);
        batch.ifPresent(printed -> {
            if (printed.printedAt().isEmpty() || printed.voidedAt().isPresent()) {
                throw new Refused(refusedBatch("residence.batch.refused.unprinted", id));
            } else if (printed.dispatchedAt().isEmpty()) {
                dispatched(id);
                audit.record(officerId, "residence.batch-dispatch", "residence-batch:" + id, "");
            }
        });
        return batch.isPresent();
    }

    private void dispatched(long id) {
        sql.change("update residence_batches set dispatched_at = ? where id = ?", clock.instant(), id);
        sql.change("update residence_letters set address_sealed = null where batch_id = ?", id);
    }

    /**
     * The printed codes of a batch no longer hold. Letters whose address is still there wait for printing again; the others are
     * closed, and their people may ask anew without it being counted. False when there is no such batch.
     */
    @Transactional
    public boolean voidBatch(long officerId, long id, String reason) {
        var batch = lock(id);
        batch.ifPresent(made -> {
            if (made.voidedAt().isPresent()) {
                throw new Refused(refusedBatch("residence.batch.refused.void", id));
            }
            sql.list("select from residence_letters where batch_id = ? for update", row -> true, id);
            sql.change(
                    "update residence_letters set batch_id = null, code_hash = null, code_until = null"
                            + " where batch_id = ? and closed_at is null and address_sealed is not null",
                    id);
            sql.change(CLOSE + "where batch_id = ? and closed_at is null", clock.instant(), "void", id);
            sql.change(
                    "update residence_batches set voided_at = ?, void_reason = ? where id = ?",
                    clock.instant(),
                    reason,
                    id);
            audit.record(officerId, "residence.batch-void", "residence-batch:" + id, reason);
        });
        return batch.isPresent();
    }

    private Optional<Batch> lock(long id) {
        sql.list("select from residence_batches where id = ? for update", row -> true, id);
        return batch(id);
    }

    private static Refusal refusedBatch(String key, long id) {
        return Refusal.of(key, String.valueOf(id))
                .withWayOut("/residence/letters/batches/" + id, "residence.batch.back");
    }

    // Forgetting

    private static final String CLOSE = """
        update residence_letters set closed_at = ?, closed_as = ?, address_sealed = null, birth_hash = null,
            address_hash = null, code_hash = null, code_until = null, birth_year = null
        """;

    void close(long letter, String as) {
        sql.change(CLOSE + "where id = ?", clock.instant(), as, letter);
    }

    /** Addresses a day after printing, those never printed, codes that are over, and after a year the whole row. */
    @Transactional
    public int forget() {
        var now = clock.instant();
        int forgotten = 0;
        for (var batch : sql.list(
                "select id from residence_batches where printed_at < ? and dispatched_at is null and voided_at is null"
                        + " for update skip locked",
                row -> row.getLong(1),
                now.minus(ADDRESS_AFTER_PRINT))) {
            dispatched(batch);
            forgotten++;
        }
        forgotten += sql.change(
                CLOSE + "where closed_at is null and code_hash is null and asked_at < ?",
                now,
                "unprinted",
                now.minus(Duration.ofDays(rules.today().addressDays())));
        forgotten += sql.change(CLOSE + "where closed_at is null and code_until < ?", now, "expired", now);
        forgotten += sql.change(
                "delete from residence_letters where closed_at < ? and asked_at < ?", now.minus(YEAR), now.minus(YEAR));
        return forgotten;
    }

    private static String place(long letter) {
        return "letter " + letter;
    }
}
