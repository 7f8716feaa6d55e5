-- An application (Antrag) asks a fund for money. While it is written or returned its words are fields as typed; sending freezes a version.
create table application_rules (
    fund_key           text not null references funds,
    valid_from         date not null,
    own_share_percent  int not null check (own_share_percent between 0 and 100),
    minimum_age        int not null check (minimum_age between 0 and 21),
    check_working_days int not null check (check_working_days between 1 and 60),
    source             text not null,
    is_default         boolean not null,
    primary key (fund_key, valid_from)
);
comment on table application_rules is 'What a fund asks of applications, from the city pack; the latest row before the day holds.';
comment on column application_rules.own_share_percent is 'Own money and own work, in percent of the whole cost.';
comment on column application_rules.check_working_days is 'Within how many working days the office says whether something is missing.';

create table application_checks (
    item_key  text not null check (item_key ~ '^[a-z]+(-[a-z]+)*$'),
    fund_key  text not null references funds,
    kind      text not null check (kind in ('proposal', 'own-project')),
    position  int not null,
    source    text not null,
    primary key (fund_key, kind, item_key)
);
comment on table application_checks is 'What belongs to a complete application, by fund and kind, from the city pack; texts applications.item.<key>.';

create table applications (
    id            bigint generated always as identity primary key,
    applicant_id  bigint references persons,
    entered_by    bigint references persons,
    idea_number   bigint references ideas,
    fields        jsonb not null check (jsonb_typeof(fields) = 'object'),
    begun_at      timestamptz not null,
    changed_at    timestamptz not null,
    check (num_nonnulls(applicant_id, entered_by) <= 1)
);
comment on table applications is 'One row an application, from its first step on. Its state follows from the rows that refer to it.';
comment on column applications.applicant_id is 'Who asks; null for somebody on paper, and once the account is erased.';
comment on column applications.entered_by is 'Who of the staff entered it for somebody on paper; null otherwise.';
comment on column applications.fields is 'What is typed at the moment, by the name of the field; frozen with each version.';
create index applications_by_applicant on applications (applicant_id) where applicant_id is not null;
create index applications_by_entering on applications (entered_by) where entered_by is not null;
create index applications_by_idea on applications (idea_number) where idea_number is not null;
create trigger nobody_asks_after_going before insert on applications
    for each row when (new.applicant_id is not null) execute function nobody_acts_after_going('applicant_id');

create table application_versions (
    application_id   bigint not null references applications on delete cascade,
    version          int not null check (version > 0),
    title            text not null check (char_length(title) between 5 and 120),
    kind             text not null check (kind in ('proposal', 'own-project')),
    body_key         text not null references bodies,
    quarter_key      text not null references quarters,
    fund_key         text not null references funds,
    year             int not null check (year between 2020 and 2100),
    organisation     text not null check (char_length(organisation) <= 200),
    total_cents      bigint not null check (total_cents > 0),
    requested_cents  bigint not null check (requested_cents > 0 and requested_cents <= total_cents),
    fields           jsonb not null check (jsonb_typeof(fields) = 'object'),
    received_on      date not null,
    sent_at          timestamptz not null,
    primary key (application_id, version)
);
comment on table application_versions is 'What was handed in, each time; never changed. They go only with the whole application, when its time is over.';
comment on column application_versions.organisation is 'Empty where a person asks.';
comment on column application_versions.total_cents is 'Euro cents, gross: the sum of the lines of cost, and of those of finance.';
comment on column application_versions.requested_cents is 'Euro cents asked of the fund.';
comment on column application_versions.received_on is 'The day it arrived, Berlin time; of paper, the day on its stamp.';
create index application_versions_by_body on application_versions (body_key, year);

create table application_lines (
    application_id  bigint not null,
    version         int not null,
    side            text not null check (side in ('cost', 'finance')),
    position        int not null check (position > 0),
    source          text not null check (source in ('', 'fund', 'own-money', 'own-work', 'third-confirmed', 'third-applied')),
    what            text not null check (char_length(what) between 1 and 200),
    amount_cents    bigint not null check (amount_cents > 0),
    primary key (application_id, version, side, position),
    foreign key (application_id, version) references application_versions on delete cascade,
    check ((side = 'cost') = (source = ''))
);
comment on table application_lines is 'The cost plan and the finance plan of a version; both sums are its total, to the cent.';
comment on column application_lines.amount_cents is 'Euro cents, gross.';
create unique index one_line_asks_the_fund on application_lines (application_id, version) where source = 'fund';

create function application_adds_up() returns trigger language plpgsql as $$
declare
    v application_versions%rowtype;
    cost bigint;
    finance bigint;
    asked bigint;
begin
    select * into v from application_versions where application_id = new.application_id and version = new.version;
    select coalesce(sum(amount_cents) filter (where side = 'cost'), 0), coalesce(sum(amount_cents) filter (where side = 'finance'), 0),
           coalesce(sum(amount_cents) filter (where source = 'fund'), 0)
      into cost, finance, asked
      from application_lines where application_id = new.application_id and version = new.version;
    if v.total_cents is distinct from cost or v.total_cents is distinct from finance or v.requested_cents is distinct from asked then
        raise exception 'application % version %: total %, cost %, finance %, asked % of %', new.application_id, new.version,
            v.total_cents, cost, finance, asked, v.requested_cents using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger versions_add_up after insert on application_versions deferrable initially deferred
    for each row execute function application_adds_up();
