-- A rule of procedure may belong to one body, says more than before, and is never overwritten: a later row holds from its day on.
alter table rules_of_procedure drop constraint rules_of_procedure_pkey;
alter table rules_of_procedure
    add column id                      bigint generated always as identity primary key,
    add column body_key                text references bodies,
    add column after_bias_numerator    int not null default 1 check (after_bias_numerator > 0),
    add column after_bias_denominator  int not null default 4 check (after_bias_denominator >= after_bias_numerator),
    add column second_session_quorum   int not null default 3 check (second_session_quorum > 0),
    add column majority                text not null default 'votes-cast' check (majority in ('votes-cast', 'consensus')),
    add column tie_is                  text not null default 'rejected' check (tie_is in ('rejected')),
    add column abstentions_count       boolean not null default false,
    add column minutes_days            int not null default 31 check (minutes_days between 1 and 366),
    add column default_fields          text[] not null default '{}',
    add column reason                  text not null default '' check (char_length(reason) <= 500),
    add column request_id              uuid unique,
    add column recorded_by             bigint references persons,
    add column recorded_at             timestamptz,
    add constraint only_a_recorded_rule_has_a_recorder check (recorded_at is not null or (recorded_by is null and request_id is null));
alter table rules_of_procedure
    alter column after_bias_numerator drop default,
    alter column after_bias_denominator drop default,
    alter column second_session_quorum drop default,
    alter column majority drop default,
    alter column tie_is drop default,
    alter column abstentions_count drop default,
    alter column minutes_days drop default;
create unique index rules_of_the_pack on rules_of_procedure (body_kind, body_key, valid_from) nulls not distinct where recorded_at is null;
create index rules_by_body on rules_of_procedure (body_key, valid_from desc);

comment on table rules_of_procedure is 'Rules of a body, or of its kind, with the day they start to hold. What somebody recorded is never changed: a later row follows it.';
comment on column rules_of_procedure.body_key is 'Null for the rules of all bodies of the kind. A rule of the body itself stands before those of its kind.';
comment on column rules_of_procedure.after_bias_numerator is 'Fraction of the seats that is enough where bias excludes more than half of them (SächsGemO § 39).';
comment on column rules_of_procedure.second_session_quorum is 'Members with a vote who are enough in a second session on the same matter (SächsGemO § 39).';
comment on column rules_of_procedure.majority is 'votes-cast: more yes than no; consensus: nobody says no.';
comment on column rules_of_procedure.tie_is is 'What a tie means; the law knows one answer (SächsGemO § 39).';
comment on column rules_of_procedure.abstentions_count is 'True where an abstention counts as a vote cast.';
comment on column rules_of_procedure.minutes_days is 'Days after the session within which the minutes are shown to the body (SächsGemO § 40).';
comment on column rules_of_procedure.default_fields is 'Fields of the city pack that no source settles.';
comment on column rules_of_procedure.recorded_at is 'Null for rows of the city pack.';

-- The one place where it is said which rules a body follows on a day.
create function rules_of(body text, day date) returns setof rules_of_procedure language sql stable as $$
    select r.* from bodies b join rules_of_procedure r
        on r.body_key = b.key or (r.body_key is null and r.body_kind = b.kind)
     where b.key = body and r.valid_from <= day
     order by r.body_key is null, r.valid_from desc, r.id desc limit 1
$$;
