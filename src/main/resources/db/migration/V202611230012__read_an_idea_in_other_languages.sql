create table idea_translations (
    id            bigint generated always as identity primary key,
    idea_number   bigint not null references ideas,
    language      text not null check (language ~ '^[a-z]{2,3}(-[a-z0-9]{2,8})*$'),
    title         text not null check (char_length(title) between 2 and 160),
    description   text not null check (char_length(description) between 2 and 8000),
    made_by       text not null check (made_by in ('author', 'coordinator', 'volunteer', 'machine')),
    helper        text not null default '' check (char_length(helper) <= 60),
    of_original   text not null,
    written_by    bigint references persons,
    written_at    timestamptz not null,
    published_by  bigint references persons,
    published_at  timestamptz,
    ended_at      timestamptz,
    check ((made_by = 'volunteer') = (helper <> '')),
    check (published_at is not null or published_by is null)
);
comment on table idea_translations is 'Wordings of an idea in other languages and in Leichte Sprache. Words stay as they were written; a new wording ends the one before it.';
comment on column idea_translations.language is 'Tag (BCP 47); de-simple for Leichte Sprache.';
comment on column idea_translations.helper is 'What a volunteer wants to be called beside the translation; empty for everybody else.';
comment on column idea_translations.of_original is 'MD5 of title, line feed and description of the idea when this was written: where it differs, the idea has changed since.';
comment on column idea_translations.published_at is 'When a coordinator published it; null while it waits for a second look.';
create unique index idea_translations_public on idea_translations (idea_number, language) where published_at is not null and ended_at is null;
create unique index idea_translations_waiting on idea_translations (idea_number, language) where published_at is null and ended_at is null;

create function keep_translations() returns trigger language plpgsql as $$
begin
    if (old.idea_number, old.language, old.title, old.description, old.made_by, old.of_original, old.written_at)
           is distinct from
       (new.idea_number, new.language, new.title, new.description, new.made_by, new.of_original, new.written_at)
       or old.ended_at is not null and new.ended_at is distinct from old.ended_at
       or old.published_at is not null and new.published_at is distinct from old.published_at then
        raise exception 'What was translated stays as it was written; a new wording is a new row';
    end if;
    return new;
end $$;
create trigger keep_translations before update on idea_translations for each row execute function keep_translations();
