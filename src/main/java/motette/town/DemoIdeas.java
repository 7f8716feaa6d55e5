package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.places.PackTables;

/**
 * The example ideas of the city pack, published, with a few supports of the demo residents, and those that wait at a
 * coordinator's desk. Tests fill the desks themselves.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoIdeas implements PackImport {

    private final PackTables tables;
    private final boolean someWait;

    DemoIdeas(PackTables tables, @Value("${motette.demo-waiting}") boolean someWait) {
        this.tables = tables;
        this.someWait = someWait;
    }

    @Override
    public int storey() {
        return 91;
    }

    @Override
    public void importFrom(CityPack pack) {
        publish(pack);
        if (someWait) {
            handIn(pack.text("demo/waiting.json"));
        }
    }

    private void publish(CityPack pack) {
        var examples = pack.text("demo/ideas.json");
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
