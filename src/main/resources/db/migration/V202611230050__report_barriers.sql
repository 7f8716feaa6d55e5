create table barrier_reports (
    id           bigint generated always as identity primary key,
    page         text not null check (char_length(page) between 1 and 300),
    problem      text not null check (char_length(problem) between 1 and 4000),
    email        text not null default '' check (char_length(email) <= 254),
    language     text not null check (char_length(language) between 2 and 35),
    odd          boolean not null,
    received_at  timestamptz not null,
    answer_by    date not null,
    answer       text not null default '' check (char_length(answer) <= 4000),
    answered_at  timestamptz,
    answered_by  bigint references persons on delete set null,
    check ((answered_at is not null) = (answer <> '')),
    check (answered_by is null or answered_at is not null)
);
comment on table barrier_reports is 'Barriers that people met on these pages and told the city of: the feedback mechanism of Directive (EU) 2016/2102, Art. 7 (1) b.';
comment on column barrier_reports.page is 'Where it was, in the words or as the address that the person gave.';
comment on column barrier_reports.email is 'Where the answer goes; empty where the person wants none.';
comment on column barrier_reports.language is 'BCP 47; mails about the report are written in it.';
comment on column barrier_reports.odd is 'Looked like sent by a program: no receipt went out, people look at it last.';
comment on column barrier_reports.answer_by is 'Last working day, Europe/Berlin, on which the answer is in time: see the statement of the city pack.';
comment on column barrier_reports.answer is 'What the city answered; mailed where there is an address.';
create index barrier_reports_waiting on barrier_reports (answer_by) where answered_at is null;
