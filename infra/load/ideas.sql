-- 5,000 published ideas of 2,000 people over all quarters, 50,000 supports, and 60 people more who support in the comparison.
-- Every value follows from a number and a seed: each run fills the same city.
create function pg_temp.chance(n bigint, seed bigint) returns double precision language sql immutable as
    'select (hashint8extended(n, seed) & 2147483647) / 2147483648.0';
create function pg_temp.one_of(words text[], n bigint, seed bigint) returns text language sql immutable as
    'select words[1 + floor(pg_temp.chance(n, seed) * cardinality(words))::int]';

create temp table person as
    select i, nextval(pg_get_serial_sequence('persons', 'id')) as id from generate_series(1, 2060) i;
insert into persons (id, pseudonym, email, home_quarter, created_at) overriding system value
    select id, case when i <= 2000 then 'Lastprobe ' else 'Vergleich ' end || i, 'load-' || i || '@motette.example',
           (select key from quarters order by key offset i % (select count(*) from quarters) limit 1), timestamptz '2026-01-05 08:00+01'
      from person;

create temp table lists as select
    array['Trinkbrunnen', 'Bänke', 'Hochbeete', 'Bewegungsparcours', 'Kochabend', 'Gehgruppe', 'Schattenplätze', 'Lesekreis',
          'Tanznachmittag', 'Gesprächscafé', 'Nachbarschaftsgarten', 'Boulebahn', 'Radwerkstatt', 'Lauftreff', 'Entspannungskurs',
          'Klettergerüst', 'Sonnensegel', 'Kräuterbeet', 'Spaziergang mit Hund', 'Wasserspielplatz'] as things,
    array['am Spielplatz', 'im Park', 'an der Schule', 'vor der Bibliothek', 'im Nachbarschaftszentrum', 'an der Haltestelle',
          'neben der Kita', 'am Marktplatz', 'im Hof der Begegnungsstätte', 'entlang des Grabens', 'am Sportplatz'] as spots,
    array['für alle', 'für ältere Menschen', 'für junge Eltern', 'für Kinder und Großeltern', 'an heißen Tagen', 'am Wochenende',
          'für Nachbarinnen und Nachbarn', 'nach der Arbeit', 'für Schulkinder', 'in den Ferien'] as whom,
    array['Hier ist es im Sommer sehr heiß, und weit und breit gibt es nichts, wo man sich ausruhen kann.',
          'Viele ältere Menschen aus der Nachbarschaft gehen kaum noch hinaus, weil der Weg ohne Pause zu lang ist.',
          'Die Kinder spielen gern hier, aber es fehlt an Bewegung für die Größeren.',
          'Wir haben schon mit der Schule und dem Verein gesprochen; beide würden mithelfen und sich kümmern.',
          'Einmal in der Woche könnten wir uns treffen, gemeinsam kochen und danach zusammen essen.',
          'Wer allein lebt, findet hier leicht Anschluss, ohne sich anmelden oder etwas bezahlen zu müssen.',
          'Der Boden ist fest und eben, sodass auch Rollstühle und Kinderwagen gut hinkommen.',
          'Die Pflege übernimmt eine Gruppe aus dem Haus nebenan, Wasser gibt es vom Gartenverein.',
          'Im Winter lässt sich das Angebot in den Saal der Begegnungsstätte verlegen.',
          'Das Geld wird vor allem für Material und ein wenig Werkzeug gebraucht.',
          'Ein solcher Ort tut dem Herzen gut und bringt Menschen verschiedener Herkunft zusammen.',
          'Ähnliches gibt es in einem anderen Stadtteil schon seit Jahren, und es wird dort sehr gut angenommen.'] as sentences,
    (select array_agg(key order by key) from categories where not forwarded) as categories,
    (select array_agg(key order by key) from target_groups) as groups,
    (select count(*) from quarters) as quarters;

create temp table idea as
    select i, nextval(pg_get_serial_sequence('ideas', 'number')) as number,
           timestamptz '2026-01-10 09:00+01' + i * interval '1 hour' + pg_temp.chance(i, 1) * interval '50 minutes' as at
      from generate_series(1, 5000) i;

insert into ideas (number, author_id, title, description, kind, category_key, quarter_key, body_key, place, lon, lat, exact_place,
                   cost_cents, language, handed_in_at, state_since) overriding system value
    select idea.number, p.id,
           pg_temp.one_of(l.things, idea.i, 2) || ' ' || pg_temp.one_of(l.spots, idea.i, 3) || ' ' || pg_temp.one_of(l.whom, idea.i, 4),
           (select string_agg(pg_temp.one_of(l.sentences, idea.i * 10 + s, 5), case s % 3 when 0 then E'\n' else ' ' end order by s)
              from generate_series(1, 4 + floor(pg_temp.chance(idea.i, 6) * 5)::int) s),
           case when pg_temp.chance(idea.i, 7) < 0.7 then 'proposal' else 'own-project' end,
           pg_temp.one_of(l.categories, idea.i, 8), q.key, b.key,
           case when pg_temp.chance(idea.i, 9) < 0.6 then pg_temp.one_of(l.spots, idea.i, 3) else '' end,
           q.label_lon + (pg_temp.chance(idea.i, 10) - 0.5) * 0.008, q.label_lat + (pg_temp.chance(idea.i, 11) - 0.5) * 0.005,
           pg_temp.chance(idea.i, 12) < 0.8,
           case when pg_temp.chance(idea.i, 13) < 0.7 then (1 + floor(pg_temp.chance(idea.i, 14) * 100)::bigint) * 10000 end,
           'de', idea.at, idea.at
      from idea cross join lists l
      join (select *, row_number() over (order by key) - 1 as n from quarters) q on q.n = idea.i % l.quarters
      join bodies b on b.district_key = q.district_key
      join person p on p.i = 1 + floor(pg_temp.chance(idea.i, 15) * 2000)::int;

insert into idea_target_groups (idea_number, group_key)
    select idea.number, pg_temp.one_of(l.groups, idea.i * 3 + t, 16)
      from idea cross join lists l cross join generate_series(1, 2) t
     where t = 1 or pg_temp.chance(idea.i, 17) < 0.4
    on conflict do nothing;

-- The states follow from the story by its trigger.
insert into idea_events (idea_number, kind, at, person_id)
    select idea.number, 'handed-in', idea.at, i.author_id from idea join ideas i on i.number = idea.number order by idea.i;
insert into idea_events (idea_number, kind, at, office)
    select idea.number, 'published', idea.at + interval '3 days', a.area_key
      from idea join ideas i on i.number = idea.number
      join lateral (select aq.area_key from area_quarters aq join areas ar on ar.key = aq.area_key and ar.kind = 'coordinator'
                     where aq.quarter_key = i.quarter_key limit 1) a on true
     order by idea.i;

-- Few ideas have many supports, many have few.
insert into supports (idea_number, person_id, at)
    select number, id, timestamptz '2026-11-01 12:00+01'
      from (select distinct idea.number, person.id, hashint8extended(idea.number * 10000 + person.i, 18) as shuffled
              from generate_series(1, 90000) s
              join idea on idea.i = 1 + floor(5000 * pg_temp.chance(s, 19) ^ 2)::int
              join person on person.i = 1 + floor(pg_temp.chance(s, 20) * 2000)::int
             order by shuffled limit 50000) given;
