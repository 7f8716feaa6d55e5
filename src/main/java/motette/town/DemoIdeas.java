package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import motette.budgets.BudgetOpening;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;
import motette.shared.Time;

/**
 * The example ideas of the city pack, published, with a few supports of the demo residents; those that wait at a coordinator's
 * desk; and those that councils have decided on, with the way of their money. Tests fill the desks and decide themselves.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoIdeas implements PackImport {

    private final PackTables tables;
    private final BudgetOpening budgets;
    private final Clock clock;
    private final boolean someWait;

    DemoIdeas(
            PackTables tables, BudgetOpening budgets, Clock clock, @Value("${motette.demo-waiting}") boolean someWait) {
        this.tables = tables;
        this.budgets = budgets;
        this.clock = clock;
        this.someWait = someWait;
    }

    @Override
    public int storey() {
        return 91;
    }

    @Override
    public void importFrom(CityPack pack) {
        publish(pack.text("demo/ideas.json"));
        if (someWait) {
            handIn(pack.text("demo/waiting.json"));
            publish(pack.text("demo/decided.json"));
            budgets.open(LocalDate.now(clock.withZone(Time.ZONE)));
            decide(pack.text("demo/decided.json"));
        }
    }

    private void publish(String examples) {
        handIn(examples);
        tables.load(examples, """
            insert into idea_events (idea_number, kind, at, person_id, office)
            select i.number, 'published', i.handed_in_at + interval '2 days', r.person_id, r.scope
            from jsonb_array_elements(?::jsonb -> 'items') x
            join ideas i on i.example_key = x ->> 'id'
            cross join lateral (select r.person_id, r.scope from roles r join area_quarters aq on aq.area_key = r.scope
                                 where r.name = 'coordinator' and aq.quarter_key = i.quarter_key order by r.id limit 1) r
            where i.state = 'handed-in'\
            """);
        tables.load(examples, """
            insert into supports (idea_number, person_id, at)
            select i.number, p.id, i.published_at + interval '1 hour' * p.id
            from jsonb_array_elements(?::jsonb -> 'items') x
            join ideas i on i.example_key = x ->> 'id'
            join persons p on p.demo_key like 'resident-%' and p.id <> i.author_id
            where (i.number * 7 + p.id * 13) % 20 < (i.number * 5) % 17
            on conflict do nothing\
            """);
    }

    /** In this year, out of its budgets; recorded by the chair where the body has one in the demonstration. */
    private void decide(String decided) {
        tables.load(decided, """
            insert into idea_events (idea_number, kind, at, person_id, office, note, amount_cents)
            select i.number, d ->> 'kind', greatest(now() - (d ->> 'daysAgo')::int * interval '1 day', date_trunc('year', now())), p.id,
                   i.body_key, d ->> 'reason', (d ->> 'amountCents')::bigint
            from jsonb_array_elements(?::jsonb -> 'items') x
            cross join lateral (select x -> 'decision') as decision (d)
            join ideas i on i.example_key = x ->> 'id'
            cross join lateral (select persons.id from persons left join roles r on r.person_id = persons.id and r.name = 'chair' and r.scope = i.body_key
                                 where r.id is not null or demo_key = 'admin' order by r.id nulls last limit 1) p
            where i.state = 'published'\
            """);
        tables.load(decided, """
            insert into resolutions (request_id, idea_number, budget_id, event_id, kind, amount_cents, reason, votes_yes, votes_no, abstentions,
                decided_on, recorded_by, recorded_at, seats, quorum, without_statement_cents, statement_given)
            select gen_random_uuid(), i.number, g.id, e.id, e.kind, e.amount_cents, e.note, b.seats - 1, 0, 1,
                   (e.at at time zone 'Europe/Berlin')::date, e.person_id, e.at, b.seats, (b.seats + 1) / 2, 100000, true
            from jsonb_array_elements(?::jsonb -> 'items') x
            join ideas i on i.example_key = x ->> 'id'
            join idea_events e on e.idea_number = i.number and e.kind = x -> 'decision' ->> 'kind'
            join bodies b on b.key = i.body_key
            join budgets g on g.body_key = i.body_key and g.year = extract(year from e.at at time zone 'Europe/Berlin')
            where not exists (select from resolutions r where r.idea_number = i.number)\
            """);
        tables.load(decided, """
            insert into ledger_entries (budget_id, from_account, to_account, amount_cents, reason, reference, person_id, at)
            select r.budget_id, m ->> 'from', m ->> 'to', (m ->> 'cents')::bigint, m ->> 'reason', 'idea:' || i.number, r.recorded_by,
                   greatest(now() - (m ->> 'daysAgo')::int * interval '1 day', r.recorded_at)
            from jsonb_array_elements(?::jsonb -> 'items') x
            join ideas i on i.example_key = x ->> 'id'
            join resolutions r on r.idea_number = i.number
            cross join lateral jsonb_array_elements(x -> 'decision' -> 'moves') with ordinality as moves (m, n)
            where not exists (select from ledger_entries e where e.reference = 'idea:' || i.number)
            order by (m ->> 'daysAgo')::int desc, i.number, n\
            """);
    }

    /** Where nothing else is said, one after the other in the last two months, by each resident in turn. */
    private void handIn(String items) {
        tables.load(items, """
            insert into ideas (author_id, title, description, kind, category_key, quarter_key, community_key, body_key, place, lon, lat,
                exact_place, cost_cents, language, example, example_key, handed_in_at, state_since)
            select a.id, x ->> 'title', x ->> 'description', x ->> 'kind', x ->> 'category', q.key, x ->> 'community',
                   coalesce(local.key, council.key), x ->> 'place', (x ->> 'lon')::float8, (x ->> 'lat')::float8, true,
                   (x ->> 'costCents')::bigint, 'de', true, x ->> 'id', t.at, t.at
            from jsonb_array_elements(?::jsonb -> 'items') with ordinality as i(x, n)
            cross join lateral (select now() - coalesce((x ->> 'hoursAgo')::int * interval '1 hour', interval '60 days' - n * interval '29 hours') as at) t
            join quarters q on q.key = x ->> 'quarter'
            join bodies council on council.district_key = q.district_key
            left join bodies local on local.community_key = x ->> 'community'
            join persons a on a.demo_key = coalesce(x ->> 'author', 'resident-' || (1 + (n - 1) % 20))
            on conflict (example_key) do nothing\
            """);
        tables.load(items, """
            insert into idea_target_groups (idea_number, group_key)
            select i.number, g from jsonb_array_elements(?::jsonb -> 'items') x
            join ideas i on i.example_key = x ->> 'id', jsonb_array_elements_text(x -> 'targetGroups') g
            on conflict do nothing\
            """);
        tables.load(items, """
            insert into idea_events (idea_number, kind, at, person_id)
            select i.number, 'handed-in', i.handed_in_at, i.author_id
            from jsonb_array_elements(?::jsonb -> 'items') x join ideas i on i.example_key = x ->> 'id'
            where not exists (select from idea_events e where e.idea_number = i.number)\
            """);
    }
}
