-- Papers of agenda items (Sitzungsunterlagen, SächsGemO § 36): PDFs as they came. With the invitation they stand; what comes later is
-- marked, and what was wrong is withdrawn with a reason. Nobody reads more of a paper than of the item it belongs to.
create table agenda_papers (
    id        uuid primary key,
    item_id   bigint not null references agenda_items on delete cascade,
    number    text not null check (char_length(number) <= 40),
    title     text not null check (char_length(title) between 3 and 200),
    open      boolean not null,
    late      boolean not null,
    content   bytea not null check (octet_length(content) between 1 and 12582912),
    sha512    bytea not null generated always as (sha512(content)) stored,
    added_at  timestamptz not null,
    added_by  bigint not null references persons
);
comment on table agenda_papers is 'Papers of agenda items: PDFs that carry no program.';
comment on column agenda_papers.id is 'Chosen with the form, so that a form that comes again attaches nothing.';
comment on column agenda_papers.number is 'Vorlagennummer; empty where it has none.';
comment on column agenda_papers.open is 'Whether everybody reads it, from the invitation on; never of an item that is not public.';
comment on column agenda_papers.late is 'Whether it was attached after the invitation (nachgereicht).';
create index agenda_papers_by_item on agenda_papers (item_id, added_at);

create table agenda_paper_withdrawals (
    paper_id  uuid primary key references agenda_papers,
    reason    text not null check (char_length(reason) between 10 and 1000),
    at        timestamptz not null,
    by        bigint not null references persons
);
comment on table agenda_paper_withdrawals is 'Papers nobody reads any more, with the reason. Before the invitation they are simply deleted.';
create trigger paper_withdrawals_stay before update or delete or truncate on agenda_paper_withdrawals
    for each statement execute function forbid_change();
create trigger agenda_papers_are_not_emptied before truncate on agenda_papers for each statement execute function forbid_change();

create function keep_agenda_papers() returns trigger language plpgsql as $$
declare
    paper agenda_papers := coalesce(new, old);
    item agenda_items;
    invited boolean;
begin
    select * into item from agenda_items where id = paper.item_id;
    if not found and tg_op = 'DELETE' then
        return old;
    end if;
    perform from council_sessions where id = item.session_id for no key update;
    invited := exists (select from council_invitations where session_id = item.session_id);
    if tg_op = 'UPDATE'
       or tg_op = 'DELETE' and invited
       or tg_op = 'INSERT' and (new.late <> invited or new.open and item.secrecy <> ''
             or exists (select from council_session_cancellations where session_id = item.session_id)
             or exists (select from council_room_ends where session_id = item.session_id)
             or exists (select from agenda_removals where item_id = item.id)) then
        raise exception 'The papers of session % stand', item.session_id using errcode = 'check_violation';
    end if;
    return paper;
end $$;
create trigger keep_agenda_papers before insert or update or delete on agenda_papers
    for each row execute function keep_agenda_papers();

create view oparl_agenda_files as
select p.id, i.key as item_key, i.session_id, i.body_key, i.item_id, p.number, p.title, octet_length(p.content) as bytes,
       encode(p.sha512, 'hex') as sha512, greatest(p.added_at, i.created) as created,
       greatest(p.added_at, i.created, w.at) as modified, w.paper_id is not null as deleted
  from agenda_papers p join oparl_items i on i.item_id = p.item_id left join agenda_paper_withdrawals w on w.paper_id = p.id
 where p.open;
comment on view oparl_agenda_files is 'Papers as everybody may read them, from the invitation on; one that was withdrawn keeps its key and says no more.';
