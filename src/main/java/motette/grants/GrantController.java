package motette.grants;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.budgets.Account;
import motette.budgets.Accounts;
import motette.budgets.Csv;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.Time;
import motette.shared.View;

/** Grants: what everybody may know of one, its file for whoever works on it, the desk, and the books. */
@Controller("/grants")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class GrantController {

    private final GrantRepository grants;
    private final ChangeRepository changes;
    private final ProofRepository proofs;
    /** What a deed is answered with; the others are saved. */
    private static final Map<String, String> SAID = Map.of(
            "request", "sent",
            "change", "sent",
            "proof", "sent",
            "release", "released",
            "no-payout", "ended",
            "account", "saved");

    private final GrantDeeds deeds;
    private final NoticeDeeds notices;
    private final PayoutDeeds payouts;
    private final YearEnd yearEnd;
    private final ProofPhotos photos;
    private final GrantRights rights;
    private final Clock clock;

    GrantController(
            GrantRepository grants,
            ChangeRepository changes,
            ProofRepository proofs,
            GrantDeeds deeds,
            NoticeDeeds notices,
            PayoutDeeds payouts,
            YearEnd yearEnd,
            ProofPhotos photos,
            GrantRights rights,
            Clock clock) {
        this.grants = grants;
        this.changes = changes;
        this.proofs = proofs;
        this.deeds = deeds;
        this.notices = notices;
        this.payouts = payouts;
        this.yearEnd = yearEnd;
        this.photos = photos;
        this.rights = rights;
        this.clock = clock;
    }

    /** One's own. */
    @Get
    View mine(Visitor visitor) {
        return View.of("grants/mine", new GrantPages.Mine(rows(grants.ofApplicant(visitor.personId()))));
    }

    @Get("/desk")
    View desk(@QueryValue(defaultValue = "") String year, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demandReading(visitor);
        int wanted = year(year);
        var files = grants.ofYear(wanted);
        return View.of(
                "grants/desk",
                new GrantPages.Desk(
                        wanted,
                        years(wanted),
                        rows(files),
                        sums(files),
                        yearEnd.lapsing(wanted),
                        rights.isOfficer(visitor),
                        said.matches("\\d{1,6}") ? Integer.parseInt(said) : -1));
    }

    /** For the bookkeeping: no names; for the auditors with reasons and numbers of persons. */
    @Get("/books.csv")
    HttpResponse<?> books(@QueryValue(defaultValue = "") String year, Visitor visitor) {
        demandReading(visitor);
        int wanted = year(year);
        boolean whole = rights.isAuditor(visitor);
        var csv = new Csv();
        if (whole) {
            csv.line("entry", "date", "budget", "from", "to", "amount_eur", "reference", "purpose", "reason", "person");
        } else {
            csv.line("entry", "date", "budget", "from", "to", "amount_eur", "reference", "purpose");
        }
        for (var b : grants.bookings(wanted)) {
            var day = b.at().atZone(Time.ZONE).toLocalDate().toString();
            var id = String.valueOf(b.id());
            if (whole) {
                csv.line(
                        id,
                        day,
                        b.budget(),
                        b.from(),
                        b.to(),
                        Csv.euros(b.cents()),
                        b.reference(),
                        b.kind(),
                        b.reason(),
                        b.person() == 0 ? "" : String.valueOf(b.person()));
            } else {
                csv.line(id, day, b.budget(), b.from(), b.to(), Csv.euros(b.cents()), b.reference(), b.kind());
            }
        }
        return HttpResponse.ok(csv.toString())
                .contentType(MediaType.of("text/csv;charset=utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"books-%d.csv\"".formatted(wanted));
    }

    @Post("/lapses")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> lapse(@Body Map<String, String> form, Visitor visitor) {
        int wanted = year(form.getOrDefault("year", ""));
        int count = yearEnd.lapse(visitor, wanted);
        return HttpResponse.seeOther(URI.create("/grants/desk?year=" + wanted + "&said=" + count));
    }

    /** What everybody may know. */
    @Get("/{resolution:[0-9]+}")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> open(String resolution) {
        return grants.find(RowNumbers.of(resolution))
                .filter(GrantFile::isPublic)
                .<HttpResponse<?>>map(file -> HttpResponse.ok(
                        View.of("grants/open", new GrantPages.Open(file, file.state(LocalDate.now(clock))))))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{resolution:[0-9]+}/file")
    HttpResponse<?> file(String resolution, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        return page(
                        RowNumbers.of(resolution),
                        visitor,
                        SAID.containsValue(said) ? said : "",
                        "",
                        Map.of(),
                        Problems.none())
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("grants/file", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{resolution:[0-9]+}/notice.pdf")
    HttpResponse<?> notice(String resolution, Visitor visitor) {
        return grants.find(RowNumbers.of(resolution))
                .filter(file -> rights.reads(visitor, file))
                .flatMap(file -> grants.pdf(file.id()))
                .<HttpResponse<?>>map(pdf -> pdf(pdf, "bescheid.pdf"))
                .orElseGet(HttpResponse::notFound);
    }

    /** A notice that changed the first one. */
    @Get("/{resolution:[0-9]+}/changes/{version:[0-9]+}")
    HttpResponse<?> change(String resolution, String version, Visitor visitor) {
        int number = (int) Math.min(RowNumbers.of(version), Integer.MAX_VALUE);
        return grants.find(RowNumbers.of(resolution))
                .filter(file -> rights.reads(visitor, file))
                .flatMap(file -> changes.pdf(file.id(), number))
                .<HttpResponse<?>>map(pdf -> pdf(pdf, "bescheid-" + number + ".pdf"))
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> pdf(byte[] pdf, String name) {
        return HttpResponse.ok(pdf)
                .contentType(MediaType.APPLICATION_PDF_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    @Post(
            "/{resolution:[0-9]+}/{deed:notice|service|waiver|account|request|no-payout|release|answer|repayment|receipt|order|progress|spending|spent|change|decision|revocation|change-service}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> act(String resolution, String deed, @Body Map<String, String> form, Visitor visitor) {
        long id = RowNumbers.of(resolution);
        var problems = deeds.act(visitor, id, deed, form);
        if (problems.filter(Problems::isEmpty).isPresent()) {
            return HttpResponse.seeOther(
                    URI.create("/grants/" + id + "/file?said=" + SAID.getOrDefault(deed, "saved")));
        } else {
            return problems.flatMap(wrong -> page(id, visitor, "", deed, form, wrong))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("grants/file", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    private Optional<GrantPages.File> page(
            long id, Visitor visitor, String said, String came, Map<String, String> typed, Problems problems) {
        var today = LocalDate.now(clock);
        return grants.find(id).filter(file -> rights.reads(visitor, file)).map(file -> {
            boolean decides = rights.isOfficer(visitor);
            boolean owns = file.applicantId() == 0 ? decides : file.applicantId() == visitor.personId();
            var fields = file.isNotice() && !file.opened() ? grants.fields(file) : Map.<String, String>of();
            return new GrantPages.File(
                    file,
                    file.state(today),
                    file.isFinal(today),
                    owns,
                    decides,
                    rights.isStaff(visitor),
                    owns || rights.isStaff(visitor) ? grants.bank(id).orElse(null) : null,
                    fields.isEmpty()
                            ? null
                            : notices.preview(
                                    file,
                                    GrantForm.day(fields, "from").orElse(today),
                                    GrantForm.day(fields, "to").orElse(LocalDate.of(file.year(), 12, 31))),
                    file.isNotice() && file.opened() ? payouts.payable(file) : 0,
                    file.proofVersion() > 0 ? proofs.of(file) : ProofForm.Proof.NONE,
                    file.proofVersion() > 0
                            ? photos.of(id).stream()
                                    .filter(ProofPhotos.Photo::sent)
                                    .toList()
                            : List.of(),
                    file.noticeVersion() > 1 ? changes.of(id) : List.of(),
                    file.changeId() == 0 ? null : changes.asked(file).orElse(null),
                    file.issuedAt() == null || file.changeId() != 0
                            ? ""
                            : changes.declined(file).orElse(""),
                    file.issuedAt() == null || file.payoutId() != 0
                            ? ""
                            : grants.refusedPayout(id).orElse(""),
                    file.payoutId() != 0 && rights.mayRelease(visitor, file),
                    said,
                    UUID.randomUUID().toString(),
                    today,
                    came,
                    came.isEmpty() ? fields : typed,
                    problems);
        });
    }

    private List<GrantPages.Row> rows(List<GrantFile> files) {
        var today = LocalDate.now(clock);
        return files.stream()
                .map(file -> new GrantPages.Row(file, file.state(today)))
                .toList();
    }

    private static Accounts sums(List<GrantFile> files) {
        return files.stream()
                .map(file -> new Accounts(Map.of(
                        Account.AVAILABLE, file.returned(),
                        Account.RESERVED, file.reserved(),
                        Account.GRANTED, file.granted(),
                        Account.PAID, file.paid())))
                .reduce(Accounts.NOTHING, Accounts::plus);
    }

    private List<Integer> years(int wanted) {
        var years = grants.years();
        return years.contains(wanted)
                ? years
                : java.util.stream.Stream.concat(java.util.stream.Stream.of(wanted), years.stream())
                        .toList();
    }

    private int year(String text) {
        return text.matches("20\\d\\d")
                ? Integer.parseInt(text)
                : LocalDate.now(clock).getYear();
    }

    private void demandReading(Visitor visitor) {
        rights.reading(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }
}
