-- A match is its events in order; the row in match is there to list matches by.
create table match (
  id text primary key,
  game text not null,
  created_at integer not null,
  is_over integer not null
);

create index match_by_time on match (is_over, created_at);

create table match_event (
  match_id text not null references match (id),
  number integer not null,
  at integer not null,
  event text not null,
  primary key (match_id, number)
) without rowid;
