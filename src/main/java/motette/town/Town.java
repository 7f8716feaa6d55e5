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
 * councillors; office, auditor, admin. Tests sign in with the same keys as the sign-in page of the demo city.
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
                union all values ('office', 'Demo-Verwaltung', null, 900), ('auditor', 'Demo-Rechnungsprüfung', null, 901),
                                 ('admin', 'Demo-Büro für Ratsangelegenheiten', null, 902)
            )
            insert into persons (pseudonym, email, demo_key, home_quarter, created_at)
            select pseudonym, key || '@motette.example', key, home, ? from cast_list order by position
            on conflict (demo_key) do nothing\
            """);
        run("""
            insert into roles (person_id, name, scope, from_date, granted_at)
            select p.id, r.name, r.scope, date '2024-08-01', ?
            from (
                select 'coordinator-' || d.slug as key, 'coordinator' as name, a.key as scope
                  from districts d join areas a on a.kind = 'coordinator'
                   and exists (select from area_quarters aq join quarters q on q.key = aq.quarter_key
                                where aq.area_key = a.key and q.district_key = d.key)
                union all select 'chair-' || d.slug, 'chair', b.key from districts d join bodies b on b.district_key = d.key
                union all select 'councillor-' || d.slug || '-' || i, 'councillor', b.key
                  from districts d join bodies b on b.district_key = d.key, generate_series(1, 11) i
                union all values ('office', 'officer', ''), ('auditor', 'auditor', ''), ('admin', 'administrator', '')
            ) r join persons p on p.demo_key = r.key
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
