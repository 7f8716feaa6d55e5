package motette.council;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.bodies.Bodies;
import motette.bodies.RulesOfProcedure;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.places.WorkingDays;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;

/**
 * Sets the agenda of a session and invites to it. With the invitation the agenda stands: what comes later says why it is urgent,
 * and what is taken off says why. Of an item that is not public, no word goes anywhere but to the body.
 */
@Singleton
class Agenda {

    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final AgendaPaperRepository papers;
    private final InvitationMails mails;
    private final Bodies bodies;
    private final WorkingDays days;
    private final CouncilRights rights;
    private final Deputising deputising;
    private final Audit audit;
    private final ApplicationEventPublisher<AgendaChanged> announcements;
    private final Clock clock;

    Agenda(
            SessionRepository sessions,
            AgendaRepository agenda,
            AgendaPaperRepository papers,
            InvitationMails mails,
            Bodies bodies,
            WorkingDays days,
            CouncilRights rights,
            Deputising deputising,
            Audit audit,
            ApplicationEventPublisher<AgendaChanged> announcements,
            Clock clock) {
        this.sessions = sessions;
        this.agenda = agenda;
        this.papers = papers;
        this.mails = mails;
        this.bodies = bodies;
        this.days = days;
        this.rights = rights;
        this.deputising = deputising;
        this.audit = audit;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** An idea that waits, or anything else, as the last item. */
    @Transactional
    Problems add(Visitor visitor, String bodyKey, long sessionId, AgendaForm form) {
        var session = changeable(visitor, bodyKey, sessionId);
        var late = agenda.invitation(sessionId).isPresent();
        var problems = form.problems(late);
        var title = form.title();
        var idea = form.idea();
        if (!form.matter().isEmpty()) {
            var matter = agenda.waiting(session, lastDay(session), clock.instant()).stream()
                    .filter(each -> each.key().equals(form.matter()))
                    .findFirst();
            title = matter.map(WaitingMatter::title).orElse("");
            idea = idea.or(() -> form.application().flatMap(agenda::ideaOf));
            if (matter.isEmpty()) {
                problems.add("matter", "agenda.problem.matter");
            }
        }
        if (problems.isEmpty()) {
            agenda.add(sessionId, idea, form.application(), title, form, late, clock.instant(), visitor.personId());
            tell("council.agenda-added", visitor, session, !form.closed(), late ? form.urgency() : "");
            if (late) {
                mails.tellOfLateItem(session);
            }
        }
        return problems;
    }

    /** One place "up" or "down" among the items of its part; at the end of it nothing happens. */
    @Transactional
    void move(Visitor visitor, String bodyKey, long sessionId, long itemId, String direction) {
        var session = changeable(visitor, bodyKey, sessionId);
        var item = unfrozen(session, itemId);
        var part = agenda.items(sessionId, true).stream()
                .filter(each -> each.isPublic() == item.isPublic())
                .toList();
        int to = part.indexOf(item)
                + switch (direction) {
                    case "up" -> -1;
                    case "down" -> 1;
                    default -> 0;
                };
        if (to >= 0 && to < part.size() && part.get(to).id() != itemId) {
            agenda.swap(item, part.get(to));
        }
    }

    /**
     * Puts all items of one part in this order; the same order again changes nothing.
     *
     * @param order ids of all items that are public, or of all that are not
     * @throws Refused where the agenda stands, or has other items by now
     */
    @Transactional
    void order(Visitor visitor, String bodyKey, long sessionId, List<Long> order) {
        var session = changeable(visitor, bodyKey, sessionId);
        if (agenda.invitation(sessionId).isPresent()) {
            throw no("agenda.refusal.frozen", session);
        }
        var items = agenda.items(sessionId, true);
        var part = items.stream()
                .filter(item -> items.stream()
                        .anyMatch(first -> first.id() == order.getFirst() && first.isPublic() == item.isPublic()))
                .toList();
        if (order.size() != part.size()
                || !Set.copyOf(order).equals(part.stream().map(AgendaItem::id).collect(Collectors.toSet()))) {
            throw no("agenda.refusal.order", session);
        }
        agenda.arrange(order, part.stream().map(AgendaItem::position).sorted().toList());
    }

    /** Before the invitation it is simply gone; afterwards it stays to be read that it was taken off, and why. */
    @Transactional
    Problems remove(Visitor visitor, String bodyKey, long sessionId, long itemId, AgendaForm form) {
        var session = changeable(visitor, bodyKey, sessionId);
        var item = item(session, itemId)
                .filter(each -> !each.isRemoved())
                .orElseThrow(() -> no("agenda.refusal.gone", session));
        var invited = agenda.invitation(sessionId).isPresent();
        var problems = invited ? form.removal() : Problems.none();
        if (problems.isEmpty() && invited) {
            agenda.remove(itemId, form.reason(), clock.instant(), visitor.personId());
            tell("council.agenda-removed", visitor, session, item.isPublic(), form.reason());
        } else if (problems.isEmpty()) {
            agenda.delete(itemId);
        }
        return problems;
    }

    /** Invites everybody who sits in the body, by mail where they have an address here, and freezes the agenda. */
    @Transactional
    Problems invite(Visitor visitor, String bodyKey, long sessionId, AgendaForm form) {
        var session = changeable(visitor, bodyKey, sessionId);
        if (agenda.invitation(sessionId).isPresent()) {
            throw no("agenda.refusal.invited", session);
        } else if (agenda.items(sessionId, true).isEmpty()) {
            throw no("agenda.refusal.empty", session);
        }
        int notice = agenda.noticeDays(session);
        var isShort = isShort(session, notice);
        var problems = isShort ? form.shortNotice() : Problems.none();
        if (problems.isEmpty()) {
            var members = agenda.members(session);
            agenda.invite(
                    sessionId, notice, isShort ? form.urgency() : "", members, clock.instant(), visitor.personId());
            mails.invite(session, members, agenda.items(sessionId, false), papers.of(sessionId, false));
            tell("council.invitation", visitor, session, true, isShort ? form.urgency() : "");
        }
        return problems;
    }

    /** The last day on which an application may be complete to be dealt with in the session. */
    LocalDate lastDay(CouncilSession session) {
        int lead = bodies.rulesOf(session.bodyKey(), session.day())
                .map(RulesOfProcedure::leadWorkingDays)
                .orElse(0);
        return days.refusal(session.day().getYear()).isPresent()
                ? session.day().minusDays(lead)
                : days.lastDayBefore(session.day(), lead);
    }

    /** Whether there are fewer days until the session than the rules of the body ask for. */
    boolean isShort(CouncilSession session, int noticeDays) {
        return ChronoUnit.DAYS.between(LocalDate.now(clock.withZone(Time.ZONE)), session.day()) < noticeDays;
    }

    /** The session, locked until the end of the transaction. @throws Refused once its agenda cannot change any more */
    CouncilSession changeable(Visitor visitor, String bodyKey, long sessionId) {
        rights.planning(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        agenda.lock(sessionId);
        var session = sessions.find(bodyKey, sessionId).orElseThrow();
        if (session.isCancelled()) {
            throw no("sessions.refusal.cancelled", session);
        } else if (session.isOver(clock.instant())) {
            throw no("agenda.refusal.over", session);
        } else {
            return session;
        }
    }

    private AgendaItem unfrozen(CouncilSession session, long itemId) {
        if (agenda.invitation(session.id()).isPresent()) {
            throw no("agenda.refusal.frozen", session);
        } else {
            return item(session, itemId).orElseThrow(() -> no("agenda.refusal.gone", session));
        }
    }

    private Optional<AgendaItem> item(CouncilSession session, long itemId) {
        return agenda.items(session.id(), true).stream()
                .filter(each -> each.id() == itemId)
                .findFirst();
    }

    /** Of what is not public, the audit knows that something was done and not what or why. */
    private void tell(String deed, Visitor visitor, CouncilSession session, boolean open, String reason) {
        announcements.publishEvent(new AgendaChanged(session.id()));
        var subject = "body:" + session.bodyKey();
        audit.record(Deed.of(open ? deed : deed + "-closed", subject)
                .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                .because(open ? reason : "")
                .with("session", session.id()));
        deputising.note(visitor, RoleName.CHAIR, session.bodyKey(), subject);
    }

    private static Refused no(String why, CouncilSession session) {
        return new Refused(Refusal.of(why).withWayOut(session.path(), "agenda.to-session"));
    }
}
