package motette.council;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Texts;

/** Invites the members of a body, and tells who was invited what changed. Public items stand in the mail, others on the page alone. */
@Singleton
class InvitationMails {

    private final Outbox outbox;
    private final Texts texts;
    private final Sql sql;
    private final String home;

    InvitationMails(Outbox outbox, Texts texts, Sql sql, @Value("${motette.base-url}") String home) {
        this.outbox = outbox;
        this.texts = texts;
        this.sql = sql;
        this.home = home.replaceFirst("/+$", "");
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void invite(
            CouncilSession session, List<Member> members, List<AgendaItem> open, Map<Long, List<AgendaPaper>> papers) {
        var items = IntStream.range(0, open.size())
                .mapToObj(i -> (i + 1) + ". " + open.get(i).title()
                        + papers.getOrDefault(open.get(i).id(), List.of()).stream()
                                .map(paper -> "\n   · " + paper.name())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        post(
                session,
                "invitation",
                members,
                member -> texts.get(
                        member.language(),
                        "agenda.mail.invitation",
                        session.bodyName(),
                        texts.appointment(member.language(), session.startsAt()),
                        place(session),
                        items.isEmpty() ? texts.get(member.language(), "agenda.mail.closed-only") : items,
                        home + session.path()));
    }

    /** After the invitation: when, where, and why; or that it does not take place. */
    @Transactional(propagation = Propagation.MANDATORY)
    void tellOfChange(CouncilSession session) {
        post(
                session,
                "change-" + session.version() + (session.isCancelled() ? "c" : ""),
                invited(session.id()),
                member -> texts.get(
                        member.language(),
                        session.isCancelled() ? "agenda.mail.cancelled" : "agenda.mail.moved",
                        session.bodyName(),
                        texts.appointment(member.language(), session.startsAt()),
                        place(session),
                        session.isCancelled() ? session.cancelled() : change(session, member),
                        home + session.path()));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void tellOfLateItem(CouncilSession session) {
        long items = sql.number("select count(*) from agenda_items where session_id = ?", session.id());
        post(
                session,
                "late-" + items,
                invited(session.id()),
                member -> texts.get(
                        member.language(),
                        "agenda.mail.late",
                        session.bodyName(),
                        texts.appointment(member.language(), session.startsAt()),
                        home + session.path()));
    }

    /** It tells that there is one, not which. */
    @Transactional(propagation = Propagation.MANDATORY)
    void tellOfLatePaper(CouncilSession session, UUID paper) {
        post(
                session,
                "paper-" + paper,
                invited(session.id()),
                member -> texts.get(
                        member.language(),
                        "agenda.mail.paper",
                        session.bodyName(),
                        texts.appointment(member.language(), session.startsAt()),
                        home + session.path()));
    }

    private void post(CouncilSession session, String what, List<Member> members, Function<Member, String> body) {
        outbox.postAll(
                "session-" + session.id() + "-" + what,
                members.stream()
                        .filter(Member::hasEmail)
                        .map(member -> new Outbox.Letter(
                                member.email(),
                                texts.get(
                                        member.language(),
                                        "agenda.mail.subject." + what.replaceFirst("-.*", ""),
                                        session.bodyName(),
                                        session.day()),
                                body.apply(member),
                                ""))
                        .toList());
    }

    private List<Member> invited(long sessionId) {
        return sql.list(
                """
                select p.id, coalesce(p.pseudonym, ''), coalesce(p.email, ''), coalesce(p.language, 'de')
                  from council_dispatches d join persons p on p.id = d.person_id
                 where d.session_id = ? and p.erased_at is null\
                """,
                row -> new Member(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        Languages.find(row.getString(4)).orElse(Languages.standard())),
                sessionId);
    }

    private String change(CouncilSession session, Member member) {
        return session.urgency().isEmpty()
                ? session.change()
                : session.change() + "\n" + texts.get(member.language(), "agenda.short", session.urgency());
    }

    private static String place(CouncilSession session) {
        return session.address().isEmpty() ? session.venue() : session.venue() + ", " + session.address();
    }
}
