package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Secrets;
import motette.shared.Sql;

/**
 * Shared tablets. A coordinator makes a tablet one, looks at cards on her own phone, and unlocks one ballot for one voter. The roll
 * is written when the ballot is cast; the tablet knows nothing of the voter, and forgets the ballot after it.
 */
@Singleton
class Kiosks {

    static final Duration OPEN_FOR = Duration.ofHours(12);
    static final Duration UNLOCKED_FOR = Duration.ofMinutes(10);
    static final Duration RECEIPT_FOR = Duration.ofMinutes(3);

    private static final String SEAL = "vote-kiosk";
    private static final int TOKEN_BYTES = 32;
    private static final int LOWEST = 100;
    private static final int NUMBERS = 900;

    private final RoundGuard guard;
    private final RoundRepository rounds;
    private final Urn urn;
    private final Secrets secrets;
    private final Sql sql;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Kiosks(RoundGuard guard, RoundRepository rounds, Urn urn, Secrets secrets, Sql sql, Audit audit, Clock clock) {
        this.guard = guard;
        this.rounds = rounds;
        this.urn = urn;
        this.secrets = secrets;
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param state free; unlocked: a ballot is on the screen; cast: its receipt is */
    @io.micronaut.core.annotation.Introspected
    record Kiosk(long id, int number, long roundId, String slug, String title, Instant until, String state) {}

    private static final String KIOSKS = """
        select k.id, k.number, k.round_id, r.slug, r.title, k.expires_at,
               case when u.kiosk_id is null then 'free' when not u.done then 'unlocked' else 'cast' end as state
          from vote_kiosks k join vote_rounds r on r.id = k.round_id
          left join vote_kiosk_unlocks u on u.kiosk_id = k.id and u.expires_at > ?
         where k.closed_at is null and k.expires_at > ?
        """;

    /** Tablets of a coordinator. */
    @Transactional(readOnly = true)
    public List<Kiosk> of(long personId) {
        return kiosks(" and k.opened_by = ? order by k.number", personId);
    }

    /** The tablet that holds a cookie. */
    @Transactional(readOnly = true)
    public Optional<Kiosk> find(String token) {
        return kiosks(" and k.token_hash = ?", hash(token)).stream().findFirst();
    }

    /** The tablet that shows a number. */
    @Transactional(readOnly = true)
    public Optional<Kiosk> numbered(int number) {
        return kiosks(" and k.number = ?", number).stream().findFirst();
    }

    private List<Kiosk> kiosks(String where, Object key) {
        var now = clock.instant();
        return sql.list(
                KIOSKS + where,
                row -> new Kiosk(
                        row.getLong("id"),
                        row.getInt("number"),
                        row.getLong("round_id"),
                        row.getString("slug"),
                        row.getString("title"),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getString("state")),
                now,
                now,
                key);
    }

    // The coordinator

    /** Makes a tablet a kiosk of a round. @return what its cookie holds */
    @Transactional
    public String open(long personId, Round round) {
        var now = clock.instant();
        sql.change("update vote_kiosks set closed_at = expires_at where closed_at is null and expires_at <= ?", now);
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        var id = Optional.<Long>empty();
        while (id.isEmpty()) {
            id = sql.one(
                    "insert into vote_kiosks (round_id, token_hash, number, opened_at, opened_by, expires_at)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict (number) where closed_at is null do nothing"
                            + " returning id",
                    row -> row.getLong(1),
                    round.id(),
                    hash(cookie),
                    LOWEST + random.nextInt(NUMBERS),
                    now,
                    personId,
                    now.plus(OPEN_FOR));
        }
        audit.record(personId, "votes.kiosk-opening", "vote-kiosk:" + id.get(), "");
        return cookie;
    }

    /** False when it is no open tablet of this coordinator. */
    @Transactional
    public boolean close(long personId, long id) {
        boolean closed = sql.change(
                        "update vote_kiosks set closed_at = ? where id = ? and opened_by = ? and closed_at is null",
                        clock.instant(),
                        id,
                        personId)
                > 0;
        if (closed) {
            sql.change("delete from vote_kiosk_unlocks where kiosk_id = ?", id);
            audit.record(personId, "votes.kiosk-ending", "vote-kiosk:" + id, "");
        }
        return closed;
    }

    /**
     * Unlocks one ballot on a tablet.
     *
     * @param attempt of one filled-in form: sent twice, it unlocks once
     * @throws Refused when the round is not open, or somebody votes on this tablet at this moment
     */
    @Transactional
    public void unlock(long personId, Kiosk kiosk, Voter voter, String further, String attempt) {
        var round = guard.open(kiosk.slug());
        sql.lockRow("vote_kiosks", kiosk.id());
        var now = clock.instant();
        var running = sql.one(
                "select attempt from vote_kiosk_unlocks where kiosk_id = ? and expires_at > ? and not done",
                row -> row.getString(1),
                kiosk.id(),
                now);
        if (running.filter(attempt::equals).isPresent()) {
            return;
        } else if (running.isPresent()) {
            throw new Refused(Refusal.of("votes.kiosk.refused.busy", String.valueOf(kiosk.number()))
                    .withWayOut("/votes/kiosk", "votes.kiosk.back"));
        }
        Urn.districts(round, voter, further);
        sql.change("delete from vote_kiosk_unlocks where kiosk_id = ? or expires_at <= ?", kiosk.id(), now);
        sql.change(
                "insert into vote_kiosk_unlocks (kiosk_id, attempt, sealed, expires_at) values (?, ?, ?, ?)",
                kiosk.id(),
                attempt,
                seal(kiosk, attempt, text(voter, further)),
                now.plus(UNLOCKED_FOR));
        audit.record(personId, "votes.kiosk-unlock", "vote-kiosk:" + kiosk.id(), "");
    }

    /** The coordinator takes an unlock back, before a ballot is cast. */
    @Transactional
    public boolean lock(long personId, long id) {
        return sql.change(
                        "delete from vote_kiosk_unlocks where kiosk_id = ? and kiosk_id in"
                                + " (select id from vote_kiosks where opened_by = ?)",
                        id,
                        personId)
                > 0;
    }

    // The tablet

    /** What a tablet shows. */
    sealed interface Screen {

        /** Waits for the next voter. */
        record Free(Kiosk kiosk) implements Screen {}

        /** @param districts where this voter votes, one or two */
        record Ballot(Kiosk kiosk, String attempt, List<String> districts) implements Screen {}

        record Done(Kiosk kiosk, Receipt receipt) implements Screen {}
    }

    @Transactional(readOnly = true)
    public Optional<Screen> screen(String token) {
        return find(token)
                .map(kiosk -> unlock(kiosk, "")
                        .<Screen>map(unlock -> {
                            if (unlock.cast()) {
                                return new Screen.Done(kiosk, new Receipt(open(kiosk, unlock)));
                            } else {
                                var entry = Entry.read(open(kiosk, unlock));
                                var round = rounds.find(kiosk.roundId()).orElseThrow();
                                return new Screen.Ballot(
                                        kiosk, unlock.attempt(), Urn.districts(round, entry.voter(), entry.further()));
                            }
                        })
                        .orElseGet(() -> new Screen.Free(kiosk)));
    }

    /** What came of casting on a tablet. */
    sealed interface Cast {

        record Taken() implements Cast {}

        record Wrong(Problems problems) implements Cast {}

        /** The form is of a ballot that is over. */
        record Gone() implements Cast {}
    }

    /**
     * Casts the ballot that is unlocked on a tablet: roll, urn and the end of the unlock are one transaction. Sent twice, it is cast
     * once.
     *
     * @throws Refused when the round is not open, or the voter voted meanwhile
     */
    @Transactional
    public Cast cast(Kiosk kiosk, String attempt, Choice choice) {
        sql.lockRow("vote_kiosks", kiosk.id());
        var unlock = unlock(kiosk, attempt);
        if (unlock.isEmpty()) {
            return new Cast.Gone();
        } else if (unlock.get().cast()) {
            return new Cast.Taken();
        }
        var entry = Entry.read(open(kiosk, unlock.get()));
        return switch (urn.castForGood(kiosk.slug(), entry.voter(), entry.further(), choice, Channel.KIOSK)) {
            case Urn.Outcome.Wrong wrong -> new Cast.Wrong(wrong.problems());
            case Urn.Outcome.Cast done -> {
                sql.change(
                        "update vote_kiosk_unlocks set sealed = ?, done = true, expires_at = ? where kiosk_id = ?",
                        seal(kiosk, attempt, done.receipt().code()),
                        clock.instant().plus(RECEIPT_FOR),
                        kiosk.id());
                yield new Cast.Taken();
            }
        };
    }

    /** The tablet forgets ballot or receipt. */
    @Transactional
    public void forget(Kiosk kiosk) {
        sql.change("delete from vote_kiosk_unlocks where kiosk_id = ?", kiosk.id());
    }

    private record Unlock(String attempt, byte[] sealed, boolean cast) {}

    /** @param attempt only of this form; empty for whichever there is */
    private Optional<Unlock> unlock(Kiosk kiosk, String attempt) {
        return sql.one(
                "select attempt, sealed, done from vote_kiosk_unlocks"
                        + " where kiosk_id = ? and expires_at > ? and (? = '' or attempt = ?)",
                row -> new Unlock(row.getString("attempt"), row.getBytes("sealed"), row.getBoolean("done")),
                kiosk.id(),
                clock.instant(),
                attempt,
                attempt);
    }

    private byte[] seal(Kiosk kiosk, String attempt, String text) {
        return secrets.seal(place(kiosk, attempt), text.getBytes(StandardCharsets.UTF_8));
    }

    private String open(Kiosk kiosk, Unlock unlock) {
        return secrets.open(place(kiosk, unlock.attempt()), unlock.sealed())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() ->
                        new IllegalStateException("The unlock of kiosk " + kiosk.id() + " was sealed for another"));
    }

    /** Sealed for one tablet and form, it opens at no other. */
    private static String place(Kiosk kiosk, String attempt) {
        return SEAL + " " + kiosk.id() + " " + attempt;
    }

    /** The entry that the roll will have. */
    private record Entry(Voter voter, String further) {

        static Entry read(String text) {
            var parts = text.split("\n", -1);
            return new Entry(
                    new Voter(
                            HexFormat.of().parseHex(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3], parts[4]),
                    parts[5]);
        }
    }

    private static String text(Voter voter, String further) {
        return String.join(
                "\n",
                HexFormat.of().formatHex(voter.key()),
                String.valueOf(voter.personId()),
                voter.districtKey(),
                voter.quarterKey(),
                voter.ageGroup(),
                further);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
