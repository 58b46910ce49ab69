-- A tournament is its events in order, as a match is.
create table tournament (
  number integer primary key,
  id text not null unique,
  created_at integer not null,
  ended_at integer
);

create table tournament_event (
  tournament_number integer not null references tournament (number),
  number integer not null,
  at integer not null,
  event text not null,
  primary key (tournament_number, number)
) without rowid;