create constraint trigger lines_add_up after insert on application_lines deferrable initially deferred
    for each row execute function application_adds_up();

create table application_documents (
    id              uuid primary key,
    application_id  bigint not null references applications on delete cascade,
    name            text not null check (char_length(name) between 1 and 120),
    media_type      text not null check (media_type in ('application/pdf', 'image/jpeg')),
    content         bytea not null check (octet_length(content) between 1 and 12582912),
    sha256          bytea not null generated always as (sha256(content)) stored,
    added_at        timestamptz not null,
    dropped_at      timestamptz
);
comment on table application_documents is 'Documents of an application: PDFs that carry no program, pictures drawn anew.';
comment on column application_documents.dropped_at is 'When it was taken off the draft; what a version has stays for that version.';
create index application_documents_by_application on application_documents (application_id);

create table application_version_documents (
    application_id  bigint not null,
    version         int not null,
    document_id     uuid not null references application_documents on delete cascade,
    primary key (application_id, version, document_id),
    foreign key (application_id, version) references application_versions on delete cascade
);
create index application_version_documents_by_document on application_version_documents (document_id);

create table application_ticks (
    application_id  bigint not null,
    version         int not null,
    item_key        text not null check (item_key ~ '^[a-z]+(-[a-z]+)*$'),
    person_id       bigint not null references persons,
    at              timestamptz not null,
    primary key (application_id, version, item_key),
    foreign key (application_id, version) references application_versions on delete cascade
);
comment on table application_ticks is 'Items of the check list that are in order, once each, by whom and when.';
create index application_ticks_by_person on application_ticks (person_id);

create table application_completions (
    application_id  bigint primary key references applications on delete cascade,
    version         int not null,
    person_id       bigint not null references persons,
    at              timestamptz not null,
    foreign key (application_id, version) references application_versions on delete cascade
);
comment on table application_completions is 'When everything was there: the moment of the last tick. From it follows the session it can be on.';
create index application_completions_by_person on application_completions (person_id);

create table application_returns (
    application_id  bigint not null,
    version         int not null,
    person_id       bigint not null references persons,
    at              timestamptz not null,
    note            text not null check (char_length(note) <= 2000),
    primary key (application_id, version),
    foreign key (application_id, version) references application_versions on delete cascade
);
comment on table application_returns is 'Back to whoever asks, with the gaps named.';
create index application_returns_by_person on application_returns (person_id);

create table application_gaps (
    application_id  bigint not null,
    version         int not null,
    item_key        text not null check (item_key ~ '^[a-z]+(-[a-z]+)*$'),
    note            text not null check (char_length(note) <= 1000),
    primary key (application_id, version, item_key),
    foreign key (application_id, version) references application_returns on delete cascade
);

create table application_withdrawals (
    application_id  bigint primary key references applications on delete cascade,
    at              timestamptz not null
);
comment on table application_withdrawals is 'Taken back by whoever asked, or when their account was erased before a decision.';

-- What was sent stays as it was. It goes only with its application: then the row it belongs to is gone already.
create function application_version_is_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and not exists (select from applications a where a.id = old.application_id) then
        return old;
    end if;
    raise exception '% of application % is frozen', tg_table_name, old.application_id using errcode = 'restrict_violation';
end $$;
create trigger versions_are_frozen before update or delete on application_versions
    for each row execute function application_version_is_frozen();
create trigger lines_are_frozen before update or delete on application_lines
    for each row execute function application_version_is_frozen();
create trigger documents_of_versions_are_frozen before update or delete on application_version_documents
    for each row execute function application_version_is_frozen();
create trigger returns_are_facts before update or delete on application_returns
    for each row execute function application_version_is_frozen();
create trigger gaps_are_facts before update or delete on application_gaps
    for each row execute function application_version_is_frozen();
create trigger completions_are_facts before update or delete on application_completions
    for each row execute function application_version_is_frozen();

create function application_document_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.content = old.content and new.name = old.name and new.application_id = old.application_id then
        return new;
    elsif tg_op = 'DELETE' and (not exists (select from applications a where a.id = old.application_id)
              or not exists (select from application_version_documents d where d.document_id = old.id)) then
        return old;
    end if;
    raise exception 'document % was handed in', old.id using errcode = 'restrict_violation';
end $$;
create trigger documents_stay before update or delete on application_documents
    for each row execute function application_document_stays();

-- A version is either complete or returned; a returned one is checked no further, a complete one keeps its ticks.
create function application_version_is_checked_once() returns trigger language plpgsql as $$
declare
    r record := coalesce(new, old);
begin
    if tg_op = 'DELETE' and not exists (select from applications a where a.id = r.application_id) then
        return old;
    end if;
    if exists (select from application_completions c where c.application_id = r.application_id and c.version = r.version)
       or exists (select from application_returns x where x.application_id = r.application_id and x.version = r.version) then
        raise exception 'application % version % is checked already', r.application_id, r.version using errcode = 'restrict_violation';
    end if;
    return r;
end $$;
create trigger complete_or_returned before insert on application_completions
    for each row execute function application_version_is_checked_once();
create trigger returned_or_complete before insert on application_returns
    for each row execute function application_version_is_checked_once();
create trigger ticks_before_the_end before insert or delete on application_ticks
    for each row execute function application_version_is_checked_once();
