package motette.oparl;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import motette.shared.Sql;

/**
 * Objects of OParl as the database puts them together. Each kind is one statement with the columns {@code key}, {@code body_key},
 * {@code created}, {@code modified}, {@code deleted} and {@code content}: what stands beside identity and times, references as
 * addresses, inner objects as keys. A list is one page of it, whatever its length.
 */
@Singleton
class OparlRepository {

    private static final String HERE = """
        with here as (select ?::text as api, ?::text as site, ?::text as city, ?::timestamptz as moment),
        seats as (
            select r.id, r.scope as body_key, r.name, r.seat, r.begins_at, r.acts_until, p.pseudonym,
                   min(r.id) over (partition by r.person_id) as person_key, greatest(r.begins_at, r.granted_at) as created,
                   r.acts_until <= h.moment or p.erased_at is not null as over,
                   case when r.acts_until <= h.moment or p.erased_at is not null then least(r.acts_until, p.erased_at)
                        else greatest(r.begins_at, r.granted_at) end as modified
              from here h, roles r join bodies b on b.key = r.scope join persons p on p.id = r.person_id
             where r.name in ('councillor', 'chair', 'fund-partner') and r.begins_at <= h.moment and r.acts_until > r.begins_at
        ),
        """;

    private static final String ORGANIZATIONS = """
        select b.key, b.key as body_key, w.at as created,
               greatest(w.at, (select max(recorded_at) from body_terms t where t.body_key = b.key),
                   (select max(recorded_at) from meeting_places m where m.body_key = b.key),
                   (select max(modified) from seats s where s.body_key = b.key)) as modified,
               false as deleted,
               json_build_object(
                   'body', h.api || '/body/' || h.city, 'name', b.name,
                   'membership', (select coalesce(json_agg(h.api || '/membership/' || s.id order by s.id), '[]')
                                    from seats s where s.body_key = b.key and not s.over),
                   'meeting', h.api || '/meetings?organization=' || b.key,
                   'organizationType', 'Gremium',
                   'classification', case b.kind when 'districtCouncil' then 'Stadtbezirksbeirat'
                                                 when 'localCouncil' then 'Ortschaftsrat' else 'Beirat' end,
                   'location', case when o.venue || o.address <> '' then 'organization-' || b.key end,
                   'web', h.site || '/bodies/' || b.key) as content
          from here h cross join oparl_beginning w cross join bodies b
          join body_on((select (moment at time zone 'Europe/Berlin')::date from here)) o on o.body_key = b.key
        """;

    private static final String MEMBERSHIPS = """
        select s.id::text as key, s.body_key, s.created, s.modified, s.over as deleted,
               json_build_object(
                   'person', h.api || '/person/' || s.person_key,
                   'organization', h.api || '/organization/' || s.body_key,
                   'role', case s.name when 'chair' then 'Vorsitz' else 'Mitglied' end,
                   'votingRight', s.seat is not null,
                   'startDate', (s.begins_at at time zone 'Europe/Berlin')::date,
                   'endDate', case when s.acts_until < 'infinity'
                                   then ((s.acts_until - interval '1 millisecond') at time zone 'Europe/Berlin')::date end) as content
          from here h, seats s
        """;

    private static final String PEOPLE = """
        select s.person_key::text as key, '' as body_key, min(s.created) as created, max(s.modified) as modified,
               bool_and(s.over) as deleted,
               json_build_object(
                   'body', min(h.api || '/body/' || h.city), 'name', min(s.pseudonym),
                   'membership', coalesce(json_agg(s.id::text order by s.id) filter (where not s.over), '[]')) as content
          from here h, seats s group by s.person_key
        """;

    private static final String TERMS = """
        select t.from_date::text as key, '' as body_key, min(t.recorded_at) as created, max(t.recorded_at) as modified,
               false as deleted,
               json_build_object(
                   'body', min(h.api || '/body/' || h.city),
                   'name', case when bool_or(t.to_date is null) then 'Amtszeit seit ' || to_char(t.from_date, 'DD.MM.YYYY')
                                else 'Amtszeit ' || to_char(t.from_date, 'DD.MM.YYYY') || ' bis ' || to_char(max(t.to_date), 'DD.MM.YYYY') end,
                   'startDate', t.from_date,
                   'endDate', case when bool_and(t.to_date is not null) then max(t.to_date) end) as content
          from here h, body_terms t group by t.from_date
        """;

