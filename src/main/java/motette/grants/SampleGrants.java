package motette.grants;

import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Sql;

/** Grants of the demo city: the deeds of the people who would do them, so that the money goes its real way. */
@Singleton
@Requires(property = "motette.demo", value = "true")
public class SampleGrants {

    private static final String IBAN = "DE89 3704 0044 0532 0130 00";

    private final GrantDeeds deeds;
    private final GrantRepository grants;
    private final Sql sql;
    private final Clock clock;

    SampleGrants(GrantDeeds deeds, GrantRepository grants, Sql sql, Clock clock) {
        this.deeds = deeds;
        this.grants = grants;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Who acts, by keys.
     *
     * @param applicant gets the money
     * @param officer   decides and releases
     * @param second    releases as well
     */
    public record Cast(String applicant, String officer, String second) {}

    /** A notice for the whole of a project, handed over; whoever gets it does not object and says where the money goes. */
    @Transactional
    public void issue(long resolution, Cast cast, LocalDate from, LocalDate to, String holder) {
        act(cast.officer(), resolution, "notice", Map.of("from", from.toString(), "to", to.toString()));
        act(
                cast.officer(),
                resolution,
                "service",
                Map.of("channel", "hand", "sent", LocalDate.now(clock).toString()));
        act(cast.applicant(), resolution, "waiver", Map.of());
        act(cast.applicant(), resolution, "account", Map.of("holder", holder, "iban", IBAN));
    }

    @Transactional
    public void pay(long resolution, Cast cast, String amount) {
        act(
                cast.applicant(),
                resolution,
                "request",
                Map.of("request", UUID.randomUUID().toString(), "amount", amount));
        var release = Map.of("payout", String.valueOf(file(resolution).payoutId()));
        act(cast.officer(), resolution, "release", release);
        act(cast.second(), resolution, "release", release);
    }

    /** A final proof. */
    @Transactional
    public void prove(long resolution, Cast cast, String spent, String report) {
        act(
                cast.applicant(),
                resolution,
                "proof",
                Map.of("after", "0", "kind", "final", "spent", spent, "report", report));
    }

    /** The proof is accepted; what was paid too much has come back today. */
    @Transactional
    public void settle(long resolution, Cast cast) {
        act(cast.officer(), resolution, "answer", Map.of("version", "1", "outcome", "accepted"));
        var owed = file(resolution).repaymentId();
        if (owed != 0) {
            act(
                    cast.officer(),
                    resolution,
                    "receipt",
                    Map.of(
                            "repayment",
                            String.valueOf(owed),
                            "received",
                            LocalDate.now(clock).toString()));
        }
    }

    /** Asks for another purpose; nobody has decided yet. */
    @Transactional
    public void askForPurpose(long resolution, Cast cast, String purpose, String reason) {
        act(
                cast.applicant(),
                resolution,
                "change",
                Map.of("request", UUID.randomUUID().toString(), "change-purpose", purpose, "change-reason", reason));
    }

    /**
     * Orders behind ideas whose money has gone its way already: their entries of the ledger become theirs, in the order they were made.
     * An order is done where nothing is promised any more.
     */
    @Transactional
    public void adopt(String officer, String second, String office, String underWay, String done) {
        for (var id : sql.list("""
            select r.id from resolutions r where r.application_id is null and r.kind in ('granted', 'granted-in-part')
               and r.budget_id is not null and not exists (select from grants g where g.resolution_id = r.id)
               and exists (select from ledger_entries l where l.budget_id = r.budget_id and l.reference = 'idea:' || r.idea_number
                              and l.to_account = 'granted') order by r.id\
            """, row -> row.getLong(1))) {
            grants.lock(id);
            adopt(file(id), person(officer), person(second), office);
            var file = file(id);
            var now = clock.instant();
            if (file.granted() == 0) {
                grants.step(file, "done", office, done, person(officer), now);
                grants.end(file, person(officer), now);
            } else if (file.paid() > 0) {
                grants.step(file, "under-way", office, underWay, person(officer), now);
            }
        }
    }

    private record Entry(long id, String way, long cents, Instant at) {}

    private void adopt(GrantFile file, long officer, long second, String office) {
        var entries = sql.list(
                "select id, from_account || '-' || to_account, amount_cents, at from ledger_entries where budget_id ="
                        + " ? and reference = ? and from_account <> 'available' order by id",
                row -> new Entry(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getTimestamp(4).toInstant()),
                file.budgetId(),
                file.reference());
        var began = entries.getFirst().at();
        grants.open(file, "order", officer, began);
        grants.step(file, "ordered", office, "", officer, began);
        for (var entry : entries) {
            switch (entry.way()) {
                case "reserved-granted" -> adopt(file, entry, "grant", 0);
                case "granted-paid" -> adopt(file, entry, "pay", spending(file, entry, officer, second));
                case "granted-available" -> adopt(file, entry, "rest", 0);
                case "paid-available" -> adopt(file, entry, "back", 0);
                default -> adopt(file, entry, "lapse", 0);
            }
        }
    }

    private long spending(GrantFile file, Entry entry, long officer, long second) {
        var request = UUID.randomUUID();
        grants.enter(file, request, entry.cents(), file.title(), officer, entry.at());
        long id = sql.number("select id from order_spendings where request_id = ?", request);
        grants.answerSpending(id, "released", second, entry.at());
        return id;
    }

    private void adopt(GrantFile file, Entry entry, String kind, long spending) {
        sql.change(
                "insert into grant_movements (entry_id, resolution_id, kind, spending_id) values (?, ?, ?, nullif(?,"
                        + " 0))",
                entry.id(),
                file.id(),
                kind,
                spending);
    }

    private void act(String who, long resolution, String deed, Map<String, String> form) {
        var visitor = new Visitor(person(who), "", Set.of(), 0, clock.instant().plus(Duration.ofHours(1)));
        if (deeds.act(visitor, resolution, deed, new HashMap<>(form))
                .filter(Problems::isEmpty)
                .isEmpty()) {
            throw new IllegalStateException("The deed " + deed + " of the demo does not fit grant " + resolution);
        }
    }

    private GrantFile file(long resolution) {
        return grants.find(resolution).orElseThrow();
    }

    private long person(String key) {
        return sql.number("select id from persons where demo_key = ?", key);
    }
}
