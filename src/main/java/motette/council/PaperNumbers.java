package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * Records under which number the council information system has an idea or an application, also after the session. A later number
 * is a further version.
 */
@Singleton
class PaperNumbers {

    private final PaperNumberRepository numbers;
    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final CouncilRights rights;
    private final Deputising deputising;
    private final Audit audit;
    private final Clock clock;

    PaperNumbers(
            PaperNumberRepository numbers,
            SessionRepository sessions,
            AgendaRepository agenda,
            CouncilRights rights,
            Deputising deputising,
            Audit audit,
            Clock clock) {
        this.numbers = numbers;
        this.sessions = sessions;
        this.agenda = agenda;
        this.rights = rights;
        this.deputising = deputising;
        this.audit = audit;
        this.clock = clock;
    }

    /** The form for an item; empty where the session has no such item, or it is about nothing that has a number. */
    @Transactional(readOnly = true)
    public Optional<PaperNumberPage> page(Visitor visitor, String bodyKey, long sessionId, long itemId) {
        demand(visitor, bodyKey);
        return sessions.find(bodyKey, sessionId)
                .flatMap(session -> item(sessionId, itemId)
                        .map(item -> new PaperNumberPage(
                                session,
                                item,
                                PaperNumberForm.of(numbers.of(sessionId).getOrDefault(itemId, PaperNumber.none())),
                                Problems.none())));
    }

    /** @return what the person can mend; the same number sent twice is recorded once */
    @Transactional
    public Problems record(Visitor visitor, String bodyKey, long sessionId, long itemId, PaperNumberForm form) {
        demand(visitor, bodyKey);
        var session = sessions.find(bodyKey, sessionId).orElseThrow();
        var item = item(sessionId, itemId).orElseThrow();
        agenda.lock(sessionId);
        var problems = form.problems();
        var known = numbers.of(sessionId).getOrDefault(itemId, PaperNumber.none());
        if (problems.isEmpty() && !form.says(known)) {
            if (form.version() != known.version()
                    || !numbers.record(itemId, form, clock.instant(), visitor.personId())) {
                throw new Refused(Refusal.of("paper.refusal.changed")
                        .withWayOut(session.path() + "/agenda/" + itemId + "/number", "paper.again"));
            }
            tell(visitor, session, item);
        }
        return problems;
    }

    private void demand(Visitor visitor, String bodyKey) {
        rights.planning(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private Optional<AgendaItem> item(long sessionId, long itemId) {
        return numbers.of(sessionId).containsKey(itemId)
                ? agenda.items(sessionId, true).stream()
                        .filter(each -> each.id() == itemId)
                        .findFirst()
                : Optional.empty();
    }

    /** Of what is not public, the audit knows that something was done and not what. */
    private void tell(Visitor visitor, CouncilSession session, AgendaItem item) {
        var subject = "body:" + session.bodyKey();
        audit.record(Deed.of(item.isPublic() ? "council.paper-number" : "council.paper-number-closed", subject)
                .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                .with("session", session.id()));
        deputising.note(visitor, RoleName.CHAIR, session.bodyKey(), subject);
    }
}
