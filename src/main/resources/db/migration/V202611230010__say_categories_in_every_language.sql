-- Labels are read from the city pack, which says them in every language and never loses a key; the tables hold keys and their order.
alter table categories drop column label_de, drop column label_en;
alter table target_groups drop column label_de, drop column label_en;
comment on table categories is 'Keys of the city pack; what they are called stands there, by language.';
comment on table target_groups is 'Keys of the city pack; what they are called stands there, by language.';