    private static final String MEETINGS = """
        select c.id::text as key, c.body_key, s.planned_at as created,
               greatest(s.planned_at, c.stands_since, c.changed_at, v.at, r.opened_at, e.at, i.modified, m.at, f.modified) as modified,
               false as deleted,
               json_build_object(
                   'name', 'Sitzung: ' || c.body_name,
                   'meetingState', case when e.at is not null then 'durchgeführt' when v.at is not null then 'eingeladen' else 'terminiert' end,
                   'cancelled', c.cancelled <> '',
                   'start', oparl_moment(coalesce(r.opened_at, c.starts_at)), 'end', oparl_moment(e.at),
                   'location', 'meeting-' || c.id,
                   'organization', json_build_array(h.api || '/organization/' || c.body_key),
                   'agendaItem', coalesce(i.keys, '[]'),
                   'resultsProtocol', case when m.at is not null then 'minutes-' || c.id end,
                   'web', h.site || '/council/' || c.body_key || '/sessions/' || c.id) as content
          from here h cross join council_calendar c
          join council_sessions s on s.id = c.id
          left join council_invitations v on v.session_id = c.id
          left join council_rooms r on r.session_id = c.id
          left join council_room_ends e on e.session_id = c.id
          left join (select session_id, max(modified) as modified, json_agg(key order by number) as keys
                       from oparl_items group by session_id) i on i.session_id = c.id
          left join lateral (select max(at) as at from minutes_signatures where session_id = c.id and minutes_signed(c.id)) m on true
          left join (select session_id, max(modified) as modified from oparl_agenda_files group by session_id) f on f.session_id = c.id
        """;

    private static final String ITEMS = """
        select i.key, i.body_key, i.created, greatest(i.modified, f.modified) as modified, false as deleted,
               json_build_object(
                   'meeting', h.api || '/meeting/' || i.session_id, 'number', i.number::text, 'order', i.number - 1, 'name', i.title,
                   'public', true,
                   'consultation', case when not p.deleted then h.api || '/consultation/' || i.key end,
                   'result', case when i.removed then 'abgesetzt'
                       when i.standing = 'annulled' then 'aufgehoben'
                       when i.standing = 'objection' then 'Widerspruch nach § 52 SächsGemO, noch offen'
                       when i.resolution is not null then case i.resolution
                           when 'granted' then 'bewilligt' when 'granted-in-part' then 'teilweise bewilligt'
                           when 'not-granted' then 'nicht bewilligt' when 'postponed' then 'vertagt' when 'recommended' then 'empfohlen'
                           when 'agreed' then 'beschlossen' else 'abgelehnt' end
                       when i.outcome = 'noted' then 'zur Kenntnis genommen'
                       when i.outcome = 'no-quorum' then 'nicht beschlussfähig' end,
                   'auxiliaryFile', f.keys, 'resolutionText', i.wording, 'start', oparl_moment(i.called_at), 'end', oparl_moment(i.ended_at),
                   'web', h.site || '/council/' || i.body_key || '/sessions/' || i.session_id || '#agenda') as content
          from here h cross join oparl_items i left join oparl_papers p on p.key = i.paper_key
          left join (select item_id, max(modified) as modified,
                            json_agg('paper-' || id order by created, id) filter (where not deleted) as keys
                       from oparl_agenda_files group by item_id) f on f.item_id = i.item_id
        """;

    private static final String CONSULTATIONS = """
        select i.key, i.body_key, i.created, greatest(i.modified, p.modified) as modified, p.deleted,
               json_build_object(
                   'paper', h.api || '/paper/' || i.paper_key, 'agendaItem', h.api || '/agenda-item/' || i.key,
                   'meeting', h.api || '/meeting/' || i.session_id,
                   'organization', json_build_array(h.api || '/organization/' || i.body_key),
                   'authoritative', coalesce(i.resolution not in ('postponed', 'recommended'), true),
                   'role', case when i.resolution = 'recommended' then 'Empfehlung' else 'Entscheidung' end) as content
          from here h cross join oparl_items i join oparl_papers p on p.key = i.paper_key
        """;

