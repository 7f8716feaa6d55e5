package motette.votes;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/** After the close: counted, signed by two different people, published. */
@Singleton
class Closing {

    static final int SIGNATURES = 2;

    private final RoundRights rights;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final Counting counting;
    private final Publishing publishing;
    private final Protocols protocols;
    private final ProtocolPdf pdf;
    private final Audit audit;
    private final ApplicationEventPublisher<RoundEvent> announcements;
    private final Sql sql;
    private final Clock clock;

    Closing(
            RoundRights rights,
            RoundRepository rounds,
            DeskRepository desk,
            Counting counting,
            Publishing publishing,
            Protocols protocols,
            ProtocolPdf pdf,
            Audit audit,
            ApplicationEventPublisher<RoundEvent> announcements,
            Sql sql,
            Clock clock) {
        this.rights = rights;
        this.rounds = rounds;
        this.desk = desk;
        this.counting = counting;
        this.publishing = publishing;
        this.protocols = protocols;
        this.pdf = pdf;
        this.audit = audit;
        this.announcements = announcements;
        this.sql = sql;
        this.clock = clock;
    }

    /** False when there is no such round. */
    @Transactional
    boolean count(Visitor visitor, long id) {
        demand(rights.deciding(visitor));
        var round = in(id, Phase.CLOSED);
        round.ifPresent(closed -> counting.count(id, visitor.personId(), ""));
        return round.isPresent();
    }

    /**
     * Signs the protocol as it stands.
     *
     * @param seen hash of the text that they have read, hexadecimal
     */
    @Transactional
    boolean sign(Visitor visitor, long id, String seen) {
        demand(rights.signing(visitor));
        var round = in(id, Phase.COUNTED);
        round.ifPresent(counted -> {
            var protocol = protocols.of(counted);
            if (!protocol.hex().equals(seen)) {
                throw new Refused(refusal("votes.desk.refused.other-protocol", id));
            }
            int signed = sql.change(
                    "insert into vote_signatures (round_id, person_id, at, office, protocol) values (?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                    id,
                    visitor.personId(),
                    clock.instant(),
                    rights.office(visitor).orElseThrow().key(),
                    protocol.hash());
            if (signed == 0) {
                throw new Refused(refusal("votes.desk.refused.signed-by-you", id));
            }
            audit.record(Deed.of("votes.signature", "round:" + id)
                    .by(visitor.personId(), rights.office(visitor).orElseThrow().key())
                    .with("protocol", seen));
        });
        return round.isPresent();
    }

    /** From here on everybody reads the result, the ballots and the protocol. */
    @Transactional
    boolean publish(Visitor visitor, long id) {
        demand(rights.deciding(visitor));
        var round = in(id, Phase.COUNTED);
        round.ifPresent(counted -> {
            var protocol = protocols.of(counted);
            var signatures = desk.signatures(id);
            if (signatures.size() < SIGNATURES) {
                throw new Refused(refusal("votes.desk.refused.unsigned", id));
            } else if (signatures.stream().anyMatch(one -> !one.protocol().equals(protocol.hex()))) {
                throw new Refused(refusal("votes.desk.refused.other-protocol", id));
            }
            publishing.publish(id, visitor.personId(), "", Map.of("protocol.pdf", pdf.make(protocol, signatures)));
            announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.PUBLISHED));
        });
        return round.isPresent();
    }

    /** The protocol as it stands; of a published round as it was published. Empty before the count. */
    @Transactional(readOnly = true)
    public Optional<byte[]> document(Round round) {
        if (round.countedAt().isEmpty()) {
            return Optional.empty();
        } else {
            return publishing
                    .file(round.id(), "protocol.pdf")
                    .or(() -> Optional.of(pdf.make(protocols.of(round), desk.signatures(round.id()))));
        }
    }

    private Optional<Round> in(long id, Phase phase) {
        var round = rounds.alone(id);
        round.filter(found -> found.phase(clock.instant()) != phase).ifPresent(found -> {
            throw new Refused(refusal(
                    "votes.desk.refused.phase." + found.phase(clock.instant()).key(), id));
        });
        return round;
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private static Refusal refusal(String sentence, long id) {
        return Refusal.of(sentence).withWayOut("/votes/desk/" + id, "votes.desk.to-round");
    }
}
