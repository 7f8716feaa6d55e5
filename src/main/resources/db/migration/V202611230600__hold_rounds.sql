-- Voting rounds: what is voted on, by whom, when. Facts are rows; the phase of a round follows from them and the clock.
create table vote_rounds (
    id                bigint generated always as identity primary key,
    slug              text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 60),
    title             text not null check (length(title) between 5 and 120),
    intro             text not null default '' check (length(intro) <= 2000),
    form              text not null check (form in ('approval', 'budget', 'points')),
    most_points       smallint check (most_points between 1 and 10),
    further_district  boolean not null default false,
    minimum_age       smallint not null check (minimum_age between 0 and 99),
    opens_at          timestamptz not null,
    closes_at         timestamptz not null,
    rule              text not null check (rule in ('votes', 'ratio', 'shares', 'shares-greedy')),
    least_votes       int not null default 0 check (least_votes between 0 and 100000),
    prepared_at       timestamptz not null,
    prepared_by       bigint not null references persons,
    check (closes_at > opens_at),
    check ((form = 'points') = (most_points is not null))
);
comment on table vote_rounds is 'A voting round (Abstimmungsrunde). May change until it is announced; then only its facts below grow.';
comment on column vote_rounds.form is 'approval: any number of candidates. budget: as many as the money of the district pays for. points: 0 to most_points each.';
comment on column vote_rounds.further_district is 'Whether a person may vote in one district besides their own.';
comment on column vote_rounds.minimum_age is 'Years, as the difference of calendar years; 0 asks for none.';
comment on column vote_rounds.closes_at is 'First moment at which no ballot is taken any more.';
comment on column vote_rounds.rule is 'By which rule the result is laid out for the council; it decides.';
comment on column vote_rounds.least_votes is 'Votes below which a candidate is not proposed; 0 for none.';

create table vote_districts (
    round_id      bigint not null references vote_rounds on delete cascade,
    district_key  text not null references districts,
    budget_cents  bigint not null check (budget_cents > 0),
    primary key (round_id, district_key)
);
comment on table vote_districts is 'Where a round takes place, and the money it is about.';

create table vote_candidates (
    round_id      bigint not null,
    number        smallint not null check (number >= 1),
    district_key  text not null,
    idea_number   bigint not null references ideas,
    primary key (round_id, number),
    unique (round_id, idea_number),
    foreign key (round_id, district_key) references vote_districts on delete cascade
);
comment on table vote_candidates is 'What may be voted for (Wahlvorschlag). The number is the place on the ballot, drawn by lot when the round is announced.';

create table vote_candidate_versions (
    round_id     bigint not null,
    number       smallint not null,
    version      smallint not null check (version >= 1),
    title        text not null check (length(title) between 1 and 200),
    description  text not null,
    cost_cents   bigint not null check (cost_cents > 0),
    made_at      timestamptz not null,
    made_by      bigint not null references persons,
    reason       text not null default '' check (length(reason) <= 1000),
    primary key (round_id, number, version),
    foreign key (round_id, number) references vote_candidates deferrable initially deferred,
    check (version = 1 or length(reason) >= 10)
);
comment on table vote_candidate_versions is 'Title, text and price of a candidate as they stand on the ballot: frozen with the announcement; a later change is a further version with a reason.';

create table vote_withdrawals (
    round_id  bigint not null,
    number    smallint not null,
    at        timestamptz not null,
    by        bigint not null references persons,
    reason    text not null check (length(reason) between 10 and 1000),
    primary key (round_id, number),
    foreign key (round_id, number) references vote_candidates
);
comment on table vote_withdrawals is 'Candidates that cannot win any more. What was voted for them stays on the ballots and does not count.';

create table vote_exclusions (
    round_id  bigint not null,
    one       smallint not null,
    other     smallint not null,
    primary key (round_id, one, other),
    foreign key (round_id, one) references vote_candidates deferrable initially deferred,
    foreign key (round_id, other) references vote_candidates deferrable initially deferred,
    check (one < other)
);
comment on table vote_exclusions is 'Pairs of candidates of which at most one can be carried out.';

create table vote_announcements (
    round_id   bigint primary key references vote_rounds,
    at         timestamptz not null,
    by         bigint not null references persons,
    tie_seed   bytea not null check (octet_length(tie_seed) = 32),
    tie_hash   bytea not null check (tie_hash = sha256(tie_seed))
);
comment on table vote_announcements is 'From here on the list, the rule and the tie order are fixed. The hash of the seed is published at once, the seed after the close.';

create table vote_holds (
    id        bigint generated always as identity primary key,
    round_id  bigint not null references vote_rounds,
    at        timestamptz not null,
    by        bigint not null references persons,
    reason    text not null check (length(reason) between 10 and 1000),
    ended_at  timestamptz,
    ended_by  bigint references persons,
    check ((ended_at is null) = (ended_by is null)),
    check (ended_at >= at)
);
comment on table vote_holds is 'While a row runs, no ballot is taken (round held); its reason is public.';
create unique index vote_holds_one_running on vote_holds (round_id) where ended_at is null;

create table vote_prolongations (
    id         bigint generated always as identity primary key,
    round_id   bigint not null references vote_rounds,
    closes_at  timestamptz not null,
    at         timestamptz not null,
    by         bigint not null references persons,
    reason     text not null check (length(reason) between 10 and 1000),
    check (closes_at > at)
);
comment on table vote_prolongations is 'A later close, decided before the close that stood then; the latest row holds.';
create index vote_prolongations_by_round on vote_prolongations (round_id);

create table vote_incidents (
    id        bigint generated always as identity primary key,
    round_id  bigint not null references vote_rounds,
    at        timestamptz not null,
    by        bigint not null references persons,
    reason    text not null check (length(reason) between 10 and 2000)
);
comment on table vote_incidents is 'What happened on the way that the protocol of the close should say.';
create index vote_incidents_by_round on vote_incidents (round_id);

-- Once announced, what was announced does not change.
create function vote_round_is_announced() returns trigger language plpgsql as $$
declare
    changed jsonb := to_jsonb(case when tg_op = 'INSERT' then new else old end);
    round bigint := coalesce(changed ->> 'round_id', changed ->> 'id');
begin
    if exists (select from vote_announcements a where a.round_id = round) then
        raise exception 'round % is announced: its list and rule are fixed', round using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger announced_rounds_stay before update or delete on vote_rounds for each row execute function vote_round_is_announced();
create trigger announced_districts_stay before insert or update or delete on vote_districts for each row execute function vote_round_is_announced();
create trigger announced_candidates_stay before insert or update or delete on vote_candidates for each row execute function vote_round_is_announced();
create trigger announced_exclusions_stay before insert or update or delete on vote_exclusions for each row execute function vote_round_is_announced();
