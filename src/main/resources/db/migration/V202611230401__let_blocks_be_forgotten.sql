-- A block is lifted once and otherwise not changed. One that is over may go: how long it is kept is data (privacy/register.yml).
create or replace function keep_blocks() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and least(old.lifted_at, old.until_at) <= now() then
        return old;
    elsif tg_op = 'UPDATE' and old.lifted_at is null
       and (to_jsonb(new) - '{lifted_at,lifted_by,lift_reason}'::text[]) = (to_jsonb(old) - '{lifted_at,lifted_by,lift_reason}'::text[]) then
        return new;
    end if;
    raise exception 'blocked_addresses are lifted, not changed' using errcode = 'restrict_violation';
end $$;
comment on function keep_blocks() is 'Who is blocked stays so until the block is lifted or over; afterwards the row may go.';
