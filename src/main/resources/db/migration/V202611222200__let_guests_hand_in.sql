-- An idea without an author is a guest's, as long as a row in idea_guests says so, or that of somebody who is gone.
alter table ideas alter column author_id drop not null;
comment on column ideas.author_id is 'Null for the idea of a guest (see idea_guests) and for that of somebody whose account was erased.';

create table idea_guests (
    idea_number   bigint primary key references ideas,
    code_hash     bytea not null unique check (octet_length(code_hash) = 32),
    email         text check (email = lower(email) and char_length(email) <= 254),
    confirmed_at  timestamptz,
    handed_in_at  timestamptz not null,
    check (confirmed_at is null or email is not null)
);
comment on table idea_guests is 'Who handed in without signing in: a code to look it up, and an address if they like. The row goes when somebody takes the idea to their account.';
comment on column idea_guests.code_hash is 'Keyed hash (HMAC-SHA-256) of the code to look the idea up; the code itself is kept nowhere.';
comment on column idea_guests.email is 'Where to tell what became of the idea; no news go there before it is confirmed.';
create index idea_guests_by_email on idea_guests (email) where email is not null;

create table idea_guest_links (
    token_hash   bytea primary key check (octet_length(token_hash) = 32),
    idea_number  bigint not null references idea_guests on delete cascade,
    expires_at   timestamptz not null
);
comment on table idea_guest_links is 'Links that confirm the address of a guest: of each only the SHA-256, gone once used.';
create index idea_guest_links_by_idea on idea_guest_links (idea_number);
create index idea_guest_links_by_end on idea_guest_links (expires_at);
