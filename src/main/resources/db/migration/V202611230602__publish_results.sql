create table vote_signatures (
    round_id  bigint not null references vote_counts,
    person_id bigint not null references persons,
    at        timestamptz not null,
    office    text not null,
    protocol  bytea not null check (octet_length(protocol) = 32),
    primary key (round_id, person_id)
);
comment on table vote_signatures is 'Who signed the protocol of the close; two different people before the result is published.';
comment on column vote_signatures.protocol is 'SHA-256 of the text that was signed.';

create table vote_publications (
    round_id  bigint primary key references vote_counts,
    at        timestamptz not null,
    by        bigint not null references persons,
    manifest  bytea not null check (octet_length(manifest) = 32)
);
comment on table vote_publications is 'From here on everybody reads the result. The hash of the manifest stands in the audit log, too.';

create table vote_files (
    round_id  bigint not null references vote_counts,
    name      text not null check (name ~ '^[a-z0-9.-]{3,80}$'),
    content   bytea not null,
    sha256    bytea not null check (sha256 = sha256(content)),
    primary key (round_id, name)
);
comment on table vote_files is 'What was published of a round, byte for byte.';
create trigger files_stay before update or delete on vote_files for each row execute function vote_counted_stays();
create trigger signatures_stay before update or delete on vote_signatures for each row execute function vote_counted_stays();
create trigger publications_stay before update or delete on vote_publications for each row execute function vote_counted_stays();
