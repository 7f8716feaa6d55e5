-- The proof of use names where all the money came from, lists its receipts and shows pictures.
create table grant_proof_sources (
    resolution_id bigint not null,
    version       int not null,
    position      int not null check (position >= 0),
    what          text not null check (char_length(what) between 1 and 200),
    planned_cents bigint not null check (planned_cents >= 0),
    actual_cents  bigint not null check (actual_cents >= 0),
    primary key (resolution_id, version, position),
    foreign key (resolution_id, version) references grant_proofs
);
comment on table grant_proof_sources is 'Where the money of a project came from, planned and actual, euro cents; position 0 is the grant itself.';

create table grant_proof_receipts (
    resolution_id bigint not null,
    version       int not null,
    position      int not null check (position > 0),
    paid_on       date not null,
    trade         text not null check (char_length(trade) between 2 and 120),
    purpose       text not null check (char_length(purpose) between 2 and 200),
    amount_cents  bigint not null check (amount_cents > 0),
    primary key (resolution_id, version, position),
    foreign key (resolution_id, version) references grant_proofs
);
comment on table grant_proof_receipts is 'List of receipts: day, line of business of who was paid, what for, euro cents gross.';

create table grant_photos (
    id            uuid primary key,
    resolution_id bigint not null references grant_notices,
    alt           text not null check (char_length(alt) between 3 and 200),
    jpeg          bytea not null check (octet_length(jpeg) between 1 and 12582912),
    width         int not null check (width > 0),
    height        int not null check (height > 0),
    version       int check (version > 0),
    added_by      bigint not null references persons,
    added_at      timestamptz not null,
    foreign key (resolution_id, version) references grant_proofs
);
comment on table grant_photos is 'Pictures for a proof of use, drawn anew without what a camera writes beside them.';
comment on column grant_photos.version is 'Of the first proof that has it; null while none was sent, then it can still be removed.';
create index grant_photos_by_resolution on grant_photos (resolution_id, added_at);
create index grant_photos_by_adding on grant_photos (added_by);

-- Asked at the end of the transaction, when all lines are there.
create function figures_add_up() returns trigger language plpgsql as $$
declare
    costs bigint := (select sum(actual_cents) from grant_proof_lines where (resolution_id, version) = (new.resolution_id, new.version));
    sources bigint := (select sum(actual_cents) from grant_proof_sources where (resolution_id, version) = (new.resolution_id, new.version));
begin
    if costs is distinct from sources
       or costs is null and not (select simple_proof from grant_terms(new.resolution_id))
       or sources is not null and new.spent_cents is distinct from (select actual_cents from grant_proof_sources
            where (resolution_id, version, position) = (new.resolution_id, new.version, 0))
       or (select sum(amount_cents) from grant_proof_receipts where (resolution_id, version) = (new.resolution_id, new.version)) > costs then
        raise exception 'Figures of proof % of grant % do not add up', new.version, new.resolution_id
            using errcode = 'check_violation', constraint = 'figures_add_up';
    end if;
    return null;
end $$;
create constraint trigger figures_add_up after insert on grant_proofs deferrable initially deferred for each row execute function figures_add_up();

create function a_sent_photo_stays() returns trigger language plpgsql as $$
begin
    if old.version is not null or tg_op = 'UPDATE' and (to_jsonb(new) - 'version') <> (to_jsonb(old) - 'version') then
        raise exception 'Picture % was sent', old.id using errcode = 'restrict_violation', constraint = 'a_sent_photo_stays';
    end if;
    return coalesce(new, old);
end $$;
create function eight_photos() returns trigger language plpgsql as $$
begin
    if (select count(*) from grant_photos where resolution_id = new.resolution_id) >= 8 then
        raise exception 'Grant % has eight pictures', new.resolution_id using errcode = 'check_violation', constraint = 'eight_photos';
    end if;
    return new;
end $$;
create trigger a_on_a_grant before insert on grant_photos for each row execute function on_a_grant();
create trigger b_eight_photos before insert on grant_photos for each row execute function eight_photos();
create trigger a_sent_photo_stays before update or delete on grant_photos for each row execute function a_sent_photo_stays();
create trigger photos_of_grants_stay before truncate on grant_photos for each statement execute function forbid_change();
create trigger proof_sources_stay before update or delete or truncate on grant_proof_sources for each statement execute function forbid_change();
create trigger proof_receipts_stay before update or delete or truncate on grant_proof_receipts for each statement execute function forbid_change();
