package motette.ideas;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import motette.audit.Audit;
import motette.limits.Suspicion;
import motette.mail.Outbox;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Ideas of people who do not sign in. Their idea is worked like any other; a code proves that it is theirs, and an address, where
 * they gave and confirmed one, gets the news. After signing in, somebody can take such an idea to their account: once.
 */
@Singleton
class Guests {

    /** How long the link to confirm an address holds; an address not confirmed by then is forgotten. */
    static final Duration CONFIRM_WITHIN = Duration.ofDays(7);

    private final JdbcOperations jdbc;
    private final IdeaService service;
    private final Story story;
    private final GuestSecrets secrets;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;
    private final SecureRandom random = new SecureRandom();

    Guests(
            JdbcOperations jdbc,
            IdeaService service,
            Story story,
            GuestSecrets secrets,
            Audit audit,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.service = service;
        this.story = story;
        this.secrets = secrets;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /**
     * Hands a draft in without a sign-in. Twice gives the same idea and the same code.
     *
     * @param address where to send the news, in its kept form; null for none
     * @param mayMail whether the address may be asked now whether it is theirs
     * @param suspicions what the form looked like
     * @return empty when the draft is not complete, is gone or is not theirs
     */
    @Transactional
    Optional<IdeaService.HandedIn> handIn(
            String ticket, @Nullable String address, boolean mayMail, Locale language, Set<Suspicion> suspicions) {
        var handedIn = service.handIn(ticket, Visitor.GUEST, Languages.writtenIn(language), suspicions);
        handedIn.filter(idea -> !idea.revised()).ifPresent(idea -> {
            if (keep(idea.number(), secrets.hashOf(secrets.codeOf(ticket)), address) && address != null && mayMail) {
                askToConfirm(idea.number(), address, language);
            }
        });
        return handedIn;
    }

    /** The code of what was handed in from the draft of this ticket; empty when no guest's idea was. */
    @Connectable
    Optional<LookUpCode> codeOf(String ticket) {
        return Drafts.idOf(ticket)
                .map(draft -> secrets.codeOf(ticket))
                .filter(code -> numberOf(code).isPresent());
    }

    /** The idea of a code; empty when there is none, or it belongs to an account by now. */
    @Connectable
    Optional<Long> numberOf(LookUpCode code) {
        return number("select idea_number from idea_guests where code_hash = ?", secrets.hashOf(code));
    }

    /** The guest takes the idea back; false when the code opens none. */
    @Transactional
    boolean withdraw(LookUpCode code, String note) {
        return numberOf(code)
                .filter(number -> service.withdraw(number, Visitor.GUEST, note))
                .isPresent();
    }

    /** A draft to mend a returned idea with. */
    @Transactional
    Optional<Draft> reopen(LookUpCode code) {
        return numberOf(code).flatMap(number -> service.reopen(number, Visitor.GUEST));
    }

    /** Whether the link still confirms. Looking changes nothing: programs that scan mails look, too. */
    @Connectable
    boolean isOpen(String token) {
        return jdbc.prepareStatement(
                "select from idea_guest_links where token_hash = ? and expires_at > ?", statement -> {
                    statement.setBytes(1, sha256(token));
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    /** From now on the address gets the news; of two that come at once, one confirms. */
    @Transactional
    boolean confirm(String token) {
        return (isOpen(token)
                        ? number(
                                "delete from idea_guest_links where token_hash = ? returning idea_number",
                                sha256(token))
                        : Optional.<Long>empty())
                .map(number -> {
                    jdbc.prepareStatement(
                            "update idea_guests set confirmed_at = ? where idea_number = ? and email is not null",
                            statement -> {
                                statement.setTimestamp(1, Timestamp.from(clock.instant()));
                                statement.setLong(2, number);
                                return statement.executeUpdate();
                            });
                    return number;
                })
                .isPresent();
    }

    /** Ideas handed in as a guest with the confirmed address of this person. */
    @Connectable
    List<Handed> byAddressOf(Visitor visitor) {
        return jdbc.prepareStatement("""
            select i.number, i.title from idea_guests g join persons p on p.email = g.email join ideas i on i.number = g.idea_number
            where p.id = ? and g.confirmed_at is not null order by i.number desc\
            """, statement -> {
            statement.setLong(1, visitor.personId());
            var handed = new ArrayList<Handed>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    handed.add(new Handed(rows.getLong(1), rows.getString(2)));
                }
            }
            return List.copyOf(handed);
        });
    }

    /** A guest's idea, for the person it may belong to. */
    @Introspected
    record Handed(long number, String title) {}

    /** Takes the idea of a code to the account; empty when the code opens none, or somebody was faster. */
    @Transactional
    Optional<Long> claim(LookUpCode code, Visitor visitor) {
        return numberOf(code).filter(number -> take(number, visitor));
    }

    /** Takes an idea that was handed in with the confirmed address of the account. */
    @Transactional
    boolean claim(long number, Visitor visitor) {
        return byAddressOf(visitor).stream().anyMatch(handed -> handed.number() == number) && take(number, visitor);
    }

    /** The row of the guest goes first: of many at once exactly one deletes it, and only that one becomes the author. */
    private boolean take(long number, Visitor visitor) {
        story.lock(number);
        int taken = jdbc.prepareStatement("delete from idea_guests where idea_number = ?", statement -> {
            statement.setLong(1, number);
            return statement.executeUpdate();
        });
        if (taken == 1) {
            jdbc.prepareStatement(
                    "update ideas set author_id = ? where number = ? and author_id is null", statement -> {
                        statement.setLong(1, visitor.personId());
                        statement.setLong(2, number);
                        return statement.executeUpdate();
                    });
            audit.record(visitor.personId(), "idea.claim", "idea:" + number, "");
        }
        return taken == 1;
    }

    private boolean keep(long number, byte[] codeHash, @Nullable String address) {
        return jdbc.prepareStatement(
                        "insert into idea_guests (idea_number, code_hash, email, handed_in_at) values (?, ?, ?, ?) "
                                + "on conflict (idea_number) do nothing",
                        statement -> {
                            statement.setLong(1, number);
                            statement.setBytes(2, codeHash);
                            statement.setObject(3, address, Types.VARCHAR);
                            statement.setTimestamp(4, Timestamp.from(clock.instant()));
                            return statement.executeUpdate();
                        })
                == 1;
    }

    private void askToConfirm(long number, String address, Locale language) {
        var secret = new byte[32];
        random.nextBytes(secret);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var until = clock.instant().plus(CONFIRM_WITHIN);
        jdbc.prepareStatement(
                "insert into idea_guest_links (token_hash, idea_number, expires_at) values (?, ?, ?)", statement -> {
                    statement.setBytes(1, sha256(token));
                    statement.setLong(2, number);
                    statement.setTimestamp(3, Timestamp.from(until));
                    return statement.executeUpdate();
                });
        outbox.postSecret(
                "idea-" + number + "-confirmation",
                address,
                texts.get(language, "guest.mail.subject"),
                texts.get(language, "guest.mail.text", home + "/ideas/confirmation/" + token, CONFIRM_WITHIN.toDays()),
                until);
    }

    private Optional<Long> number(String sql, byte[] hash) {
        return jdbc.prepareStatement(sql, statement -> {
            statement.setBytes(1, hash);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        });
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
