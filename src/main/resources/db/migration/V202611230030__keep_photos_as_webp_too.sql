alter table photo_renditions add column webp bytea;
alter table photo_renditions alter column webp set storage external;
comment on column photo_renditions.webp is
    'The same picture as WebP, for browsers that say they take it; null for photos before 2026-11-23 and where no encoder runs.';
