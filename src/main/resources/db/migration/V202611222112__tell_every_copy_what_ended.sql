create table ended_sign_ins (
    sign_in_id  bigint primary key,
    at          timestamptz not null default now()
);
comment on table ended_sign_ins is 'Sign-ins that ended before their time, so that a copy that was away learns of them; no reference, because the row may be erased.';
comment on column ended_sign_ins.at is 'By the clock of the database; kept for a day, longer than any access token.';
create index ended_sign_ins_by_time on ended_sign_ins (at);

create function tell_of_ended_sign_in() returns trigger language plpgsql as $$
begin
    insert into ended_sign_ins (sign_in_id) values (old.id) on conflict do nothing;
    perform pg_notify('sign_in_ended', old.id::text);
    return null;
end
$$;
comment on function tell_of_ended_sign_in is 'Whoever ends a sign-in, also by hand in the database, every copy of the application hears of it with the commit.';

create trigger sign_in_ended after update of ended_at on sign_ins for each row
    when (old.ended_at is null and new.ended_at is not null) execute function tell_of_ended_sign_in();
create trigger sign_in_deleted after delete on sign_ins for each row
    when (old.ended_at is null and old.expires_at > now()) execute function tell_of_ended_sign_in();
