create table idea_marks (
    idea_number bigint      not null references ideas,
    kind        text        not null check (kind in ('links', 'flood', 'too-fast', 'honeypot', 'words')),
    at          timestamptz not null,
    primary key (idea_number, kind)
);
comment on table idea_marks is 'Why an idea looks odd, for the coordinator who reads it; nothing is refused for it and the public does not see it.';
comment on column idea_marks.kind is 'links: of somebody new; flood: many of one person in a short time; too-fast: written faster than people do; honeypot: a field filled in that people do not see; words: one of the configured words.';
