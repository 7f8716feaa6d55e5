alter table persons add column language text not null default 'de'
    check (language ~ '^[a-z]{2,3}(-[a-z0-9]{2,8})*$');
comment on column persons.language is 'Tag (BCP 47) of the language that mails to the person are written in; at first the one they joined in.';
