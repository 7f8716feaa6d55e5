create table sign_ins (
    id           bigint generated always as identity primary key,
    person_id    bigint not null references persons on delete cascade,
    method       text not null check (method in ('link', 'code', 'passkey', 'oidc', 'demo')),
    device       text not null check (char_length(device) <= 60),
    started_at   timestamptz not null,
    seen_at      timestamptz not null check (date_trunc('hour', seen_at at time zone 'UTC') = seen_at at time zone 'UTC'),
    expires_at   timestamptz not null,
    strong_at    timestamptz,
    strong_until timestamptz,
    ended_at     timestamptz,
    end_reason   text check (end_reason in ('signed-out', 'everywhere', 'device-ended', 'replaced', 'reuse', 'over',
                                            'role-lost', 'blocked', 'erased')),
    check (expires_at > started_at),
    check ((strong_at is null) = (strong_until is null) and strong_until > strong_at),
    check ((ended_at is null) = (end_reason is null))
);
comment on table sign_ins is 'Each time somebody signed in, on one device; the family of the refresh tokens that followed.';
comment on column sign_ins.method is 'How the person showed who they are.';
comment on column sign_ins.device is 'Kind of browser and system, as "Firefox, Android", from the User-Agent; empty where it says nothing. Nothing more of it is kept.';
comment on column sign_ins.seen_at is 'When the sign-in was last renewed, cut to the full hour, so that nobody can be followed by it.';
comment on column sign_ins.expires_at is 'End of the newest refresh token: nobody comes back by this sign-in later.';
comment on column sign_ins.strong_at is 'When a second factor was last shown; null when never.';
comment on column sign_ins.strong_until is 'Until when that holds for deeds that decide or move money.';
create index sign_ins_of_person on sign_ins (person_id, started_at);
create index sign_ins_by_end on sign_ins (expires_at);
