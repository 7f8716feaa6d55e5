package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import motette.shared.Secrets;
import motette.shared.Sql;

/**
 * What somebody has ticked and not cast yet, on the way over the sign-in, to another tab or another device. The row bears the hash of
 * a ticket that only the browser holds, and is sealed under that ticket: the database alone tells neither whose it is nor what it says.
 */
@Singleton
class KeptChoices {

    static final Duration KEPT = Duration.ofHours(24);
    static final Duration HANDED_OVER = Duration.ofMinutes(10);

    private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Letters and digits that nobody mistakes, 80 bits. */
    private static final Pattern CODE = Pattern.compile("[a-hjkmnp-z2-9]{16}");

    private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

    /** Every choice is sealed at a multiple of this length, so that its length tells nothing. */
    private static final int BLOCK = 512;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sql sql;
    private final Clock clock;

    KeptChoices(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @param attempt one filled-in form: casting it twice is casting it once
     * @param order   seed of the order in which its browser lists the candidates
     */
    record Kept(Choice choice, String attempt, long order) {

        static Kept of(Choice choice, long order) {
            return new Kept(choice, HexFormat.of().formatHex(bytes(16)), order);
        }

        private byte[] text() {
            var text = (attempt + " " + order + " " + choice.text()).getBytes(StandardCharsets.US_ASCII);
            return Arrays.copyOf(text, (text.length / BLOCK + 1) * BLOCK);
        }

        private static Kept parse(byte[] plain) {
            var parts = new String(plain, StandardCharsets.US_ASCII)
                    .replace("\0", "")
                    .split(" ", -1);
            return new Kept(Choice.parse(parts[2]), parts[0], Long.parseLong(parts[1]));
        }
    }

    static String newTicket() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    static boolean isTicket(String text) {
        return TICKET.matcher(text).matches();
    }

    /** What the browser with this ticket has ticked in a round. */
    @Transactional(readOnly = true)
    public Optional<Kept> find(String ticket, Round round) {
        return isTicket(ticket)
                ? sql.one(
                                "select sealed from vote_choices where id_hash = ? and round_id = ? and expires_at > ?",
                                row -> row.getBytes(1),
                                hash(ticket),
                                round.id(),
                                clock.instant())
                        .flatMap(closed -> open(ticket, round, closed))
                : Optional.empty();
    }

    @Transactional
    public void keep(String ticket, Round round, Kept kept) {
        keep(ticket, round, kept, KEPT);
    }

    @Transactional
    public void forget(String ticket) {
        sql.change("delete from vote_choices where id_hash = ?", hash(ticket));
    }

    /** @return the code with which another device takes it over, once */
    @Transactional
    public String handOver(Round round, Kept kept) {
        var code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            code.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
        }
        keep(code.toString(), round, kept, HANDED_OVER);
        return code.toString();
    }

    /** Takes over what another device handed over; empty when the code is wrong, too old or was used. */
    @Transactional
    public Optional<Kept> takeOver(String code, Round round) {
        return CODE.matcher(code).matches()
                ? sql.one(
                                "delete from vote_choices where id_hash = ? and round_id = ? and expires_at > ?"
                                        + " returning sealed",
                                row -> row.getBytes(1),
                                hash(code),
                                round.id(),
                                clock.instant())
                        .flatMap(closed -> open(code, round, closed))
                : Optional.empty();
    }

    private void keep(String ticket, Round round, Kept kept, Duration life) {
        sql.change(
                "insert into vote_choices (id_hash, round_id, sealed, expires_at) values (?, ?, ?, ?)"
                        + " on conflict (id_hash) do update set round_id = excluded.round_id, sealed = excluded.sealed,"
                        + " expires_at = excluded.expires_at",
                hash(ticket),
                round.id(),
                secrets(ticket).seal(place(round), kept.text()),
                clock.instant().plus(life));
    }

    private static Optional<Kept> open(String ticket, Round round, byte[] closed) {
        return secrets(ticket).open(place(round), closed).map(Kept::parse);
    }

    /** The ticket is the key. */
    private static Secrets secrets(String ticket) {
        return new Secrets(ticket, "");
    }

    private static String place(Round round) {
        return "choice " + round.id();
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