    private static final String PAPERS = """
        select p.key, p.body_key, p.created, p.modified, p.deleted,
               json_build_object(
                   'body', h.api || '/body/' || h.city, 'name', p.title, 'reference', nullif(p.number, ''), 'date', p.day,
                   'paperType', case p.kind when 'proposal' then 'Vorschlag' else 'Antrag' end,
                   'consultation', (select json_agg(i.key order by i.created, i.key) from oparl_items i where i.paper_key = p.key),
                   'location', case when p.public_idea is not null then json_build_array('idea-' || p.public_idea) end,
                   'motette:informationSystem', nullif(p.link, ''),
                   'web', case when p.public_idea is not null then h.site || '/ideas/' || p.public_idea
                               else h.site || '/council/' || p.body_key || '/sessions/' || p.session_id end) as content
          from here h cross join oparl_papers p
        """;

    /** Signed minutes as the public reads them, and public papers of items. */
    private static final String FILES = """
        select 'minutes-' || c.id as key, c.body_key, max(g.at) as created, greatest(max(g.at), max(k.at), max(a.at)) as modified, false as deleted,
               json_build_object('name', 'Niederschrift: ' || c.body_name || ', ' || to_char(c.starts_at at time zone 'Europe/Berlin', 'DD.MM.YYYY'),
                   'fileName', 'niederschrift-' || to_char(c.starts_at at time zone 'Europe/Berlin', 'YYYY-MM-DD') || '.pdf',
                   'mimeType', 'application/pdf', 'date', (max(g.at) at time zone 'Europe/Berlin')::date,
                   'accessUrl', min(h.site) || '/council/' || c.body_key || '/sessions/' || c.id || '/minutes/file.pdf?view=public',
                   'meeting', json_build_array(min(h.api) || '/meeting/' || c.id)) as content
          from here h cross join council_calendar c join minutes_signatures g on g.session_id = c.id
          left join minutes_corrections k on k.session_id = c.id and k.open left join minutes_approvals a on a.session_id = c.id
         where minutes_signed(c.id) group by c.id, c.body_key, c.body_name, c.starts_at
        union all
        select 'paper-' || f.id, f.body_key, f.created, f.modified, f.deleted,
               json_build_object('name', concat_ws(': ', nullif(f.number, ''), f.title), 'fileName', 'unterlage-' || f.id || '.pdf',
                   'mimeType', 'application/pdf', 'date', (f.created at time zone 'Europe/Berlin')::date,
                   'size', f.bytes, 'sha512Checksum', f.sha512,
                   'accessUrl', h.site || '/council/' || f.body_key || '/sessions/' || f.session_id || '/papers/' || f.id,
                   'agendaItem', json_build_array(h.api || '/agenda-item/' || f.item_key))
          from here h cross join oparl_agenda_files f
        """;

    private static final String LOCATIONS = """
        select 'meeting-' || c.id as key, c.body_key, s.planned_at as created, greatest(s.planned_at, c.changed_at) as modified, false as deleted,
               json_build_object('description', concat_ws(', ', c.venue, nullif(c.address, '')),
                   'meetings', json_build_array(h.api || '/meeting/' || c.id)) as content
          from here h cross join council_calendar c join council_sessions s on s.id = c.id
        union all
        select 'organization-' || o.body_key, o.body_key, w.at,
               greatest(w.at, (select max(recorded_at) from meeting_places m where m.body_key = o.body_key)), false,
               json_build_object('description', concat_ws(', ', nullif(o.venue, ''), nullif(o.address, '')),
                   'organizations', json_build_array(h.api || '/organization/' || o.body_key))
          from here h cross join oparl_beginning w
          cross join body_on((select (moment at time zone 'Europe/Berlin')::date from here)) o where o.venue || o.address <> ''
        union all
        select 'idea-' || p.public_idea, min(p.body_key), min(p.created), max(p.modified), bool_and(p.deleted),
               json_build_object('description', min(case when p.place <> '' then p.place else q.name end),
                   'geojson', case when bool_and(p.exact_place) then json_build_object('type', 'Feature', 'properties', json_build_object(),
                       'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(min(p.lon), min(p.lat)))) end,
                   'papers', json_agg(h.api || '/paper/' || p.key order by p.key))
          from here h cross join oparl_papers p join quarters q on q.key = p.quarter_key
         where p.public_idea is not null group by p.public_idea
        """;

