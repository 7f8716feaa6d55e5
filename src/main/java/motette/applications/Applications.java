package motette.applications;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.applications.ApplicationRights.Sight;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.ideas.ApplicableIdea;
import motette.ideas.ApplicableIdeas;
import motette.mail.Outbox;
import motette.people.Leaving;
import motette.people.Visitor;
import motette.places.Places;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Texts;

/** What people do with applications: write, send, complete, check, return, withdraw. */
@Singleton
public class Applications {

    private static final int LONGEST_NOTE = 2_000;
    private static final int LONGEST_GAP = 1_000;

    private final ApplicationRepository applications;
    private final ApplicationRights rights;
    private final Documents documents;
    private final ApplicableIdeas ideas;
    private final Places places;
    private final Bodies bodies;
    private final Budgets budgets;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final ApplicationEventPublisher<ApplicationChanged> announcements;
    private final Clock clock;
    private final String home;

    Applications(
            ApplicationRepository applications,
            ApplicationRights rights,
            Documents documents,
            ApplicableIdeas ideas,
            Places places,
            Bodies bodies,
            Budgets budgets,
            Audit audit,
            Outbox outbox,
            Texts texts,
            ApplicationEventPublisher<ApplicationChanged> announcements,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.applications = applications;
        this.rights = rights;
        this.documents = documents;
        this.ideas = ideas;
        this.places = places;
        this.bodies = bodies;
        this.budgets = budgets;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.announcements = announcements;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** What somebody asks for, the latest first. */
    public List<MyApplication> of(long personId) {
        return applications.mine(personId);
    }

    /**
     * Begins an application, or goes on with one begun from the same idea.
     *
     * @param idea  the author's own, published and not decided; empty: directly
     * @param paper by somebody of the staff for somebody who handed it in on paper
     * @return empty where the idea is not theirs or not to be had
     */
    @Transactional
    Optional<Long> begin(Visitor visitor, Optional<Long> idea, boolean paper) {
        if (paper) {
            rights.enters(visitor).ifPresent(refusal -> {
                throw new Denied(refusal);
            });
        }
        var from = idea.flatMap(number -> ideas.of(number, visitor.personId()));
        if (idea.isPresent() && from.isEmpty()) {
            return Optional.empty();
        }
        var person = Optional.of(visitor.personId());
        return from.flatMap(own -> applications.begun(visitor.personId(), own.number()))
                .or(() -> Optional.of(applications.insert(
                        paper ? Optional.empty() : person,
                        paper ? person : Optional.empty(),
                        from.map(ApplicableIdea::number),
                        from.map(Applications::prefilled).orElse(Map.of()),
                        clock.instant())));
    }

    private static Map<String, String> prefilled(ApplicableIdea idea) {
        var fields = new HashMap<String, String>();
        fields.put("title", idea.title());
        fields.put("quarter", idea.quarterKey());
        fields.put("community", idea.communityKey());
        fields.put("place", idea.place());
        fields.put("kind", idea.kind());
        fields.put("what", idea.description());
        return fields;
    }

    /** Keeps what a step sent; empty where it is not theirs or cannot be changed now. */
    @Transactional
    Optional<Application> save(Visitor visitor, long id, Map<String, String> typed) {
        var mine = writable(visitor, id);
        mine.ifPresent(application -> applications.write(id, typed, clock.instant()));
        return mine.flatMap(application -> applications.find(id));
    }

    @Transactional
    boolean keep(Visitor visitor, long id, Documents.Kept document) {
        var mine = writable(visitor, id);
        mine.ifPresent(application -> documents.keep(id, document));
        return mine.isPresent();
    }

    @Transactional
    boolean drop(Visitor visitor, long id, UUID document) {
        var mine = writable(visitor, id);
        mine.ifPresent(application -> documents.drop(id, document));
        return mine.isPresent();
    }

    /** A draft that was never sent goes without a trace. */
    @Transactional
    boolean discard(Visitor visitor, long id) {
        var mine = writable(visitor, id).filter(application -> application.version() == 0);
        mine.ifPresent(application -> applications.delete(id));
        return mine.isPresent();
    }

    private Optional<Application> writable(Visitor visitor, long id) {
        return applications
                .lock(id)
                .filter(Application::isWritable)
                .filter(application -> writes(visitor, application));
    }

    /** Whoever asks; on paper, whoever entered it, and once it was returned everybody who works on it. */
    boolean writes(Visitor visitor, Application application) {
        var sight = rights.sight(visitor, application);
        return application.isWritable() && (sight == Sight.OWN || sight == Sight.OFFICE && application.isPaper());
    }

    /**
     * Everything around an application that its fields lead to.
     *
     * @param budget of the body and the year; a body without one cannot be asked
     */
    record Around(
            ApplicationForm form,
            Optional<Body> body,
            Optional<BudgetView> budget,
            Plan plan,
            ApplicationRepository.Rules rules) {

        String fundName() {
            return budget.map(BudgetView::fundName).orElse("");
        }
    }

    Around around(Application application) {
        var form = new ApplicationForm(application.fields());
        var body = form.responsible(places, bodies).map(decided -> decided.body());
        var budget = body.flatMap(found -> budgets.of(found.key(), form.year(today())));
        return new Around(
                form,
                body,
                budget,
                Plan.of(form.fields(), budget.map(BudgetView::fundName).orElse("–")),
                budget.map(found -> applications.rules(found.fundKey(), today()))
                        .orElseGet(() -> new ApplicationRepository.Rules(0, 14, 0, true)));
    }

    /** What is wrong in a step; nothing in the step of the documents. */
    Problems problems(String step, Application application, Around around) {
        return switch (step) {
            case "place" -> around.form().placeProblems(places, bodies);
            case "plan" -> around.form().planProblems(application.isPaper() ? paperDay(around.form()) : today());
            case "applicant" ->
                around.form().applicantProblems(around.rules().minimumAge(), application.isPaper(), today());
            case "money" ->
                ApplicationForm.moneyProblems(around.plan(), around.rules().ownSharePercent());
            default -> Problems.none();
        };
    }

    /** Paper that lay a while in the post is not refused for it. */
    private LocalDate paperDay(ApplicationForm form) {
        return form.day("received").filter(day -> day.isBefore(today())).orElse(today());
    }

    /** The first step in which something is wrong. */
    Optional<String> unfinished(Application application, Around around) {
        return ApplicationForm.STEPS.stream()
                .filter(step -> !problems(step, application, around).isEmpty())
                .findFirst();
    }

    /** How sending ended. */
    sealed interface Sending {
        /** It stands, now or since the first time the form came. */
        record Done(int version) implements Sending {}

        /** A step has a problem. */
        record Unfinished(String step) implements Sending {}

        record Undeclared() implements Sending {}

        record NotTheirs() implements Sending {}
    }

    /**
     * Freezes what is typed as the next version. A form that comes again finds its version there and changes nothing.
     *
     * @param version  the one that the form was to make
     * @param declared no start before the decision, and that the office may read the data
     */
    @Transactional
    Sending send(Visitor visitor, long id, int version, boolean declared) {
        var locked = applications.lock(id);
        if (locked.filter(application -> application.version() >= version
                        && version > 0
                        && rights.sight(visitor, application).seesAddress())
                .isPresent()) {
            return new Sending.Done(version);
        }
        var mine = locked.filter(application -> writes(visitor, application));
        if (mine.isEmpty() || version != mine.get().version() + 1) {
            return new Sending.NotTheirs();
        }
        var application = mine.get();
        var around = around(application);
        var unfinished = unfinished(application, around);
        if (unfinished.isPresent()) {
            return new Sending.Unfinished(unfinished.get());
        } else if (!declared) {
            return new Sending.Undeclared();
        } else {
            freeze(visitor, application, around);
            return new Sending.Done(version);
        }
    }

    private void freeze(Visitor visitor, Application application, Around around) {
        var form = around.form();
        var budget = around.budget()
                .orElseThrow(() -> new IllegalStateException("No fund for application " + application.id()));
        var now = clock.instant();
        var received = application.isPaper() && application.version() == 0
                ? form.day("received").orElse(today())
                : today();
        applications.freeze(
                application.id(),
                new ApplicationRepository.Version(
                        application.version() + 1,
                        form.title(),
                        form.get("kind"),
                        budget.bodyKey(),
                        form.get("quarter"),
                        budget.fundKey(),
                        budget.year(),
                        form.isOrganisation() ? form.get("name") : "",
                        around.plan(),
                        form.fields(),
                        received,
                        now));
        audit.record(
                Deed.of(application.isPaper() ? "application.entry" : "application.submission", application.subject())
                        .by(visitor.personId(), application.isPaper() ? "officer" : "")
                        .with("version", application.version() + 1)
                        .with("cents", around.plan().asked()));
        mail(application, "received", application.version() + 1, form.title(), "");
        announcements.publishEvent(new ApplicationChanged(application.id()));
    }

    /** Whoever asks takes it back; until a decision. Empty where it is not theirs. */
    @Transactional
    boolean withdraw(Visitor visitor, long id) {
        var mine = applications
                .lock(id)
                .filter(application -> application.applicantId() == visitor.personId()
                        || application.isPaper()
                                && rights.checking(visitor, application).isEmpty());
        mine.ifPresent(application -> {
            if (!application.isWithdrawable()) {
                throw new Refused(Refusal.of("applications.refusal.withdrawn")
                        .withWayOut("/applications/" + id, "applications.to-it"));
            }
            applications.withdraw(id, clock.instant());
            audit.record(visitor.personId(), "application.withdrawal", application.subject(), "");
            announcements.publishEvent(new ApplicationChanged(id));
        });
        return mine.isPresent();
    }

    /** What waits for a decision is withdrawn when its applicant goes; what is decided stays with the office. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void leave(Leaving leaving) {
        for (var id : applications.undecidedOf(leaving.personId())) {
            applications.lock(id).filter(Application::isWithdrawable).ifPresent(application -> {
                applications.withdraw(id, clock.instant());
                announcements.publishEvent(new ApplicationChanged(id));
            });
        }
    }

    /**
     * Ticks items; when all are ticked it is complete. Officers who check at the same time add to each other.
     *
     * @param version that the officer saw
     * @param ticked  items in order; those ticked already stay as they are
     */
    @Transactional
    boolean check(Visitor visitor, long id, int version, List<String> ticked) {
        var found = checkable(visitor, id, version);
        found.ifPresent(application -> {
            var wanted = applications.items(id, version).stream()
                    .map(ApplicationRepository.Item::key)
                    .filter(ticked::contains)
                    .toList();
            for (var item : wanted) {
                if (applications.tick(application, item, visitor.personId(), clock.instant())) {
                    audit.record(Deed.of("application.tick", application.subject())
                            .by(visitor.personId(), rights.office(visitor, application))
                            .with("item", item)
                            .with("version", version));
                }
            }
            if (applications.items(id, version).stream().allMatch(ApplicationRepository.Item::ticked)) {
                complete(visitor, application);
            }
        });
        return found.isPresent();
    }

    private void complete(Visitor visitor, Application application) {
        applications.complete(application, visitor.personId(), clock.instant());
        audit.record(Deed.of("application.completion", application.subject())
                .by(visitor.personId(), rights.office(visitor, application))
                .with("version", application.version()));
        mail(application, "complete", application.version(), title(application), "");
        announcements.publishEvent(new ApplicationChanged(application.id()));
    }

    @Transactional
    boolean untick(Visitor visitor, long id, int version, String item) {
        var found = checkable(visitor, id, version);
        found.filter(application -> applications.untick(application, item))
                .ifPresent(application -> audit.record(Deed.of("application.tick-withdrawal", application.subject())
                        .by(visitor.personId(), rights.office(visitor, application))
                        .with("item", item)
                        .with("version", version)));
        return found.isPresent();
    }

    /**
     * Gives it back with the gaps named. The next version is checked anew.
     *
     * @param gaps item and what is missing, in words
     * @return what the officer can mend; empty where they see no such application
     */
    @Transactional
    Optional<Problems> giveBack(Visitor visitor, long id, int version, Map<String, String> gaps, String note) {
        var problems = Problems.none();
        var found = checkable(visitor, id, version);
        found.ifPresent(application -> {
            var items = applications.items(id, version);
            var named = new LinkedHashMap<String, String>();
            items.stream()
                    .filter(item -> !item.ticked() && gaps.containsKey(item.key()))
                    .forEach(item -> named.put(
                            item.key(), gaps.getOrDefault(item.key(), "").strip()));
            if (named.isEmpty()) {
                problems.add("items", "applications.problem.no-gap");
            }
            named.forEach((item, gap) -> {
                if (gap.codePointCount(0, gap.length()) > LONGEST_GAP) {
                    problems.add("gap-" + item, "applications.problem.long", LONGEST_GAP);
                }
            });
            if (note.codePointCount(0, note.length()) > LONGEST_NOTE) {
                problems.add("note", "applications.problem.long", LONGEST_NOTE);
            }
            if (problems.isEmpty()) {
                applications.giveBack(application, visitor.personId(), note.strip(), named, clock.instant());
                audit.record(Deed.of("application.return", application.subject())
                        .by(visitor.personId(), rights.office(visitor, application))
                        .with("version", version)
                        .with("gaps", named.size()));
                mailGaps(application, named, note.strip());
                announcements.publishEvent(new ApplicationChanged(id));
            }
        });
        return found.map(application -> problems);
    }

    /** Locked, so that officers at the same desk follow each other; empty where they see no such application. */
    private Optional<Application> checkable(Visitor visitor, long id, int version) {
        var found = applications.lock(id).filter(application -> rights.sight(visitor, application) != Sight.NONE);
        found.ifPresent(application -> {
            rights.checking(visitor, application).ifPresent(refusal -> {
                throw new Denied(refusal);
            });
            if (!application.state().equals(Application.RECEIVED) || application.version() != version) {
                throw new Refused(Refusal.of("applications.refusal.checked")
                        .withWayOut("/applications/" + id, "applications.to-it"));
            }
        });
        return found;
    }

    private void mailGaps(Application application, Map<String, String> gaps, String note) {
        applications.address(application.id()).ifPresent(to -> {
            var language = Languages.find(to.language()).orElse(Languages.standard());
            var list = gaps.entrySet().stream()
                    .map(gap -> "– "
                            + texts.get(language, "applications.item." + gap.getKey())
                            + (gap.getValue().isEmpty() ? "" : ": " + gap.getValue()))
                    .collect(Collectors.joining("\n"));
            mail(
                    application,
                    "returned",
                    application.version(),
                    title(application),
                    note.isEmpty() ? list : list + "\n\n" + note);
        });
    }

    private static String title(Application application) {
        return new ApplicationForm(application.fields()).title();
    }

    private void mail(Application application, String what, int version, String title, String details) {
        applications.address(application.id()).ifPresent(to -> {
            var language = Languages.find(to.language()).orElse(Languages.standard());
            var link = application.isPaper() ? home : home + "/applications/" + application.id();
            outbox.post(
                    "application-" + what + ":" + application.id() + "." + version,
                    to.email(),
                    texts.get(language, "applications.mail." + what + ".subject", String.valueOf(application.id())),
                    texts.get(
                            language,
                            "applications.mail." + what,
                            to.name(),
                            title,
                            String.valueOf(application.id()),
                            link,
                            details));
        });
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
