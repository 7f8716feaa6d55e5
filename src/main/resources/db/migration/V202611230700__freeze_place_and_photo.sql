-- Where a candidate is about and its photo stand on the ballot as its title does: frozen with the announcement.
alter table vote_candidate_versions
    add column quarter_key text references quarters,
    add column place       text not null default '' check (length(place) <= 120),
    add column lon         double precision,
    add column lat         double precision,
    add column exact_place boolean not null default false,
    add column pictured    boolean not null default false;

-- What was announced before keeps the place that its idea has now; nothing that a result is reckoned from changes.
alter table vote_candidate_versions disable trigger counted_versions_stay;
update vote_candidate_versions v
   set quarter_key = i.quarter_key, place = i.place, lon = i.lon, lat = i.lat, exact_place = i.exact_place
  from vote_candidates c
  join ideas i on i.number = c.idea_number
 where c.round_id = v.round_id and c.number = v.number;
alter table vote_candidate_versions enable trigger counted_versions_stay;

alter table vote_candidate_versions
    alter column quarter_key set not null,
    alter column lon set not null,
    alter column lat set not null;
comment on table vote_candidate_versions is 'Title, text, price, place and photo of a candidate as they stand on the ballot: frozen with the announcement; a later change is a further version with a reason.';
comment on column vote_candidate_versions.quarter_key is 'Quarter of the idea when the list was fixed; it may move afterwards.';
comment on column vote_candidate_versions.exact_place is 'False where lon and lat are only a point inside the quarter.';
comment on column vote_candidate_versions.pictured is 'Whether this version shows the photo in vote_pictures.';

create table vote_pictures (
    round_id  bigint not null,
    number    smallint not null,
    alt       text not null check (length(alt) <= 200),
    width     int not null check (width > 0),
    height    int not null check (height > 0),
    primary key (round_id, number),
    foreign key (round_id, number) references vote_candidates deferrable initially deferred
);
comment on table vote_pictures is 'The first photo of the idea when the list was fixed; it stays when the idea changes or loses it.';

create table vote_picture_files (
    round_id  bigint not null,
    number    smallint not null,
    width     int not null check (width > 0),
    jpeg      bytea not null,
    webp      bytea,
    primary key (round_id, number, width),
    foreign key (round_id, number) references vote_pictures deferrable initially deferred
);
alter table vote_picture_files alter column jpeg set storage external, alter column webp set storage external;
comment on table vote_picture_files is 'The narrower renditions of such a photo. Gone where it had to go.';
comment on column vote_picture_files.webp is 'The same picture as WebP; null where there is none.';

create table vote_picture_removals (
    round_id  bigint not null,
    number    smallint not null,
    at        timestamptz not null,
    by        bigint not null references persons,
    reason    text not null check (length(reason) between 10 and 1000),
    primary key (round_id, number),
    foreign key (round_id, number) references vote_pictures
);
comment on table vote_picture_removals is 'Photos that had to go, by law or for the people on them; until the close a further version of the candidate says so, too.';