    private static final String FILTER = """
        from things where (? or not deleted) and (? = '' or body_key = ?)
           and (?::timestamptz is null or date_trunc('second', created) >= ?) and (?::timestamptz is null or date_trunc('second', created) <= ?)
           and (?::timestamptz is null or date_trunc('second', modified) >= ?) and (?::timestamptz is null or date_trunc('second', modified) <= ?)
        """;

    private final Sql sql;
    private final Clock clock;

    OparlRepository(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * An object, or what is left of it.
     *
     * @param deleted whether it is no longer public: only its address and times are said
     * @param content JSON
     */
    record Thing(String key, Instant created, Instant modified, boolean deleted, String content) {}

    /** Where everything stands. */
    record Addresses(String api, String site, String city) {}

    @Transactional(readOnly = true)
    long count(Kind kind, Addresses at, Wanted wanted) {
        return sql.number(things(kind) + "select count(*) " + FILTER, arguments(at, wanted));
    }

    /** In an order that new ones only add to. Objects that are no longer public stand there where changes are asked for. */
    @Transactional(readOnly = true)
    List<Thing> list(Kind kind, Addresses at, Wanted wanted) {
        return sql.list(
                things(kind)
                        + "select key, created, modified, deleted, json_strip_nulls(content)::text "
                        + FILTER
                        + " order by created, key limit " + wanted.limit() + " offset " + wanted.offset(),
                OparlRepository::thing,
                arguments(at, wanted));
    }

    @Transactional(readOnly = true)
    Optional<Thing> find(Kind kind, Addresses at, String key) {
        return some(kind, at, List.of(key)).stream().findFirst();
    }

    /** Those with these keys, also where they are deleted. */
    @Transactional(readOnly = true)
    List<Thing> some(Kind kind, Addresses at, List<String> keys) {
        return sql.list(
                things(kind)
                        + "select key, created, modified, deleted, json_strip_nulls(content)::text from things"
                        + " where key = any (string_to_array(?, ','))",
                OparlRepository::thing,
                at.api(),
                at.site(),
                at.city(),
                clock.instant(),
                String.join(",", keys));
    }

    /** Since when there is anything at all. */
    @Transactional(readOnly = true)
    Instant beginning() {
        return sql.one(
                        "select at from oparl_beginning",
                        row -> row.getTimestamp(1).toInstant())
                .orElseThrow();
    }

    private Object[] arguments(Addresses at, Wanted wanted) {
        return new Object[] {
            at.api(),
            at.site(),
            at.city(),
            clock.instant(),
            wanted.modifiedSince().isPresent(),
            wanted.organization(),
            wanted.organization(),
            wanted.createdSince(),
            wanted.createdSince(),
            wanted.createdUntil(),
            wanted.createdUntil(),
            wanted.modifiedSince(),
            wanted.modifiedSince(),
            wanted.modifiedUntil(),
            wanted.modifiedUntil()
        };
    }

    private static Thing thing(ResultSet row) throws SQLException {
        return new Thing(
                row.getString(1),
                row.getTimestamp(2).toInstant(),
                row.getTimestamp(3).toInstant(),
                row.getBoolean(4),
                row.getString(5));
    }

    private static String things(Kind kind) {
        return HERE + " things as ("
                + switch (kind) {
                    case ORGANIZATION -> ORGANIZATIONS;
                    case PERSON -> PEOPLE;
                    case MEMBERSHIP -> MEMBERSHIPS;
                    case MEETING -> MEETINGS;
                    case AGENDA_ITEM -> ITEMS;
                    case PAPER -> PAPERS;
                    case CONSULTATION -> CONSULTATIONS;
                    case FILE -> FILES;
                    case LOCATION -> LOCATIONS;
                    case LEGISLATIVE_TERM -> TERMS;
                }
                + ") ";
    }
}
