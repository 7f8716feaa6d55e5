package motette.council;

import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/**
 * Writes minutes, has them signed and approved, and puts corrections beside them (SächsGemO § 40). The public reads them from the
 * last signature on, and never what was not public.
 */
@Singleton
class Minutes {

    private static final List<String> ROLES = List.of("chair", "minute-taker", "member");

    private final MinutesDraft draft;
    private final MinutesRecords records;
    private final MinutesRepository minutes;
    private final AgendaRepository agenda;
    private final MinutesRights rights;
    private final CouncilRights offices;
    private final Deputising deputising;
    private final Audit audit;
    private final JsonMapper json;
    private final Clock clock;

    Minutes(
            MinutesDraft draft,
            MinutesRecords records,
            MinutesRepository minutes,
            AgendaRepository agenda,
            MinutesRights rights,
            CouncilRights offices,
            Deputising deputising,
            Audit audit,
            JsonMapper json,
            Clock clock) {
        this.draft = draft;
        this.records = records;
        this.minutes = minutes;
        this.agenda = agenda;
        this.rights = rights;
        this.offices = offices;
        this.deputising = deputising;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** The same deeds at another time, within a transaction of whoever does them: for samples. */
    Minutes at(Clock time) {
        return new Minutes(draft, records, minutes, agenda, rights, offices, deputising, audit, json, time);
    }

    /**
     * What somebody reads.
     *
     * @param open  whether a member asks for what the public reads
     * @param typed what came back with problems; null otherwise
     * @return empty while the session is not closed
     */
    @Transactional(readOnly = true)
    public Optional<MinutesPage> page(
            Visitor visitor,
            CouncilSession session,
            boolean open,
            @Nullable MinutesForm typed,
            Problems problems,
            String said) {
        return records.frame(session.id()).map(frame -> {
            var insider = rights.belongs(visitor, session.bodyKey());
            var versions = minutes.versions(session.id());
            var last = versions.stream().findFirst();
            var signatures = last.map(version -> minutes.signatures(session.id(), version.version()))
                    .orElse(List.of());
            var approval = minutes.approval(session.id());
            var signed = signatures.size() == MinutesPage.SIGNATURES;
            var forAll = open || !insider;
            var writes = insider
                    && !signed
                    && approval.isEmpty()
                    && rights.writing(visitor, session.bodyKey()).isEmpty();
            var whole = writes && !forAll && (typed != null || last.isEmpty())
                    ? draft.of(session, typed == null ? Map.of() : typed.typed())
                    : last.map(this::content);
            var content = whole.filter(some -> insider || signed)
                    .map(some -> forAll ? some.forEverybody() : some.forTheBody());
            return new MinutesPage(
                    session,
                    content.orElse(null),
                    forAll,
                    insider,
                    insider || signed
                            ? last.map(MinutesRepository.Version::version).orElse(0)
                            : 0,
                    last.map(MinutesRepository.Version::at)
                            .filter(at -> insider || signed)
                            .orElse(null),
                    last.filter(some -> insider || signed)
                            .map(version -> forAll ? version.openSha256() : version.sha256())
                            .orElse(""),
                    due(session, frame),
                    insider ? versions : List.of(),
                    insider || signed ? signatures : List.of(),
                    approval.filter(some -> insider || signed).orElse(null),
                    signed ? minutes.corrections(session.id(), !forAll) : List.of(),
                    insider
                            ? desk(visitor, session, frame, last, signatures, approval.isPresent(), writes, typed)
                            : null,
                    problems,
                    said);
        });
    }

    private MinutesPage.Desk desk(
            Visitor visitor,
            CouncilSession session,
            MinutesRecords.Frame frame,
            Optional<MinutesRepository.Version> last,
            List<MinutesRepository.Signature> signatures,
            boolean approved,
            boolean writes,
            @Nullable MinutesForm typed) {
        var plans = rights.writing(visitor, session.bodyKey()).isEmpty();
        return new MinutesPage.Desk(
                writes,
                last.isEmpty()
                        ? List.of()
                        : ROLES.stream()
                                .filter(role -> whyNot(visitor, session, role, signatures)
                                        .isEmpty())
                                .filter(role -> rights.office(visitor, session.bodyKey(), role)
                                        .isEmpty())
                                .toList(),
                plans && last.isPresent() && !approved,
                plans ? minutes.later(session) : List.of(),
                plans && signatures.size() == MinutesPage.SIGNATURES,
                UUID.randomUUID().toString(),
                typed == null ? "" : typed.words());
    }

    /** The next version: what the records say, and what is added. Sent twice it is written once. */
    @Transactional
    public Problems write(Visitor visitor, CouncilSession session, MinutesForm form) {
        demand(rights.writing(visitor, session.bodyKey()));
        agenda.lock(session.id());
        var problems = form.textProblems();
        if (problems.isEmpty()) {
            var content = draft.of(session, form.typed()).orElseThrow(() -> no("minutes.refusal.open", session));
            var last = minutes.versions(session.id()).stream().findFirst();
            var text = text(content);
            if (last.filter(version -> version.content().equals(text)).isEmpty()) {
                if (last.map(MinutesRepository.Version::version).orElse(0) != form.base()) {
                    throw no("minutes.refusal.changed", session);
                } else if (isFinished(session, last)) {
                    throw no("minutes.refusal.signed", session);
                }
                minutes.write(
                        session.id(),
                        form.base() + 1,
                        text,
                        sha256(text),
                        sha256(text(content.forEverybody())),
                        clock.instant(),
                        visitor.personId());
                tell("council.minutes-version", visitor, session);
            }
        }
        return problems;
    }

    /** One of the three signatures. */
    @Transactional
    public void sign(Visitor visitor, CouncilSession session, MinutesForm form) {
        demand(rights.signing(visitor, session.bodyKey(), form.role()));
        if (!ROLES.contains(form.role())) {
            throw no("minutes.refusal.role", session);
        }
        agenda.lock(session.id());
        var last = minutes.versions(session.id()).stream()
                .findFirst()
                .filter(version -> version.version() == form.base())
                .orElseThrow(() -> no("minutes.refusal.changed", session));
        var signatures = minutes.signatures(session.id(), last.version());
        if (signatures.stream()
                .noneMatch(one -> one.role().equals(form.role()) && one.personId() == visitor.personId())) {
            whyNot(visitor, session, form.role(), signatures).ifPresent(why -> {
                throw no(why, session);
            });
            minutes.sign(session.id(), last.version(), form.role(), clock.instant(), visitor.personId());
            tell("council.minutes-signature", visitor, session);
        }
    }

    /** Why somebody who holds the office cannot sign in this role: the key of a text. */
    private Optional<String> whyNot(
            Visitor visitor, CouncilSession session, String role, List<MinutesRepository.Signature> signatures) {
        if (signatures.stream().anyMatch(one -> one.role().equals(role))) {
            return Optional.of("minutes.refusal.role");
        } else if (signatures.stream().anyMatch(one -> one.personId() == visitor.personId())) {
            return Optional.of("minutes.refusal.twice");
        } else if (role.equals("member") && !minutes.wasThere(session.id(), visitor.personId())) {
            return Optional.of("minutes.refusal.absent");
        } else if (role.equals("minute-taker") && !minutes.wrote(session.id(), visitor.personId())) {
            return Optional.of("minutes.refusal.minute-taker");
        } else {
            return Optional.empty();
        }
    }

    /** That the body agreed: in a later session, or because nobody objected until the last day for it. */
    @Transactional
    public Problems approve(Visitor visitor, CouncilSession session, MinutesForm form) {
        demand(rights.writing(visitor, session.bodyKey()));
        agenda.lock(session.id());
        var frame = records.frame(session.id()).orElseThrow(() -> no("minutes.refusal.open", session));
        var last = minutes.versions(session.id()).stream()
                .findFirst()
                .filter(version -> version.version() == form.base())
                .orElseThrow(() -> no("minutes.refusal.changed", session));
        if (minutes.approval(session.id()).isPresent()) {
            throw no("minutes.refusal.approved", session);
        }
        var problems = Problems.none();
        var inSession = Addresses.number(form.how());
        if (form.how().equals("lapse")
                && !LocalDate.now(clock.withZone(Time.ZONE)).isAfter(due(session, frame))) {
            problems.add("how", "minutes.problem.early", due(session, frame));
        } else if (!form.how().equals("lapse")
                && minutes.later(session).stream()
                        .noneMatch(each ->
                                inSession.filter(number -> number == each.id()).isPresent())) {
            problems.add("how", "minutes.problem.how");
        }
        if (problems.isEmpty()) {
            minutes.approve(session.id(), last.version(), inSession, clock.instant(), visitor.personId());
            tell("council.minutes-approval", visitor, session);
        }
        return problems;
    }

    /** Beside signed minutes; sent twice it stands once. */
    @Transactional
    public Problems correct(Visitor visitor, CouncilSession session, MinutesForm form) {
        demand(rights.writing(visitor, session.bodyKey()));
        agenda.lock(session.id());
        var last = minutes.versions(session.id()).stream().findFirst();
        if (last.filter(version ->
                        minutes.signatures(session.id(), version.version()).size() == MinutesPage.SIGNATURES)
                .isEmpty()) {
            throw no("minutes.refusal.unsigned", session);
        }
        var problems = form.correctionProblems();
        var request = form.requestId().orElseThrow(() -> no("minutes.refusal.changed", session));
        if (problems.isEmpty()
                && minutes.correct(
                        session.id(), request, form.everyone(), form.words(), clock.instant(), visitor.personId())) {
            tell(
                    form.everyone() ? "council.minutes-correction" : "council.minutes-correction-closed",
                    visitor,
                    session);
        }
        return problems;
    }

    private boolean isFinished(CouncilSession session, Optional<MinutesRepository.Version> last) {
        return minutes.approval(session.id()).isPresent()
                || last.filter(version -> minutes.signatures(session.id(), version.version())
                                        .size()
                                == MinutesPage.SIGNATURES)
                        .isPresent();
    }

    private static LocalDate due(CouncilSession session, MinutesRecords.Frame frame) {
        return session.day().plusDays(frame.minutesDays());
    }

    private MinutesContent content(MinutesRepository.Version version) {
        try {
            return json.readValue(version.content(), MinutesContent.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(MinutesContent content) {
        try {
            return json.writeValueAsString(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String deed, Visitor visitor, CouncilSession session) {
        var subject = "body:" + session.bodyKey();
        audit.record(Deed.of(deed, subject)
                .by(visitor.personId(), office(visitor, session.bodyKey()))
                .with("session", session.id()));
        deputising.note(visitor, RoleName.CHAIR, session.bodyKey(), subject);
    }

    private String office(Visitor visitor, String bodyKey) {
        return rights.writing(visitor, bodyKey).isEmpty()
                ? offices.office(visitor, bodyKey)
                : RoleName.COUNCILLOR.key() + ":" + bodyKey;
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private static Refused no(String why, CouncilSession session) {
        return new Refused(Refusal.of(why).withWayOut(session.path() + "/minutes", "minutes.to-minutes"));
    }

    private static byte[] sha256(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
