package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.applications.PdfCheck;
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
 * Attaches papers to items of an agenda. With the invitation they stand: what comes later is marked, and what was wrong is withdrawn
 * with a reason that everybody reads who could read the paper.
 */
@Singleton
class AgendaPapers {

    static final int MOST = 20;
    static final int MOST_MEGABYTES = 10;

    private final AgendaPaperRepository papers;
    private final AgendaRepository items;
    private final SessionRepository sessions;
    private final RoomRepository rooms;
    private final Agenda agenda;
    private final InvitationMails mails;
    private final PdfCheck pdfs;
    private final CouncilRights rights;
    private final Deputising deputising;
    private final Audit audit;
    private final Clock clock;

    AgendaPapers(
            AgendaPaperRepository papers,
            AgendaRepository items,
            SessionRepository sessions,
            RoomRepository rooms,
            Agenda agenda,
            InvitationMails mails,
            PdfCheck pdfs,
            CouncilRights rights,
            Deputising deputising,
            Audit audit,
            Clock clock) {
        this.papers = papers;
        this.items = items;
        this.sessions = sessions;
        this.rooms = rooms;
        this.agenda = agenda;
        this.mails = mails;
        this.pdfs = pdfs;
        this.rights = rights;
        this.deputising = deputising;
        this.audit = audit;
        this.clock = clock;
    }

    /** What stands on an item; empty where the session has no such item. */
    @Transactional(readOnly = true)
    public Optional<AgendaPapersPage> page(Visitor visitor, String bodyKey, long sessionId, long itemId, String said) {
        demand(visitor, bodyKey);
        return sessions.find(bodyKey, sessionId)
                .flatMap(session -> item(sessionId, itemId)
                        .map(item -> new AgendaPapersPage(
                                session,
                                item,
                                papers.of(sessionId, true).getOrDefault(itemId, List.of()),
                                items.invitation(sessionId).isPresent(),
                                AgendaPaperForm.empty(),
                                Problems.none(),
                                null,
                                said)));
    }

    /** Adds what keeps a file from being kept; it takes seconds, so outside of any transaction. */
    Problems check(byte[] file, Problems problems) {
        if (file.length == 0) {
            problems.add("document", "applications.document.missing");
        } else if (file.length > MOST_MEGABYTES * 1024 * 1024) {
            problems.add("document", "applications.document.too-large", MOST_MEGABYTES);
        } else {
            pdfs.refusal(file)
                    .ifPresent(refusal -> problems.add(
                            "document",
                            refusal.reason().key(),
                            refusal.reason().args().toArray()));
        }
        return problems;
    }

    /**
     * Attaches a file that was checked. The same form sent again changes nothing. A paper of an item that is not public is not, either.
     *
     * @throws Refused where the item cannot take it
     */
    @Transactional
    public void attach(Visitor visitor, String bodyKey, long sessionId, long itemId, AgendaPaperForm form, byte[] pdf) {
        demand(visitor, bodyKey);
        var session = agenda.changeable(visitor, bodyKey, sessionId);
        if (rooms.isClosed(sessionId)) {
            throw no("room.refusal.closed", session);
        }
        var item = item(sessionId, itemId)
                .filter(each -> !each.isRemoved())
                .orElseThrow(() -> no("agenda.refusal.gone", session));
        var paper = form.id().orElseThrow(() -> no("agenda.paper.refusal.form", session));
        if (!papers.isThere(paper)) {
            if (papers.of(sessionId, true).getOrDefault(itemId, List.of()).size() >= MOST) {
                throw no("agenda.paper.refusal.many", session, MOST);
            }
            var late = items.invitation(sessionId).isPresent();
            var open = item.isPublic() && !form.closed();
            papers.add(itemId, paper, form, open, late, pdf, clock.instant(), visitor.personId());
            tell("council.agenda-paper", visitor, session, open, "");
            if (late) {
                mails.tellOfLatePaper(session, paper);
            }
        }
    }

    /**
     * Before the invitation it is simply gone; afterwards it stays to be read that it was withdrawn, and why. What should never have been
     * published can be withdrawn after the session, too.
     */
    @Transactional
    public Problems withdraw(Visitor visitor, String bodyKey, long sessionId, UUID paperId, AgendaPaperForm form) {
        demand(visitor, bodyKey);
        items.lock(sessionId);
        var invited = items.invitation(sessionId).isPresent();
        var session = invited
                ? sessions.find(bodyKey, sessionId).orElseThrow()
                : agenda.changeable(visitor, bodyKey, sessionId);
        var paper = find(sessionId, paperId)
                .filter(each -> !each.isWithdrawn())
                .orElseThrow(() -> no("agenda.paper.refusal.gone", session));
        var problems = invited ? form.withdrawal() : Problems.none();
        if (problems.isEmpty() && invited) {
            papers.withdraw(paperId, form.reason(), clock.instant(), visitor.personId());
            tell("council.agenda-paper-withdrawn", visitor, session, paper.open(), form.reason());
        } else if (problems.isEmpty()) {
            papers.delete(paperId);
        }
        return problems;
    }

    /** With its item, whoever may read it or not. */
    @Transactional(readOnly = true)
    public Optional<AgendaPaper> find(long sessionId, UUID paper) {
        return papers.of(sessionId, true).values().stream()
                .flatMap(List::stream)
                .filter(each -> each.id().equals(paper))
                .findFirst();
    }

    void demand(Visitor visitor, String bodyKey) {
        rights.planning(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private Optional<AgendaItem> item(long sessionId, long itemId) {
        return items.items(sessionId, true).stream()
                .filter(each -> each.id() == itemId)
                .findFirst();
    }

    /** Of what is not public, the audit knows that something was done and not what or why. */
    private void tell(String deed, Visitor visitor, CouncilSession session, boolean open, String reason) {
        var subject = "body:" + session.bodyKey();
        audit.record(Deed.of(open ? deed : deed + "-closed", subject)
                .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                .because(open ? reason : "")
                .with("session", session.id()));
        deputising.note(visitor, RoleName.CHAIR, session.bodyKey(), subject);
    }

    private static Refused no(String why, CouncilSession session, Object... args) {
        return new Refused(Refusal.of(why, args).withWayOut(session.path(), "agenda.to-session"));
    }
}
