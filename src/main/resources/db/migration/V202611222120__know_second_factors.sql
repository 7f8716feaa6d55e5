create table passkeys (
    id              bigint generated always as identity primary key,
    person_id       bigint not null references persons on delete cascade,
    credential_id   bytea not null unique check (octet_length(credential_id) between 1 and 1023),
    credential      bytea not null,
    user_handle     bytea not null check (octet_length(user_handle) = 32),
    sign_count      bigint not null check (sign_count between 0 and 4294967295),
    backup_eligible boolean not null,
    backed_up       boolean not null check (backup_eligible or not backed_up),
    maker           text not null check (char_length(maker) <= 60),
    label           text not null check (char_length(label) between 1 and 60),
    added_at        timestamptz not null,
    last_used_on    date,
    cloned_at       timestamptz
);
comment on table passkeys is 'Public halves of the key pairs that people sign in with (Web Authentication Level 3); the private halves never leave their devices.';
comment on column passkeys.credential is 'Attested credential data (Web Authentication section 6.5.2) with the AAGUID zeroed, so that no model of a device is kept.';
comment on column passkeys.user_handle is 'Random bytes by which a device groups the passkeys of one person; nothing of the person is in them.';
comment on column passkeys.sign_count is 'Counter of signatures at the last use; 0 where the device keeps none. A signature that does not raise it comes from a copy.';
comment on column passkeys.backup_eligible is 'Whether the device may copy the passkey to others of the same person.';
comment on column passkeys.maker is 'Who keeps the passkey, as "iCloud Keychain"; empty where the device does not say. No model, no version.';
comment on column passkeys.label is 'What the person calls it.';
comment on column passkeys.last_used_on is 'Day of the last use, Europe/Berlin; no time, so that nobody can be followed by it.';
comment on column passkeys.cloned_at is 'When its counter went back; from then on it is refused.';
create index passkeys_of_person on passkeys (person_id);

create table passkey_challenges (
    browser_hash bytea primary key check (octet_length(browser_hash) = 32),
    challenge    bytea not null check (octet_length(challenge) = 32),
    purpose      text not null check (purpose in ('enrolment', 'sign-in', 'confirmation')),
    person_id    bigint references persons on delete cascade,
    user_handle  bytea check (octet_length(user_handle) = 32),
    expires_at   timestamptz not null,
    check ((purpose = 'sign-in') = (person_id is null)),
    check ((purpose = 'enrolment') = (user_handle is not null))
);
comment on table passkey_challenges is 'What a passkey is asked to sign: once, within five minutes, from the browser that asked. Taking one deletes it.';
comment on column passkey_challenges.browser_hash is 'SHA-256 of the secret in the cookie of the browser that asked.';
create index passkey_challenges_by_end on passkey_challenges (expires_at);
create index passkey_challenges_of_person on passkey_challenges (person_id);

create table authenticator_setups (
    person_id  bigint primary key references persons on delete cascade,
    sealed     bytea not null,
    expires_at timestamptz not null
);
comment on table authenticator_setups is 'Secrets shown to somebody who is setting up an authenticator app, until a code confirms them.';

create table authenticator_apps (
    person_id    bigint primary key references persons on delete cascade,
    sealed       bytea not null,
    last_step    bigint not null check (last_step > 0),
    added_at     timestamptz not null,
    last_used_on date not null
);
comment on table authenticator_apps is 'Authenticator apps that show codes by time (RFC 6238), one a person.';
comment on column authenticator_apps.sealed is 'The shared secret, 20 bytes, sealed with AES-256-GCM under a key derived from motette.secret and the person''s number.';
comment on column authenticator_apps.last_step is 'Number of the 30-second step of the last code that was taken; codes of this step and earlier ones are refused.';
comment on column authenticator_apps.last_used_on is 'Day of the last use, Europe/Berlin.';

create table recovery_codes (
    person_id bigint not null references persons on delete cascade,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    added_at  timestamptz not null,
    used_on   date,
    primary key (person_id, code_hash)
);
comment on table recovery_codes is 'Codes on paper for the day when a device is lost; each works once, new ones replace all.';
comment on column recovery_codes.code_hash is 'HMAC-SHA-256 of the code under a key derived from motette.secret and the person''s number.';
comment on column recovery_codes.used_on is 'Day of its use, Europe/Berlin; null while it works.';

create table wrong_factor_codes (
    id        bigint generated always as identity primary key,
    person_id bigint not null references persons on delete cascade,
    at        timestamptz not null
);
comment on table wrong_factor_codes is 'Each wrong code that somebody signed in typed as a second factor, kept for a day: too many, and codes wait.';
create index wrong_factor_codes_of_person on wrong_factor_codes (person_id, at);
create index wrong_factor_codes_by_time on wrong_factor_codes (at);
