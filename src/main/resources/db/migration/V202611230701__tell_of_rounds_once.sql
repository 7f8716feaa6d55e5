create table told_rounds (
    round_id  bigint not null references vote_rounds on delete cascade,
    kind      text not null check (kind in ('announced', 'opened', 'published')),
    at        timestamptz not null,
    primary key (round_id, kind)
);
comment on table told_rounds is 'Of which step of a round those who follow its places were written to: once, however many copies look, and whatever became of the mails since.';
