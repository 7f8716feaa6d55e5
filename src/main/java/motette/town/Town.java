package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import motette.places.CityPack;
import motette.places.PackImport;

/**
 * The cast: resident-1 … resident-20 (two a district), and for every district a coordinator, a chair and eleven
 * councillors; a local council with a vacant seat, the board of the health fund; two of the office, auditor, admin. Tests sign in with the same keys as the sign-in page of the demo city.
 */
@Singleton
@Requires(property = "motette.demo", value = "true")
public class Town implements PackImport {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Town(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public static String resident() {
        return "resident-1";
    }

    public static String resident(int number) {
        return "resident-" + number;
    }

    public static String coordinator(String district) {
        return "coordinator-" + district;
    }

    public static String chair(String district) {
        return "chair-" + district;
    }

    public static String councillor(String district, int seat) {
        return "councillor-" + district + "-" + seat;
    }

    public static String officer() {
        return "office";
    }

    /** Somebody else of the administration, for what one person must not decide alone. */
    public static String secondOfficer() {
        return "office-2";
    }

    public static String auditor() {
        return "auditor";
    }

    public static String administrator() {
        return "admin";
    }

    @Override
    public int storey() {
        return 90;
    }

    @Override
    public void importFrom(CityPack pack) {
        run("""
            with d as (select *, row_number() over (order by key) as n, count(*) over () as districts from districts),
            cast_list (key, pseudonym, home, position) as (
                select 'resident-' || i, case when i <= 10 then 'Demo-Einwohnerin ' else 'Demo-Einwohner ' end || d.name,
                       (select q.key from quarters q where q.district_key = d.key
                         order by q.population desc offset (i - 1) / d.districts limit 1), i
                from generate_series(1, 20) i join d on d.n = (i - 1) % d.districts + 1
                union all select 'coordinator-' || slug, 'Demo-Koordinatorin ' || name, null, 100 + n from d
                union all select 'chair-' || slug, 'Demo-Vorsitz ' || name, null, 200 + n from d
                union all select 'councillor-' || slug || '-' || i, 'Demo-Beiratsmitglied ' || name || ' ' || i, null, 300 + n * 20 + i
                          from d, generate_series(1, 11) i
                union all values ('chair-burghausen', 'Demo-Ortsvorsteherin Burghausen', null, 801),
                                 ('chair-fonds', 'Demo-Vorsitz Verfügungsfonds Gesundheit', null, 802)
                union all select 'councillor-burghausen-' || i, 'Demo-Ortschaftsrat Burghausen ' || i, null, 810 + i
                          from generate_series(1, 3) i
                union all select 'fund-partner-' || i, 'Demo-Vertretung einer Krankenkasse ' || i, null, 820 + i
                          from generate_series(1, 5) i
                union all values ('office', 'Demo-Verwaltung', null, 900), ('auditor', 'Demo-Rechnungsprüfung', null, 901),
                                 ('admin', 'Demo-Büro für Ratsangelegenheiten', null, 902),
                                 ('office-2', 'Demo-Verwaltung, zweite Person', null, 903)
            )
            insert into persons (pseudonym, email, demo_key, home_quarter, created_at)
            select pseudonym, key || '@motette.example', key, home, ? from cast_list order by position
            on conflict (demo_key) do nothing\
            """);
        run("""
            insert into body_terms (body_key, from_date, seats, chair_votes, source, recorded_at)
            select key, date '2024-08-01', seats, chair_votes, 'Erfundene Amtszeit der Demo-Stadt', ? from bodies
             where (district_key is not null or key in ('or-burghausen', 'fonds-gesundheit')) and seats > 0
            on conflict do nothing\
            """);
        run("""
            insert into roles (person_id, name, scope, from_date, granted_at, seat)
            select p.id, r.name, r.scope, date '2024-08-01', ?, r.seat
            from (
                select 'coordinator-' || d.slug as key, 'coordinator' as name, a.key as scope, null::int as seat
                  from districts d join areas a on a.kind = 'coordinator'
                   and exists (select from area_quarters aq join quarters q on q.key = aq.quarter_key
                                where aq.area_key = a.key and q.district_key = d.key)
                union all select 'chair-' || d.slug, 'chair', b.key, null::int from districts d join bodies b on b.district_key = d.key
                union all select 'councillor-' || d.slug || '-' || i, 'councillor', b.key, i
                  from districts d join bodies b on b.district_key = d.key, generate_series(1, 11) i
                union all select 'councillor-burghausen-' || i, 'councillor', key, i from bodies, generate_series(1, 3) i
                  where key = 'or-burghausen'
                union all select 'chair-burghausen', 'chair', key, 5 from bodies where key = 'or-burghausen'
                union all select 'fund-partner-' || i, 'fund-partner', key, i from bodies, generate_series(1, 5) i
                  where key = 'fonds-gesundheit'
                union all select 'chair-fonds', 'chair', key, 7 from bodies where key = 'fonds-gesundheit'
                union all values ('office', 'officer', '', null::int), ('office-2', 'officer', '', null), ('auditor', 'auditor', '', null::int), ('admin', 'administrator', '', null::int)
            ) r join persons p on p.demo_key = r.key
            on conflict do nothing\
            """);
        run("""
            insert into declared_functions (person_id, organisation, kind, from_date, is_public, declared_at)
            select p.id, f.organisation, f.kind, date '2024-08-01', f.is_public, ?
              from (values ('councillor-ost-1', 'Demo-Nachbarschaft Ost e. V.', 'board', true),
                           ('councillor-ost-2', 'Demo-Sportfreunde Rabet e. V.', 'member', false),
                           ('councillor-ost-3', 'Demo-Gesundheitsladen gGmbH', 'employee', false)) f (key, organisation, kind, is_public)
              join persons p on p.demo_key = f.key
            on conflict do nothing\
            """);
    }

    private void run(String sql) {
        jdbc.prepareStatement(sql, statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            return statement.executeUpdate();
        });
    }
}
