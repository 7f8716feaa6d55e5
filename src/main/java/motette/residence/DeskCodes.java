package motette.residence;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.people.Profiles;
import motette.people.Roles;
import motette.places.Area;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Showing the identity card at a coordinator's tablet. The resident types name, birth and address on their own phone and gets a
 * short code for ten minutes; the coordinator types the code, compares with the card and says yes. Nothing is copied: what was
 * typed stands sealed in the database for these minutes and then nowhere.
 */
@Singleton
class DeskCodes {

    static final Duration HOLDS = Duration.ofMinutes(10);
    static final Duration UNDO_WITHIN = Duration.ofMinutes(10);

    private static final int NONCE = 16;

    private final Sql sql;
    private final Keys keys;
    private final Roll roll;
    private final ResidenceRules rules;
    private final Tries tries;
    private final Roles roles;
    private final Profiles profiles;
    private final Places places;
    private final Audit audit;
    private final Clock clock;

    DeskCodes(
            Sql sql,
            Keys keys,
            Roll roll,
            ResidenceRules rules,
            Tries tries,
            Roles roles,
            Profiles profiles,
            Places places,
            Audit audit,
            Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.roll = roll;
        this.rules = rules;
        this.tries = tries;
        this.roles = roles;
        this.profiles = profiles;
        this.places = places;
        this.audit = audit;
        this.clock = clock;
    }

    // The resident

    /** Makes a new code for ten minutes; an older one of this person no longer holds. */
    @Transactional
    public void make(long personId, IdentityForm form) {
        sql.lockRow("persons", personId);
        refuseWithoutDesk();
        if (sql.holds("select from residence_cases where person_id = ? and decided_at is null", personId)) {
            throw new Refused(Refusal.of("residence.refused.case").withWayOut("/residence", "residence.back"));
        }
        var now = clock.instant();
        var identity = form.identity().keys(keys);
        sql.change("delete from residence_desk_codes where person_id = ? or expires_at <= ?", personId, now);
        int made = 0;
        while (made == 0) {
            var nonce = keys.nonce(NONCE);
            made = sql.change(
                    """
                    insert into residence_desk_codes (person_id, code_hash, nonce, quarter_key, birth_year, birth_hash,
                        address_hash, card_sealed, made_at, expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (code_hash) do nothing\
                    """,
                    personId,
                    keys.hash(Keys.Purpose.DESK_CODE, keys.deskCode(nonce)),
                    nonce,
                    form.quarter(),
                    rules.today().kept(form.identity().born()),
                    identity.birth(),
                    identity.address(),
                    keys.seal(Card.of(form).text(), place(personId)),
                    now,
                    now.plus(HOLDS));
        }
        audit.record(personId, "residence.desk-code", "person:" + personId, "");
    }

    /** @param until end of the code */
    @io.micronaut.core.annotation.Introspected
    record Shown(Code code, Quarter quarter, Instant until) {}

    /** The code that a phone shows; empty when there is none that holds. */
    @Connectable
    public Optional<Shown> current(long personId) {
        return sql.one(
                "select nonce, quarter_key, expires_at from residence_desk_codes where person_id = ? and expires_at >"
                        + " ?",
                row -> new Shown(
                        keys.deskCode(row.getBytes("nonce")),
                        places.known(row.getString("quarter_key")),
                        row.getTimestamp("expires_at").toInstant()),
                personId,
                clock.instant());
    }

    @Transactional
    public void withdraw(long personId) {
        sql.change("delete from residence_desk_codes where person_id = ?", personId);
    }

    // The coordinator

    /** What came of a code typed at a desk. */
    sealed interface Look {

        /** @param typed the code, for the next step */
        record Seen(Card card, Quarter quarter, String typed) implements Look {}

        record Wrong(Problems problems) implements Look {}

        record No(Refusal refusal) implements Look {}
    }

    private record Row(long personId, Claim claim, byte[] sealed) {}

    /** Shows what the resident typed; uses nothing up. A coordinator of another area sees nothing of it. */
    @Transactional
    public Look look(long coordinatorId, String typed) {
        sql.lockRow("persons", coordinatorId);
        refuseWithoutDesk();
        if (tries.isExhausted(coordinatorId, Tries.Kind.DESK)) {
            return new Look.No(
                    Refusal.of("residence.desk.refused.tries").withWayOut("/residence/desk", "residence.desk.back"));
        }
        var code = Code.read(typed, Code.OF_DESK);
        if (code.isEmpty()) {
            return new Look.Wrong(Problems.none().add("code", "residence.code.mistyped"));
        }
        return find(code.get(), coordinatorId)
                .map(row -> seen(coordinatorId, row, code.get()))
                .orElseGet(() -> {
                    tries.count(coordinatorId, Tries.Kind.DESK);
                    return new Look.Wrong(Problems.none().add("code", "residence.desk.unknown"));
                });
    }

    private Look seen(long coordinatorId, Row row, Code code) {
        return refusal(coordinatorId, row)
                .<Look>map(Look.No::new)
                .orElseGet(() -> new Look.Seen(
                        Card.read(keys.open(row.sealed(), place(row.personId()))),
                        places.known(row.claim().quarterKey()),
                        code.signs()));
    }

    private Optional<Refusal> refusal(long coordinatorId, Row row) {
        if (row.personId() == coordinatorId) {
            return Optional.of(
                    Refusal.of("residence.desk.refused.oneself").withWayOut("/residence/desk", "residence.desk.back"));
        } else {
            return foreign(coordinatorId, row.claim().quarterKey());
        }
    }

