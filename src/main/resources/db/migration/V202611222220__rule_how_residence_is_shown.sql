create table residence_rules (
    valid_from        date primary key,
    minimum_age       smallint not null check (minimum_age between 0 and 99),
    valid_months      smallint not null check (valid_months between 1 and 120),
    by_letter         boolean  not null,
    at_desk           boolean  not null,
    by_provider       boolean  not null,
    by_register       boolean  not null,
    letters_per_year  smallint not null check (letters_per_year >= 1),
    code_days         smallint not null check (code_days between 1 and 366),
    address_days      smallint not null check (address_days between 1 and 366),
    provider_level    text     not null check (provider_level in ('low', 'substantial', 'high')),
    source            text     not null,
    is_default        boolean  not null
);
comment on table residence_rules is 'How residence is shown, from a day on; the latest valid row holds. From residence.json of the city pack.';
comment on column residence_rules.minimum_age is 'Years; reached by whoever has this difference between the calendar year and the year of birth. 0: no year of birth is kept.';
comment on column residence_rules.valid_months is 'Months after which residence has to be shown again.';
comment on column residence_rules.code_days is 'Days for which the code of a letter holds after printing.';
comment on column residence_rules.address_days is 'Days after which the address of a letter that nobody printed is deleted.';
comment on column residence_rules.provider_level is 'Least level of assurance of an identity provider (Regulation (EU) 910/2014, Art. 8).';
