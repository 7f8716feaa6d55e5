package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import motette.shared.Message;
import org.jspecify.annotations.Nullable;

/**
 * What taking over a list of terms would do.
 *
 * @param begins  seats that somebody takes anew
 * @param goesOn  somebody stays for a new term
 * @param stays   nothing changes
 * @param ends    terms of people who are not in the list
 * @param refused lines that cannot be taken over; while there is one, none is
 */
@Introspected
record TermsPlan(List<Seat> begins, List<Seat> goesOn, List<Seat> stays, List<Ending> ends, List<Refused> refused) {

    /**
     * @param personId 0 for somebody new
     * @param replaces the term that this one follows; 0 where there is none
     */
    @Introspected
    record Seat(
            long line,
            long personId,
            String name,
            String email,
            String role,
            String scope,
            String where,
            LocalDate from,
            @Nullable LocalDate to,
            long replaces) {

        boolean isNew() {
            return personId == 0;
        }
    }

    /** @param moment from which the role acts no longer */
    @Introspected
    record Ending(long roleId, String name, String role, String where, Instant moment, LocalDate lastDay) {}

    @Introspected
    record Refused(long line, Message why) {}

    boolean isRefused() {
        return !refused.isEmpty();
    }

    boolean changesNothing() {
        return begins.isEmpty() && goesOn.isEmpty() && ends.isEmpty();
    }

    /** Says whether two plans do the same, however the list is written. An ending at once does so at any time. */
    String fingerprint() {
        var deeds = Stream.of(
                        begins.stream().map(seat -> "begin " + deed(seat)),
                        goesOn.stream().map(seat -> "go on " + deed(seat)),
                        ends.stream().map(ending -> "end " + ending.roleId()))
                .flatMap(each -> each)
                .sorted(Comparator.naturalOrder())
                .toList();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", deeds).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String deed(Seat seat) {
        return String.join(
                "\t",
                String.valueOf(seat.personId()),
                seat.isNew() ? seat.email() + " " + seat.name() : "",
                seat.role(),
                seat.scope(),
                seat.from().toString(),
                String.valueOf(seat.to()),
                String.valueOf(seat.replaces()));
    }
}
