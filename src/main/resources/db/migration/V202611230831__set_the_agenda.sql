-- What a session deals with (Tagesordnung), and who was invited to it (SächsGemO § 36). With the invitation the agenda is frozen.
create table agenda_items (
    id           bigint generated always as identity primary key,
    session_id   bigint not null references council_sessions,
    position     int not null check (position >= 1),
    idea_number  bigint references ideas,
    title        text not null check (length(title) between 3 and 200),
    secrecy      text not null default '' check (secrecy = '' or length(secrecy) between 10 and 1000),
    urgency      text not null default '' check (urgency = '' or length(urgency) between 10 and 1000),
    added_at     timestamptz not null,
    added_by     bigint not null references persons,
    unique (session_id, idea_number),
    constraint one_item_a_place unique (session_id, position) deferrable initially deferred
);
comment on table agenda_items is 'What a session deals with, in the order of position. Words of items with secrecy are for the body alone.';
comment on column agenda_items.title is 'As it was put on the agenda; the title of an idea may change later.';
comment on column agenda_items.secrecy is 'Why it is not public (SächsGemO § 37); empty where it is.';
comment on column agenda_items.urgency is 'Why it was added after the invitation; empty where it was there before.';

create table agenda_removals (
    item_id  bigint primary key references agenda_items,
    reason   text not null check (length(reason) between 10 and 1000),
    at       timestamptz not null,
    by       bigint not null references persons
);
comment on table agenda_removals is 'Items taken off an agenda after the invitation, with a reason. Before, they are simply deleted.';

create table council_invitations (
    session_id  bigint primary key references council_sessions,
    at          timestamptz not null,
    by          bigint not null references persons,
    notice_days int not null check (notice_days >= 0),
    urgency     text not null default '' check (urgency = '' or length(urgency) between 10 and 1000)
);
comment on table council_invitations is 'The invitation to a session: from then on its agenda stands.';
comment on column council_invitations.notice_days is 'Days between invitation and session that the rule asked for when it was sent.';
comment on column council_invitations.urgency is 'Why the notice is shorter than the rule asks for; empty where it is not.';

create table council_dispatches (
    session_id  bigint not null references council_invitations,
    person_id   bigint not null references persons,
    channel     text not null check (channel in ('mail', 'post')),
    at          timestamptz not null,
    primary key (session_id, person_id)
);
comment on table council_dispatches is 'To whom the invitation went and how: by e-mail, or as a letter where somebody has no address here.';
create index council_dispatches_by_person on council_dispatches (person_id);

create trigger agenda_removals_stay before update or delete or truncate on agenda_removals
    for each statement execute function forbid_change();
create trigger invitations_stay before update or delete or truncate on council_invitations
    for each statement execute function forbid_change();
create trigger dispatches_stay before update or delete or truncate on council_dispatches
    for each statement execute function forbid_change();

create function keep_agenda() returns trigger language plpgsql as $$
declare
    it agenda_items := coalesce(new, old);
    invited boolean;
begin
    perform from council_sessions where id = it.session_id for no key update;
    invited := exists (select from council_invitations where session_id = it.session_id);
    if exists (select from council_session_cancellations where session_id = it.session_id)
       or (tg_op in ('UPDATE', 'DELETE') and invited)
       or (tg_op = 'INSERT' and invited <> (new.urgency <> ''))
       or (tg_op = 'UPDATE' and (new.id, new.session_id, new.idea_number, new.title, new.secrecy, new.urgency)
                                is distinct from (old.id, old.session_id, old.idea_number, old.title, old.secrecy, old.urgency)) then
        raise exception 'The agenda of session % stands', it.session_id using errcode = 'check_violation';
    end if;
    return it;
end $$;
create trigger keep_agenda before insert or update or delete on agenda_items for each row execute function keep_agenda();