    private Optional<Refusal> foreign(long coordinatorId, String quarterKey) {
        if (roles.coordinatorArea(coordinatorId, quarterKey).isPresent()) {
            return Optional.empty();
        } else {
            return Optional.of(Refusal.of(
                            "residence.desk.refused.foreign",
                            places.known(quarterKey).name(),
                            places.coordinatorAreaOf(quarterKey).map(Area::name).orElse("–"))
                    .withWayOut("/residence/desk", "residence.desk.back"));
        }
    }

    /** The card was seen and all of it is true: the code is used up. */
    @Transactional
    public Outcome confirm(long coordinatorId, String typed) {
        refuseWithoutDesk();
        var code = Code.read(typed, Code.OF_DESK);
        var row = code.flatMap(signs -> use(signs, coordinatorId));
        return row.map(seen -> roll.enter(seen.claim())).orElseGet(() -> new Outcome.No(gone()));
    }

    /** The card says something else: the code is used up, and the resident may type it anew. */
    @Transactional
    public void reject(long coordinatorId, String typed) {
        var row = Code.read(typed, Code.OF_DESK).flatMap(code -> use(code, coordinatorId));
        if (row.isPresent()) {
            audit.record(
                    coordinatorId,
                    "residence.desk-rejection",
                    "person:" + row.get().personId(),
                    "");
        } else {
            throw new Refused(gone());
        }
    }

    private static Refusal gone() {
        return Refusal.of("residence.desk.refused.gone").withWayOut("/residence/desk", "residence.desk.back");
    }

    /** The row locked and deleted, so that of two taps one finds it; a refusal leaves it there. */
    private Optional<Row> use(Code code, long coordinatorId) {
        var found = find(code, coordinatorId);
        found.ifPresent(row -> refusal(coordinatorId, row).ifPresent(refusal -> {
            throw new Refused(refusal);
        }));
        return found.filter(
                row -> sql.change("delete from residence_desk_codes where person_id = ?", row.personId()) > 0);
    }

    private Optional<Row> find(Code code, long coordinatorId) {
        return sql.one(
                "select * from residence_desk_codes where code_hash = ? and expires_at > ? for update",
                row -> new Row(
                        row.getLong("person_id"),
                        new Claim(
                                row.getLong("person_id"),
                                Way.DESK,
                                row.getString("quarter_key"),
                                row.getInt("birth_year"),
                                new IdentityKeys(row.getBytes("birth_hash"), row.getBytes("address_hash")),
                                coordinatorId),
                        row.getBytes("card_sealed")),
                keys.hash(Keys.Purpose.DESK_CODE, code),
                clock.instant());
    }

    /**
     * Somebody without a device: the coordinator has the card before them and types it. They get an entry with a pseudonym and
     * without an address. When the roll knows them already nothing is made, and the coordinator is told.
     *
     * @return id of the proof
     */
    @Transactional
    public long enterWithoutDevice(long coordinatorId, IdentityForm form, Locale language) {
        refuseWithoutDesk();
        foreign(coordinatorId, form.quarter()).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var identity = form.identity();
        long personId = profiles.enterWithoutAddress(coordinatorId, language);
        var claim = new Claim(
                personId,
                Way.DESK,
                form.quarter(),
                rules.today().kept(identity.born()).orElse(0),
                identity.keys(keys),
                coordinatorId);
        if (roll.enter(claim) instanceof Outcome.Shown shown) {
            return shown.proof();
        } else {
            throw new Refused(
                    Refusal.of("residence.desk.refused.known").withWayOut("/residence/desk", "residence.desk.back"));
        }
    }

    /** A proof that this coordinator gave. */
    @io.micronaut.core.annotation.Introspected
    record Given(long id, Quarter quarter, int birthYear, Instant at, boolean undoable) {}

    /** The last ones of today, newest first: to undo a slip, and to see what was done. */
    @Connectable
    public List<Given> given(long coordinatorId) {
        var now = clock.instant();
        return sql.list(
                """
                select id, quarter_key, coalesce(birth_year, 0) as birth_year, shown_at from residence_proofs
                where witness_id = ? and ended_at is null and shown_at >= ? order by id desc limit 20\
                """,
                row -> new Given(
                        row.getLong("id"),
                        places.known(row.getString("quarter_key")),
                        row.getInt("birth_year"),
                        row.getTimestamp("shown_at").toInstant(),
                        row.getTimestamp("shown_at").toInstant().isAfter(now.minus(UNDO_WITHIN))),
                coordinatorId,
                LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant());
    }

    /** Takes back a slip within ten minutes; false when it is not this coordinator's. */
    @Transactional
    public boolean undo(long coordinatorId, long proof) {
        var given = sql.one(
                "select person_id, shown_at from residence_proofs where id = ? and witness_id = ?",
                row -> new Undoable(row.getLong(1), row.getTimestamp(2).toInstant()),
                proof,
                coordinatorId);
        given.ifPresent(slip -> {
            var inTime = slip.at().isAfter(clock.instant().minus(UNDO_WITHIN));
            if (!inTime || !roll.takeBack(proof, slip.personId())) {
                throw new Refused(
                        Refusal.of("residence.desk.refused.undo").withWayOut("/residence/desk", "residence.desk.back"));
            }
            audit.record(coordinatorId, "residence.desk-reversal", "residence-proof:" + proof, "");
        });
        return given.isPresent();
    }

    private record Undoable(long personId, Instant at) {}

    private void refuseWithoutDesk() {
        if (!rules.today().allows(Way.DESK)) {
            throw new Refused(Refusal.of("residence.refused.off").withWayOut("/residence", "residence.refused.show"));
        }
    }

    int forget() {
        return sql.change("delete from residence_desk_codes where expires_at <= ?", clock.instant());
    }

    private static String place(long personId) {
        return "desk " + personId;
    }
}
