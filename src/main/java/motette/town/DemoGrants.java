package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.applications.SampleApplications;
import motette.applications.SampleApplications.Sample;
import motette.budgets.Ledger;
import motette.grants.SampleGrants;
import motette.grants.SampleGrants.Cast;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * Grants in Ost and in Alt-West: one partly paid whose applicant asks for a change, one with a proof to check, one settled with the rest
 * returned; and the orders behind the ideas that were decided. Tests grant themselves.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoGrants implements PackImport {

    private final SampleApplications applications;
    private final SampleGrants grants;
    private final Ledger ledger;
    private final Sql sql;
    private final Clock clock;
    private final boolean someWait;

    DemoGrants(
            SampleApplications applications,
            SampleGrants grants,
            Ledger ledger,
            Sql sql,
            Clock clock,
            @Value("${motette.demo-waiting}") boolean someWait) {
        this.applications = applications;
        this.grants = grants;
        this.ledger = ledger;
        this.sql = sql;
        this.clock = clock;
        this.someWait = someWait;
    }

    @Override
    public int storey() {
        return 96;
    }

    @Override
    @Transactional
    public void importFrom(CityPack pack) {
        if (someWait) {
            partlyPaid();
            proofToCheck();
            settled();
            grants.adopt(
                    Town.officer(),
                    Town.administrator(),
                    "Amt für Stadtgrün und Gewässer",
                    "Die Arbeiten haben begonnen.",
                    "Alles ist fertig und abgerechnet.");
        }
    }

    private void partlyPaid() {
        var who = cast(5);
        granted(
                        who,
                        "ost",
                        Money.ofEuros(2_800),
                        fields(
                                "Werkstatt für Fahrräder im Hof",
                                "20",
                                "Nachbarinnen und Nachbarn reparieren zusammen Fahrräder und leihen Werkzeug aus.",
                                "Demo-Fahrradwerkstatt",
                                Map.of(
                                        "cost1-what", "Werkzeug",
                                        "cost1-amount", "1.900",
                                        "cost2-what", "Montageständer",
                                        "cost2-amount", "1.100",
                                        "asked", "2.800",
                                        "finance1-source", "own-money",
                                        "finance1-what", "Spenden",
                                        "finance1-amount", "200")))
                .ifPresent(id -> {
                    grants.issue(id, who, day(1, 1), day(12, 31), "Demo-Fahrradwerkstatt");
                    grants.pay(id, who, "1.400");
                    grants.askForPurpose(
                            id,
                            who,
                            "Werkzeug und ein Lastenrad zum Ausleihen statt der Montageständer",
                            "Zwei Montageständer haben wir geschenkt bekommen. Ein Lastenrad fehlt noch.");
                });
    }

    private void proofToCheck() {
        var who = cast(6);
        granted(
                        who,
                        "ost",
                        Money.ofEuros(900),
                        fields(
                                "Tanzen im Park",
                                "21",
                                "An acht Nachmittagen tanzen Jung und Alt zusammen im Park, mit Musik aus vielen"
                                        + " Ländern.",
                                "Demo-Tanzgruppe",
                                Map.of(
                                        "cost1-what", "Musik und Technik",
                                        "cost1-amount", "600",
                                        "cost2-what", "Wasser und Obst",
                                        "cost2-amount", "300",
                                        "asked", "900")))
                .ifPresent(id -> {
                    grants.issue(id, who, day(1, 1), day(12, 31), "Demo-Tanzgruppe");
                    grants.pay(id, who, "900");
                    grants.prove(
                            id,
                            who,
                            "852,40",
                            "An acht Nachmittagen haben wir im Park getanzt, jedes Mal mit dreißig bis fünfzig"
                                + " Menschen. Die Älteren haben den Jüngeren Walzer gezeigt. Die Technik war günstiger"
                                + " als gedacht.");
                });
    }

    private void settled() {
        var who = cast(7);
        granted(
                        who,
                        "alt-west",
                        Money.ofEuros(600),
                        fields(
                                "Erste Hilfe für Eltern",
                                "70",
                                "Zwei Kurse zeigen Eltern, was bei Unfällen von kleinen Kindern zu tun ist.",
                                "Demo-Elterngruppe",
                                Map.of(
                                        "cost1-what", "Kursleitung",
                                        "cost1-amount", "480",
                                        "cost2-what", "Raum und Übungspuppen",
                                        "cost2-amount", "120",
                                        "asked", "600")))
                .ifPresent(id -> {
                    grants.issue(id, who, day(1, 1), day(12, 31), "Demo-Elterngruppe");
                    grants.pay(id, who, "600");
                    grants.prove(
                            id,
                            who,
                            "540",
                            "Beide Kurse waren voll, zusammen waren 38 Mütter und Väter da. Den Raum bekamen wir"
                                    + " günstiger, deshalb bleibt etwas übrig.");
                    grants.settle(id, who);
                });
    }

    private static Cast cast(int resident) {
        return new Cast(Town.resident(resident), Town.officer(), Town.administrator());
    }

    private LocalDate day(int month, int day) {
        return LocalDate.of(LocalDate.now(clock.withZone(Time.ZONE)).getYear(), month, day);
    }

    /** An application that its body has granted as it stands; empty where there was one before. */
    private Optional<Long> granted(Cast who, String district, Money amount, Map<String, String> fields) {
        applications.keep(new Sample(who.applicant(), who.officer(), "complete", "", fields));
        var application = sql.one(
                "select c.application_id from application_completions c join applications a on a.id = c.application_id"
                        + " join persons p on p.id = a.applicant_id where p.demo_key = ? and not exists (select from"
                        + " resolutions r where r.application_id = a.id) order by 1 limit 1",
                row -> row.getLong(1),
                who.applicant());
        return application.map(id -> resolve(id, idea(who.applicant(), fields, amount), Town.chair(district), amount));
    }

    /** The idea behind it, published six weeks ago. */
    private long idea(String author, Map<String, String> fields, Money amount) {
        var handedIn = clock.instant().minus(Duration.ofDays(42));
        long idea = sql.number(
                """
                insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place, cost_cents,
                                   language, example, example_key, handed_in_at, state_since)
                select p.id, ?, ?, 'own-project', ?, q.key, b.key, ?, ?, true, ?, 'de', true, 'grant-' || p.id, ?, ?
                  from persons p, quarters q join bodies b on b.district_key = q.district_key where p.demo_key = ? and q.key = ?
                returning number\
                """,
                fields.getOrDefault("title", ""),
                fields.getOrDefault("what", ""),
                Map.of("20", "begegnung_einsamkeit", "21", "bewegung")
                        .getOrDefault(fields.getOrDefault("quarter", ""), "familie_kindheit"),
                fields.getOrDefault("quarter", "").equals("70") ? 12.3345 : 12.4035,
                fields.getOrDefault("quarter", "").equals("70") ? 51.3355 : 51.3445,
                amount.cents(),
                handedIn,
                handedIn,
                author,
                fields.getOrDefault("quarter", ""));
        sql.change(
                "insert into idea_events (idea_number, kind, at, person_id) select number, 'handed-in', handed_in_at,"
                        + " author_id from ideas where number = ?",
                idea);
        sql.change("""
            insert into idea_events (idea_number, kind, at, person_id, office)
            select i.number, 'published', i.handed_in_at + interval '2 days', r.person_id, r.scope
              from ideas i cross join lateral (select r.person_id, r.scope from roles r join area_quarters aq on aq.area_key = r.scope
                    where r.name = 'coordinator' and aq.quarter_key = i.quarter_key order by r.id limit 1) r where i.number = ?\
            """, idea);
        return idea;
    }

    private long resolve(long application, long idea, String chair, Money amount) {
        long budget = sql.number(
                "select u.id from budgets u join application_versions v on (v.fund_key, v.body_key, v.year) ="
                        + " (u.fund_key, u.body_key, u.year) where v.application_id = ?",
                application);
        long person = sql.number("select id from persons where demo_key = ?", chair);
        ledger.reserve(budget, amount, "Das hilft vielen im Quartier.", "application:" + application, person)
                .ifPresent(refusal -> {
                    throw new IllegalStateException("Too little money for the demo: " + refusal);
                });
        long event = sql.number(
                "insert into idea_events (idea_number, kind, at, person_id, office, note, amount_cents) select number,"
                        + " 'granted', ?, ?, body_key, 'Das hilft vielen im Quartier.', ? from ideas where number = ?"
                        + " returning id",
                clock.instant(),
                person,
                amount.cents(),
                idea);
        return sql.number(
                """
                insert into resolutions (request_id, idea_number, event_id, application_id, application_version, budget_id, kind, amount_cents, reason, votes_yes,
                                         votes_no, abstentions, decided_on, recorded_by, recorded_at, seats, quorum, without_statement_cents,
                                         statement_given)
                select ?, ?, ?, ?, 1, u.id, 'granted', ?, 'Das hilft vielen im Quartier.', b.seats - 1, 0, 1, ?, ?, ?, b.seats, (b.seats + 1) / 2,
                       100000, true
                  from budgets u join bodies b on b.key = u.body_key where u.id = ? returning id\
                """,
                UUID.randomUUID(),
                idea,
                event,
                application,
                amount.cents(),
                LocalDate.now(clock.withZone(Time.ZONE)),
                person,
                clock.instant(),
                budget);
    }

    private Map<String, String> fields(
            String title, String quarter, String what, String name, Map<String, String> money) {
        var fields = new HashMap<String, String>(Map.of(
                "title",
                title,
                "quarter",
                quarter,
                "kind",
                "own-project",
                "what",
                what,
                "for-whom",
                "Alle im Quartier, Jung und Alt",
                "how",
                "Wir laden mit Aushängen und über die Schulen ein.",
                "from",
                day(1, 1).toString(),
                "to",
                day(12, 31).toString()));
        fields.putAll(Map.of(
                "legal", "organisation",
                "legal-form", "Verein",
                "contact", "Demo-Vertretung des Vereins",
                "name", name,
                "street", "Demostraße 1",
                "postcode", "04315",
                "town", "Leipzig",
                "confirmed", "yes"));
        fields.putAll(money);
        return fields;
    }
}
