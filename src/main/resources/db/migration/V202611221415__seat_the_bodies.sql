create table bodies (
    key                    text primary key,
    kind                   text not null check (kind in ('districtCouncil', 'localCouncil', 'fundBoard')),
    name                   text not null unique,
    district_key           text unique references districts,
    community_key          text unique references communities,
    seats                  int not null check (seats >= 0),
    chair_votes            boolean not null,
    venue                  text not null default '',
    address                text not null default '',
    information_system_id  text not null default '',
    check ((kind = 'districtCouncil') = (district_key is not null)),
    check ((kind = 'localCouncil') = (community_key is not null))
);
comment on table bodies is 'Gremien: Stadtbezirksbeiräte, Ortschaftsräte and the board of the health fund.';

create table rules_of_procedure (
    body_kind                  text not null,
    valid_from                 date not null,
    quorum_numerator           int not null check (quorum_numerator > 0),
    quorum_denominator         int not null check (quorum_denominator >= quorum_numerator),
    without_statement_cents    bigint not null check (without_statement_cents >= 0),
    notice_days                int not null check (notice_days >= 0),
    lead_working_days          int not null check (lead_working_days >= 0),
    source                     text not null,
    is_default                 boolean not null,
    primary key (body_kind, valid_from)
);
comment on table rules_of_procedure is 'Rules of a kind of body with the day they start to hold; a body follows the latest that is valid.';
comment on column rules_of_procedure.without_statement_cents is 'Euro cents up to which the body decides without a statement of the administration.';

create table holidays (
    date date primary key,
    name text not null
);
