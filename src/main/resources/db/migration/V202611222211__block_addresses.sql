create table blocked_addresses (
    id           bigint      generated always as identity primary key,
    address_hash bytea       not null check (octet_length(address_hash) = 32),
    key_mark     text        not null check (key_mark ~ '^[0-9a-f]{8}$'),
    reason       text        not null check (char_length(reason) between 10 and 500),
    from_at      timestamptz not null,
    until_at     timestamptz check (until_at > from_at),
    blocked_by   bigint      not null,
    lifted_at    timestamptz,
    lifted_by    bigint,
    lift_reason  text        check (char_length(lift_reason) between 10 and 500),
    check (num_nonnulls(lifted_at, lifted_by, lift_reason) in (0, 3))
);
comment on table blocked_addresses is 'E-mail addresses that may not take part for a time, with the reason that is told to them. The address itself is not kept.';
comment on column blocked_addresses.address_hash is 'Keyed hash (HMAC-SHA-256) of the address in small letters.';
comment on column blocked_addresses.key_mark is 'Which key the hash was made with: after a change of the secret a block no longer fits, and the page says so.';
comment on column blocked_addresses.reason is 'In words, told to the person and kept for the audit; without names.';
comment on column blocked_addresses.until_at is 'End of the block; null until it is lifted.';
comment on column blocked_addresses.blocked_by is 'Id of the administrator.';
create index blocked_addresses_by_hash on blocked_addresses (address_hash) where lifted_at is null;

-- A block is a fact: it can be lifted once and otherwise neither changed nor deleted.
create function keep_blocks() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.lifted_at is null
       and (to_jsonb(new) - '{lifted_at,lifted_by,lift_reason}'::text[]) = (to_jsonb(old) - '{lifted_at,lifted_by,lift_reason}'::text[]) then
        return new;
    end if;
    raise exception 'blocked_addresses are lifted, not changed' using errcode = 'restrict_violation';
end $$;
create trigger blocks_are_lifted_not_changed before update or delete on blocked_addresses
    for each row execute function keep_blocks();
