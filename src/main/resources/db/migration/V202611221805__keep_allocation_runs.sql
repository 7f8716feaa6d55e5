create table allocation_inputs (
    sha256   bytea primary key check (sha256 = sha256(pabulib)),
    pabulib  bytea not null
);
comment on table allocation_inputs is 'What allocations were reckoned from: projects, budget and ballots without names, as the file to recompute with. It shows which ideas somebody supports together: handed out to the chair of the body, the administration and the auditors only.';
comment on column allocation_inputs.sha256 is 'SHA-256 of the file: the same input is kept once.';
comment on column allocation_inputs.pabulib is 'The file in Pabulib''s format .pb, UTF-8, byte by byte as it is handed out.';
create trigger allocation_inputs_are_append_only before update or delete or truncate on allocation_inputs
    for each statement execute function forbid_change();

create table allocation_runs (
    id             bigint generated always as identity primary key,
    subject        text        not null check (subject ~ '^[a-z]+(:[a-z0-9-]+)+$'),
    rule           text        not null check (rule ~ '^--rule '),
    tie_order      text[]      not null,
    input_sha256   bytea       not null references allocation_inputs,
    result         bytea       not null,
    result_sha256  bytea       not null check (result_sha256 = sha256(result)),
    engine         text        not null check (engine <> ''),
    funded         int         not null check (funded >= 0),
    spent_cents    bigint      not null check (spent_cents >= 0),
    budget_cents   bigint      not null check (budget_cents >= spent_cents),
    recorded_by    bigint      not null references persons,
    recorded_at    timestamptz not null,
    constraint the_same_run_is_the_same_row unique (input_sha256, rule, engine)
);
comment on table allocation_runs is 'Allocations somebody recorded. A run proposes, a resolution decides. Append-only; whoever repeats one finds the row that is there.';
comment on column allocation_runs.subject is 'What it was reckoned for: supports:<body>:<fiscal year>.';
comment on column allocation_runs.rule is 'The rule with all its parameters, as the arguments of the command allocate.';
comment on column allocation_runs.tie_order is 'Ids of all projects in the order that decides between equal ones, as it stood before the run.';
comment on column allocation_runs.result is 'The result as JSON, UTF-8, byte by byte as the command allocate writes it from the input.';
comment on column allocation_runs.engine is 'Version of the rules; the same input, rule and version give the same bytes on any machine.';
comment on column allocation_runs.funded is 'How many projects the result funds; with what they cost and the budget as it says, so that a list need not read it.';
create index allocation_runs_by_subject on allocation_runs (subject, id desc);
create trigger allocation_runs_are_append_only before update or delete or truncate on allocation_runs
    for each statement execute function forbid_change();
