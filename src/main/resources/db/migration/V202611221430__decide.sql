create table moderation_decisions (
    id           bigint generated always as identity primary key,
    idea_number  bigint not null references ideas,
    event_id     bigint not null unique references idea_events,
    decided_by   bigint not null references persons,
    area_key     text not null references areas,
    kind         text not null check (kind in ('publication', 'return', 'decline', 'place-correction', 'undo')),
    reason_key   text not null default '',
    reason       text not null default '',
    place_before jsonb,
    at           timestamptz not null,
    check (kind not in ('return', 'decline') or reason_key <> ''),
    check ((kind = 'place-correction') = (place_before is not null))
);
comment on column moderation_decisions.place_before is 'Where the idea was before its place was corrected, so that the correction can be undone.';
comment on table moderation_decisions is 'Every decision of a coordinator; its line on the timeline of the idea is event_id.';
create index moderation_decisions_by_area on moderation_decisions (area_key, id desc);
create index moderation_decisions_by_idea on moderation_decisions (idea_number, id);
create trigger moderation_decisions_are_append_only before update or delete or truncate on moderation_decisions
    for each statement execute function forbid_change();

create table resolutions (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    idea_number   bigint not null references ideas,
    budget_id     bigint not null references budgets,
    event_id      bigint not null unique references idea_events,
    kind          text not null check (kind in ('granted', 'granted-in-part', 'not-granted', 'postponed')),
    amount_cents  bigint not null default 0 check (amount_cents >= 0),
    reason        text not null check (char_length(reason) between 10 and 2000),
    votes_yes     int not null check (votes_yes >= 0),
    votes_no      int not null check (votes_no >= 0),
    abstentions   int not null check (abstentions >= 0),
    decided_on    date not null,
    recorded_by   bigint not null references persons,
    recorded_at   timestamptz not null,
    check ((kind in ('granted', 'granted-in-part')) = (amount_cents > 0)),
    constraint a_grant_has_the_majority check (kind not in ('granted', 'granted-in-part') or votes_yes > votes_no),
    constraint a_decline_has_no_majority check (kind <> 'not-granted' or votes_yes <= votes_no)
);
comment on table resolutions is 'Beschlüsse; a granting one reserves its money in the ledger within the same transaction.';
comment on column resolutions.request_id is 'Chosen by the form, so that a form sent twice decides once.';
comment on column resolutions.votes_yes is 'Votes for granting; a tie is a no (SächsGemO, see rules_of_procedure).';
create unique index one_final_resolution_per_idea on resolutions (idea_number) where kind <> 'postponed';
create index resolutions_by_budget on resolutions (budget_id, id);
create trigger resolutions_are_append_only before update or delete or truncate on resolutions
    for each statement execute function forbid_change();
