package motette.applications;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import motette.applications.ApplicationRights.Sight;
import motette.bodies.Bodies;
import motette.bodies.Body;
import motette.bodies.Responsible;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.ideas.OnAgenda;
import motette.people.Reads;
import motette.people.Visitor;
import motette.places.Community;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;
import motette.shared.Texts;
import motette.shared.Time;

/** Puts together what the pages of applications show. */
@Singleton
class ApplicationPages {

    /** Empty rows behind those that are filled. */
    private static final int SPARE = 2;

    private static final int MORE = 5;

    private final ApplicationRepository applications;
    private final Applications service;
    private final ApplicationRights rights;
    private final Documents documents;
    private final Deadlines deadlines;
    private final OnAgenda agendas;
    private final Places places;
    private final Bodies bodies;
    private final Budgets budgets;
    private final Reads reads;
    private final Texts texts;
    private final Clock clock;

    ApplicationPages(
            ApplicationRepository applications,
            Applications service,
            ApplicationRights rights,
            Documents documents,
            Deadlines deadlines,
            OnAgenda agendas,
            Places places,
            Bodies bodies,
            Budgets budgets,
            Reads reads,
            Texts texts,
            Clock clock) {
        this.applications = applications;
        this.service = service;
        this.rights = rights;
        this.documents = documents;
        this.deadlines = deadlines;
        this.agendas = agendas;
        this.places = places;
        this.bodies = bodies;
        this.budgets = budgets;
        this.reads = reads;
        this.texts = texts;
        this.clock = clock;
    }

    /** A step; empty where it is not theirs or cannot be changed now. */
    @Connectable
    Optional<StepPage> step(
            Visitor visitor,
            long id,
            String step,
            Problems problems,
            String query,
            boolean more,
            List<String> ticked,
            Locale locale) {
        return applications
                .find(id)
                .filter(application -> service.writes(visitor, application))
                .map(application -> step(application, step, problems, query, more, ticked, locale));
    }

    private StepPage step(
            Application application,
            String step,
            Problems problems,
            String query,
            boolean more,
            List<String> ticked,
            Locale locale) {
        var around = service.around(application);
        var form = around.form();
        int spare = more ? MORE : SPARE;
        var returned = application.state().equals(Application.RETURNED);
        return new StepPage(
                application.id(),
                step,
                application.isPaper(),
                application.version() + 1,
                form,
                problems,
                around.body().map(Body::name).orElse(""),
                around.fundName(),
                query,
                step.equals("place") ? spots(query) : List.of(),
                step.equals("place") ? districts(form) : List.of(),
                step.equals("place") ? communities(form) : List.of(),
                step.equals("place") ? ApplicationForm.boards(bodies) : List.of(),
                places.quarter(form.get("quarter")).map(Quarter::name).orElse(""),
                around.plan(),
                step.equals("money") ? rows(form, Plan.COST, spare) : List.of(),
                step.equals("money") ? rows(form, Plan.FINANCE, spare) : List.of(),
                Sums.of(around.plan(), texts, locale),
                step.matches("documents|check") ? documents.current(application.id()) : List.of(),
                around.rules(),
                returned
                        ? applications.items(application.id(), application.version()).stream()
                                .filter(ApplicationRepository.Item::missing)
                                .toList()
                        : List.of(),
                returned ? applications.versions(application.id()).getFirst().returnNote() : "",
                form.year(LocalDate.now(clock)),
                ticked);
    }

    /** Filled rows with some empty ones behind, at least three. */
    private static List<Plan.Line> rows(ApplicationForm form, String side, int spare) {
        int last = 0;
        var rows = new ArrayList<Plan.Line>();
        for (int i = 1; i <= Plan.MOST_LINES; i++) {
            var row = new Plan.Line(
                    side + i,
                    side,
                    form.get(side + i + "-source"),
                    form.get(side + i + "-what"),
                    form.get(side + i + "-amount"));
            rows.add(row);
            last = row.isEmpty() ? last : i;
        }
        return List.copyOf(rows.subList(0, Math.min(Plan.MOST_LINES, Math.max(3, last + spare))));
    }

    private List<StepPage.Spot> spots(String query) {
        return query.isBlank()
                ? List.of()
                : places.search(query, 6).stream()
                        .map(spot -> new StepPage.Spot(spot.quarterKey(), spot.name(), spot.quarterName()))
                        .toList();
    }

    private List<StepPage.District> districts(ApplicationForm form) {
        var byDistrict = new LinkedHashMap<String, List<StepPage.Option>>();
        places.quarters()
                .forEach(quarter -> byDistrict
                        .computeIfAbsent(quarter.districtName(), absent -> new ArrayList<>())
                        .add(new StepPage.Option(quarter.key(), quarter.name(), form.is("quarter", quarter.key()))));
        return byDistrict.entrySet().stream()
                .map(district -> new StepPage.District(district.getKey(), district.getValue()))
                .toList();
    }

    /** What there is to choose where communities share the quarter, also when something is chosen already. */
    private List<StepPage.Community> communities(ApplicationForm form) {
        return places.quarter(form.get("quarter")).stream()
                .map(quarter -> bodies.responsibleFor(quarter.key(), ""))
                .flatMap(responsible ->
                        responsible instanceof Responsible.Choose choose ? choose.choices().stream() : Stream.empty())
                .map(choice -> new StepPage.Community(
                        choice.communityKey(),
                        choice.name(),
                        choice.body().name(),
                        form.is("community", choice.communityKey())))
                .toList();
    }

    /**
     * The whole application for who may read it; whoever reads a person's name and address as staff is noted.
     *
     * @param given what the check list sent, where it comes back
     */
    @Transactional
    Optional<FilePage> file(
            Visitor visitor, long id, int version, String said, Map<String, String> given, Problems problems) {
        var found = applications.find(id).filter(application -> application.version() > 0);
        return found.flatMap(application -> {
            var sight = rights.sight(visitor, application);

            if (sight == Sight.NONE) {
                return Optional.empty();
            }
            if (sight == Sight.OFFICE && application.applicantId() != 0) {
                reads.record(visitor, application.applicantId(), "application", application.subject());
            }
            return file(visitor, application, sight, version, said, given, problems);
        });
    }

    private Optional<FilePage> file(
            Visitor visitor,
            Application application,
            Sight sight,
            int version,
            String said,
            Map<String, String> given,
            Problems problems) {
        var versions = applications.versions(application.id());
        int wanted = version == 0 ? application.version() : version;
        var shown = versions.stream().filter(sent -> sent.version() == wanted).findFirst();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        var before =
                versions.stream().filter(sent -> sent.version() == wanted - 1).findFirst();
        var body = bodies.body(application.bodyKey())
                .orElseThrow(() -> new IllegalStateException("There is no body '" + application.bodyKey() + "'"));
        var budget = budgets.of(body.key(), shown.get().year());
        var lines = applications.lines(application.id(), wanted);
        var fields = sight.seesAddress()
                ? shown.get().fields()
                : withoutAddress(shown.get().fields());
        var completeAt = application.completeAt();
        return Optional.of(new FilePage(
                application.id(),
                application.state(),
                sight.name().toLowerCase(Locale.ROOT),
                application.isPaper(),
                application.ideaNumber(),
                body.name(),
                "/council/" + body.key(),
                budget.map(BudgetView::fundName).orElse(""),
                places.known(application.quarterKey()).name(),
                shown.get(),
                fields,
                lines.stream().filter(line -> line.side().equals(Plan.COST)).toList(),
                lines.stream().filter(line -> line.side().equals(Plan.FINANCE)).toList(),
                sight.seesAddress() ? documents.of(application.id(), wanted) : List.of(),
                versions,
                before.map(old -> Differences.between(old.fields(), shown.get().fields())).orElse(List.of()).stream()
                        .filter(change -> sight.seesAddress() || !change.isPrivate())
                        .map(this::named)
                        .toList(),
                applications.items(application.id(), wanted),
                sight == Sight.OFFICE
                        && application.state().equals(Application.RECEIVED)
                        && wanted == application.version(),
                service.writes(visitor, application),
                application.isWithdrawable()
                        && (application.applicantId() == visitor.personId()
                                || application.isPaper() && sight == Sight.OFFICE),
                application.state().equals(Application.RECEIVED) && application.receivedOn() != null
                        ? deadlines.promise(
                                application.receivedOn(),
                                applications
                                        .rules(shown.get().fundKey(), application.receivedOn())
                                        .checkWorkingDays())
                        : null,
                deadlines.outlook(
                        body,
                        completeAt == null
                                ? LocalDate.now(clock)
                                : completeAt.atZone(Time.ZONE).toLocalDate()),
                agendas.ofApplication(application.id()),
                completeAt,
                said,
                given,
                given.getOrDefault("note", ""),
                problems));
    }

    /** Places by their names. */
    private Differences.Difference named(Differences.Difference change) {
        return switch (change.field()) {
            case "quarter" ->
                change.with(key -> places.quarter(key).map(Quarter::name).orElse(key));
            case "community" ->
                change.with(key -> places.community(key).map(Community::name).orElse("–"));
            default -> change;
        };
    }

    /** For the body: what is asked for, and organisations by name; nobody's name and no address. */
    private static Map<String, String> withoutAddress(Map<String, String> fields) {
        var left = new HashMap<>(fields);
        left.keySet().removeIf(field -> field.matches("contact|street|postcode|town|phone|email|received|consent"));
        if (!left.getOrDefault("legal", "").equals("organisation")) {
            left.remove("name");
        }
        return left;
    }

    @Connectable
    DeskPage desk(Visitor visitor, String body, String state) {
        var wanted = bodies.body(body);
        var promises = deadlines.promises();
        var rows = applications
                .desk(
                        rights.isOfficer(visitor),
                        rights.areas(visitor),
                        rights.chaired(visitor),
                        wanted.map(Body::key).orElse(""),
                        DeskPage.STATES.contains(state) ? state : "")
                .stream()
                .map(row -> new DeskPage.Row(
                        row,
                        row.state().equals(Application.RECEIVED)
                                ? promises.of(row.receivedOn(), row.checkDays())
                                : null))
                .sorted(Comparator.comparing((DeskPage.Row row) -> !row.overdue()))
                .toList();
        return new DeskPage(
                rows,
                choices(body),
                wanted.map(Body::key).orElse(""),
                DeskPage.STATES.contains(state) ? state : "",
                rights.enters(visitor).isEmpty(),
                wanted.map(found -> deadlines.outlook(found, LocalDate.now(clock)))
                        .orElse(null));
    }

    @Connectable
    OpenPage open(String body) {
        var wanted = bodies.body(body).map(Body::key).orElse("");
        return new OpenPage(
                applications.open(wanted).stream().map(OpenPage.Row::new).toList(), choices(wanted), wanted);
    }

    private List<DeskPage.Choice> choices(String body) {
        return bodies.all().stream()
                .map(one -> new DeskPage.Choice(one.key(), one.name(), one.key().equals(body)))
                .toList();
    }
}
